import { displayName, nameKey, type ObjectName, sameName } from '../schema/object-name.js';
import type { Table } from '../schema/schema-model.js';
import { orderRenames } from './order-renames.js';
import {
  ambiguousRename,
  type FoundRenames,
  undecidedKey,
  type RenameSearch,
} from './rename-search.js';
import { impossibleRename } from './stated-rename.js';
import { settleSuspicions, type Suspicion } from './suspect-renames.js';

interface TableRename {
  readonly from: ObjectName;
  readonly to: ObjectName;
  readonly entity?: string;
  /** How a person said it. */
  readonly stated?: string;
}

/** Tables whose entity was in a table of another name, as the memory, a person or an answer says. */
export function renamedTables(search: RenameSearch): FoundRenames {
  const present = search.current.tables.map(nameOf);
  const keys = new Set(present.map(nameKey));
  const stated = [...statedRenames(search, keys), ...hintedRenames(search, keys)];
  const certain = search.target.tables
    .filter((table) => !stated.some(({ to }) => sameName(to, table)))
    .flatMap((table) => renameOf(table, search, keys));
  const suspected = settleSuspicions(suspicions(search, [...stated, ...certain]), search.decisions);
  const answered = suspected.renamed.map(({ from, to }): TableRename => ({
    from: nameOf(from),
    to: nameOf(to),
    ...entityOf(to),
  }));
  const { ordered, blocked } = orderRenames<ObjectName, TableRename>(
    [...stated, ...certain, ...answered],
    {
      present,
      target: search.target.tables,
      keyOf: nameKey,
      spare: (number) => ({ schema: null, name: `nest_alembic_between_${number}` }),
    },
  );
  refuseBlocked(blocked);
  return {
    operations: ordered.map(({ stated: _stated, ...rename }) => ({
      kind: 'renameTable',
      ...rename,
    })),
    questions: [
      ...suspected.questions,
      ...blocked.filter((rename) => isContested(rename, search, keys)).map(questionOf),
    ],
    undecided: suspected.undecided.map((table) => undecidedKey(table)),
  };
}

const nameOf = ({ schema, name }: ObjectName): ObjectName => ({ schema, name });
const entityOf = ({ entity }: Table) => (entity === undefined ? {} : { entity });

function refuseBlocked(blocked: readonly TableRename[]): void {
  const said = blocked.find(({ stated }) => stated !== undefined);
  if (said?.stated === undefined) return;
  throw impossibleRename(said.stated, 'one of its names is in use for another table');
}

const questionOf = ({ from, to, entity = '' }: TableRename) =>
  ambiguousRename({
    id: displayName(to),
    subject: `entity ${entity}`,
    from: `table ${displayName(from)}`,
    to: `table ${displayName(to)}`,
    marks: `{ entity: ${JSON.stringify(entity)} }`,
  });

function statedRenames(
  { target, decisions }: RenameSearch,
  present: ReadonlySet<string>,
): readonly TableRename[] {
  return decisions.renames.flatMap((said) => {
    if (said.kind !== 'table') return [];
    const { from, to, text } = said;
    const wanted = target.tables.find((table) => sameName(table, to));
    if (!present.has(nameKey(from))) {
      throw impossibleRename(text, `the database has no table ${displayName(from)}`);
    }
    if (!wanted) throw impossibleRename(text, `the model has no table ${displayName(to)}`);
    return [{ from, to, ...entityOf(wanted), stated: text }];
  });
}

/** What the entities say of their former names; a hint that was followed already has no more to say. */
function hintedRenames(
  { target, memory, decisions }: RenameSearch,
  present: ReadonlySet<string>,
): readonly TableRename[] {
  const wanted = new Set(target.tables.map(nameKey));
  const isFree = (name: ObjectName | undefined): name is ObjectName =>
    name !== undefined && present.has(nameKey(name)) && !wanted.has(nameKey(name));
  return (target.renamed ?? []).flatMap((hint): readonly TableRename[] => {
    if (hint.kind !== 'table' || present.has(nameKey(hint.table))) return [];
    if (decisions.renames.some((said) => said.kind === 'table' && sameName(said.to, hint.table)))
      return [];
    const table = target.tables.find((found) => sameName(found, hint.table));
    const from = [{ schema: hint.table.schema, name: hint.from }, memory.tableOf(hint.from)].find(
      isFree,
    );
    return table && from ? [{ from: nameOf(from), to: nameOf(table), ...entityOf(table) }] : [];
  });
}

function renameOf(
  table: Table,
  { memory }: RenameSearch,
  present: ReadonlySet<string>,
): readonly TableRename[] {
  const { entity } = table;
  const from = entity === undefined ? undefined : memory.tableOf(entity);
  if (entity === undefined || from === undefined) return [];
  if (nameKey(from) === nameKey(table) || !present.has(nameKey(from))) return [];
  return [{ from, to: nameOf(table), entity }];
}

/** New tables, and tables of ours that are gone and had most of their columns. */
function suspicions(
  { current, target, memory }: RenameSearch,
  known: readonly TableRename[],
): readonly Suspicion<Table>[] {
  const [left, reached] = [
    new Set([...target.tables, ...known.map(({ from }) => from)].map(nameKey)),
    new Set([...current.tables, ...known.map(({ to }) => to)].map(nameKey)),
  ];
  const gone = current.tables.filter(
    (table) =>
      !left.has(nameKey(table)) &&
      memory.of({ kind: 'table', ...nameOf(table) }).state === 'managed',
  );
  return target.tables
    .filter((table) => !reached.has(nameKey(table)))
    .map((table) => ({
      id: `rename-table:${displayName(table)}`,
      appeared: `table ${displayName(table)}`,
      newcomer: table,
      candidates: gone
        .map((found) => ({
          name: displayName(found),
          gone: found,
          likeness: likeness(found, table),
        }))
        .filter((candidate) => candidate.likeness >= 0.5)
        .sort((one, other) => other.likeness - one.likeness),
    }));
}

/** The share of columns that both have by name. */
function likeness(one: Table, other: Table): number {
  const names = new Set(other.columns.map(({ name }) => name));
  const shared = one.columns.filter(({ name }) => names.has(name)).length;
  return shared / Math.max(1, Math.min(one.columns.length, other.columns.length));
}

/** A table that is there and was not made from the model may be where a person has moved the rows to already. */
function isContested(
  { to }: TableRename,
  { memory }: RenameSearch,
  present: ReadonlySet<string>,
): boolean {
  return !present.has(nameKey(to)) || memory.of({ kind: 'table', ...to }).state === 'managed';
}
