import type { AlterColumn, ColumnAttributes } from '../../../operations/column-operations.js';
import type { OperationOf } from '../../../operations/operation.js';
import { missingObject, presentObject } from '../../../schema/schema-edit.js';
import type { Column, GeneratedColumn } from '../../../schema/schema-model.js';
import { partName } from '../../../schema/table-edit.js';
import { impossible } from '../../common/ddl-clauses.js';
import type { ColumnClause, ColumnDefinition } from '../create-table/table-definition.js';
import { renameInText } from '../sqlite-rename-in-text.js';
import { foldName, isSameName } from '../sqlite-tokens.js';
import { affinityOf } from '../sqlite-types.js';
import { sqliteQuoting } from '../sqlite-quoting.js';
import { columnsOfIndex, refuseMention } from './column-uses.js';
import { withPrimaryKey } from './edit-constraints.js';
import { parseColumn, countingKey } from './counting-column.js';
import { refuseAnew } from '../../common/refuse-unsaid.js';
import type { Compile } from './stored-as.js';
import { definitionOf } from './stored-as.js';
import type { TableDraft } from './table-draft.js';
import { changeColumn, columnOf, fill, redefine } from './table-draft.js';

/** @throws MigrationError E3014 for a column that is there already */
export function addColumn(
  draft: TableDraft,
  { table, column, references, primaryKey, ifNotExists, ...rest }: OperationOf<'addColumn'>,
  compile: Compile,
): TableDraft {
  refuseAnew({ table, ...rest }, column.name);
  if (columnOf(draft, column.name)) {
    if (ifNotExists) return draft;
    throw presentObject('column', partName(table, column.name));
  }
  const parts = { columns: [column], ...(references && { foreignKeys: [references] }) };
  const made = definitionOf({ ...parts, ...(primaryKey && { primaryKey }) }, compile);
  const ready = primaryKey ? withPrimaryKey(draft, partName(table, column.name)) : draft;
  const { columns, constraints } = ready.definition;
  return redefine(ready, {
    columns: [...columns, ...made.columns],
    constraints: [...constraints, ...made.constraints],
  });
}

/**
 * The draft without a column, and without the keys and indexes that it is part of (BATCH-26).
 * @throws MigrationError E3014 for a column that is not there, E3012 for one that a check or an expression names
 */
export function dropColumn(
  draft: TableDraft,
  { table, name, ifExists, ...options }: OperationOf<'dropColumn'>,
): TableDraft {
  refuseAnew({ table, ...options }, name);
  if (!columnOf(draft, name)) {
    if (ifExists) return draft;
    throw missingObject('column', partName(table, name));
  }
  const isOther = (other: string): boolean => !isSameName(other, name);
  const { columns, constraints } = draft.definition;
  const rest = redefine(
    { ...draft, indexes: draft.indexes.filter(({ sql }) => columnsOfIndex(sql).every(isOther)) },
    {
      columns: columns.filter((column) => isOther(column.name)),
      constraints: constraints.filter((constraint) => constraint.columns.every(isOther)),
    },
  );
  if (rest.definition.columns.length === 0) throw onlyColumn(partName(table, name));
  refuseMention(rest, name, table);
  return { ...fill(rest, name, undefined), isKeyChanged: true };
}

/** Token by token: triggers and views follow by ALTER TABLE … RENAME COLUMN, which runs besides. */
export function renameColumn(
  draft: TableDraft,
  { table, from, to }: OperationOf<'renameColumn'>,
): TableDraft {
  if (!columnOf(draft, from)) throw missingObject('column', partName(table, from));
  if (columnOf(draft, to)) throw presentObject('column', partName(table, to));
  const renaming = {
    kind: 'column',
    from: { schema: null, name: from },
    to: { schema: null, name: to },
  } as const;
  const follow = (sql: string): string => renameInText(sql, renaming);
  const name = (other: string): string => (isSameName(other, from) ? to : other);
  const columns = draft.definition.columns.map(
    ({ source: _source, ...column }): ColumnDefinition => ({
      ...column,
      name: name(column.name),
      clauses: column.clauses.map((clause) => ({ ...clause, text: follow(clause.text) })),
    }),
  );
  const constraints = draft.definition.constraints.map((constraint) => ({
    ...constraint,
    text: follow(constraint.text),
    columns: constraint.columns.map(name),
  }));
  const indexes = draft.indexes.map((index) => ({ ...index, sql: follow(index.sql) }));
  const renamed = redefine({ ...draft, indexes }, { columns, constraints });
  if (!draft.values.has(foldName(from))) return renamed;
  return fill(fill(renamed, from, undefined), to, sqliteQuoting.identifier(to));
}

/** What can be changed of a column here; SQLite has nothing else. */
const CHANGEABLE: readonly (keyof ColumnAttributes)[] = [
  'type',
  'nullable',
  'default',
  'generated',
  'autoIncrement',
  'collation',
];

/** @throws MigrationError E3014 for a column that is not there, E3012 for what SQLite does not have */
export function alterColumn(
  draft: TableDraft,
  operation: OperationOf<'alterColumn'>,
  compile: Compile,
): TableDraft {
  const { table, name, to } = operation;
  const column = columnOf(draft, name);
  if (!column) throw missingObject('column', partName(table, name));
  const refused = Object.keys(to).find((key) => !(CHANGEABLE as readonly string[]).includes(key));
  if (refused !== undefined)
    throw impossible(`SQLite has no ${refused} of columns to change of "${partName(table, name)}"`);
  const changed = changeColumn(draft, name, (found) => withAttributes(found, to, compile));
  const counting =
    'autoIncrement' in to ? countingKey(changed, name, to.autoIncrement === true) : changed;
  return fill(counting, name, valueOf(draft, column, operation));
}

/** What the rows are filled with: their own values, which the affinity of the new type converts where nothing is lost by it. */
function valueOf(
  draft: TableDraft,
  column: ColumnDefinition,
  { to, using }: AlterColumn,
): string | undefined {
  const own = draft.values.get(foldName(column.name));
  // The old table has no such column, or what it has was replaced already.
  if (own === undefined || using !== undefined) return using;
  return to.type === undefined ? own : cast(own, column.type, to.type);
}

/** Between text and bytes no affinity converts, and a cast changes no byte. */
function cast(value: string, from: string, to: string): string {
  const [before, after] = [affinityOf(from), affinityOf(to)];
  const isBetween =
    (before === 'text' && after === 'blob') || (before === 'blob' && after === 'text');
  if (!isBetween || from.trim() === '' || to.trim() === '') return value;
  const [kind, type] = after === 'blob' ? ['text', 'BLOB'] : ['blob', 'TEXT'];
  return `CASE typeof(${value}) WHEN '${kind}' THEN CAST(${value} AS ${type}) ELSE ${value} END`;
}

function withAttributes(
  column: ColumnDefinition,
  to: ColumnAttributes,
  compile: Compile,
): ColumnDefinition {
  const made = (attributes: Partial<Column>): ColumnDefinition =>
    parseColumn(
      { name: column.name, type: column.type || 'x', nullable: true, ...attributes },
      compile,
    );
  const typed = to.type === undefined ? column : { ...column, type: made({ type: to.type }).type };
  const clauses = [
    { kind: 'default', to: to.default, make: (value: string) => made({ default: value }) },
    { kind: 'collate', to: to.collation, make: (value: string) => made({ collation: value }) },
    {
      kind: 'generated',
      to: to.generated,
      make: (value: GeneratedColumn) => made({ generated: value }),
    },
  ] as readonly ClauseChange[];
  const required = to.nullable === undefined ? typed : withNullability(typed, to.nullable);
  return clauses.reduce(replaced, required);
}

/** Another clause of a kind; null takes it away, undefined leaves it. */
interface ClauseChange {
  readonly kind: ColumnClause['kind'];
  readonly to: unknown;
  readonly make: (value: unknown) => ColumnDefinition;
}

function withNullability(column: ColumnDefinition, nullable: boolean): ColumnDefinition {
  const isRequired = column.clauses.some(({ kind }) => kind === 'notNull');
  if (!nullable && isRequired) return column;
  const clauses = column.clauses.filter(({ kind }) => kind !== 'notNull' && kind !== 'null');
  return nullable
    ? { ...column, clauses }
    : { ...column, clauses: [...clauses, { kind: 'notNull', text: 'NOT NULL' }] };
}

function replaced(column: ColumnDefinition, { kind, to, make }: ClauseChange): ColumnDefinition {
  if (to === undefined) return column;
  const made = to === null ? [] : make(to).clauses.filter((clause) => clause.kind === kind);
  const at = column.clauses.findIndex((clause) => clause.kind === kind);
  const rest = column.clauses.filter((clause) => clause.kind !== kind);
  return { ...column, clauses: rest.toSpliced(at === -1 ? rest.length : at, 0, ...made) };
}

const onlyColumn = (column: string): Error =>
  impossible(
    `column "${column}" cannot be dropped: it is the only one of its table, and SQLite has no table without columns`,
    'Drop the table, or add another column first.',
  );
