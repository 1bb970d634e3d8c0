import type {
  CheckConstraint,
  Deferrable,
  ForeignKey,
  Index,
  IndexElement,
  ReferentialAction,
  UniqueConstraint,
} from '../../schema/schema-model.js';
import { groupBy } from '../common/group-by.js';
import type { TableDefinition } from './create-table/table-definition.js';
import type { ColumnRow, ElementRow, KeyRow, ObjectRow } from './sqlite-catalog.js';
import { conflictIn, expressionIn, has } from './sqlite-inspect-columns.js';
import { parseCreateIndex } from './sqlite-parse-objects.js';
import type { ElementDefinition, IndexDefinition } from './sqlite-parse-objects.js';
import { isSameName } from './sqlite-tokens.js';

/** A constraint, whether it stands in the clause of a column or for itself. */
interface Written {
  readonly kind: string;
  readonly name?: string;
  readonly text: string;
  readonly columns: readonly string[];
}

/** The constraints of a table by what they say, each list in the order in which it is written, those in columns first. */
export interface WrittenConstraints {
  readonly uniques: readonly Written[];
  readonly checks: readonly Written[];
  readonly foreignKeys: readonly Written[];
}

const LIST_OF: Readonly<Partial<Record<string, keyof WrittenConstraints>>> = {
  unique: 'uniques',
  check: 'checks',
  references: 'foreignKeys',
  foreignKey: 'foreignKeys',
};

/** Finds the constraints in a definition; none where that cannot be read. */
export function writtenIn(definition: TableDefinition | undefined): WrittenConstraints {
  const found = { uniques: [] as Written[], checks: [] as Written[], foreignKeys: [] as Written[] };
  for (const { name, clauses } of definition?.columns ?? []) {
    for (const clause of clauses) {
      const list = LIST_OF[clause.kind];
      if (list) found[list].push({ ...clause, columns: [name] });
    }
  }
  for (const constraint of definition?.constraints ?? []) {
    const list = LIST_OF[constraint.kind];
    if (list) found[list].push(constraint);
  }
  return found;
}

/** The unique constraints, in the order in which they are written. */
export function uniquesOf(
  { uniques }: WrittenConstraints,
  rows: readonly ColumnRow[],
): readonly UniqueConstraint[] {
  return uniques.map(({ name, text, columns }) => {
    const onConflict = conflictIn(text);
    return {
      ...(name !== undefined && { name }),
      columns: columns.map(
        (column) => rows.find((row) => isSameName(row.name, column))?.name ?? column,
      ),
      ...(onConflict && { onConflict }),
    };
  });
}

/** The checks, in the order in which they are written. */
export function checksOf({ checks }: WrittenConstraints): readonly CheckConstraint[] {
  return checks.map((check) => ({
    ...(check.name !== undefined && { name: check.name }),
    expression: expressionIn(check) ?? '',
  }));
}

/** The foreign keys, in the order in which they are written. */
export function foreignKeysOf(
  keys: readonly KeyRow[],
  { foreignKeys: written }: WrittenConstraints,
  primaryKeyOf: (table: string) => readonly string[],
): readonly ForeignKey[] {
  const groups = [...groupBy(keys, ({ id }) => id).values()];
  return groups.map((rows, at) => {
    const [first] = rows as [KeyRow, ...KeyRow[]];
    const said = written.length === groups.length ? written[at] : undefined;
    const deferrable = said && deferrableIn(said.text);
    const [onDelete, onUpdate] = [actionOf(first.onDelete), actionOf(first.onUpdate)];
    const named = rows.flatMap(({ to }) => to ?? []);
    return {
      ...(said?.name !== undefined && { name: said.name }),
      columns: rows.map(({ from }) => from),
      referencedTable: { schema: null, name: first.parent },
      referencedColumns: named.length > 0 ? named : primaryKeyOf(first.parent),
      ...(onDelete && { onDelete }),
      ...(onUpdate && { onUpdate }),
      ...(deferrable && { deferrable }),
    };
  });
}

function actionOf(text: string): ReferentialAction | undefined {
  const action = text.toLowerCase();
  return action === 'no action' || action === '' ? undefined : (action as ReferentialAction);
}

function deferrableIn(text: string): Deferrable | undefined {
  if (!has(text, 'DEFERRABLE') || /\bnot\s+deferrable\b/i.test(text)) return undefined;
  return has(text, 'DEFERRED') ? 'initially deferred' : 'initially immediate';
}

/** The indexes of statements, in the order in which they were made. */
export function indexesOf(
  objects: readonly ObjectRow[],
  elements: readonly ElementRow[],
  collationOf: CollationOf,
): readonly Index[] {
  const byIndex = groupBy(elements, ({ index }) => index);
  return objects.map(({ name, sql }) => {
    const rows = byIndex.get(name) ?? [];
    const { elements: written, where } = writtenIndex(sql ?? '', rows);
    return {
      name,
      elements: rows.map((row, at) => elementFrom(row, written[at], collationOf)),
      unique: rows[0]?.unique === 1,
      ...(where !== undefined && { where }),
    };
  });
}

/** Pragmas tell all of an index of plain columns without WHERE. */
function writtenIndex(sql: string, rows: readonly ElementRow[]): IndexDefinition {
  const isTold = rows.length > 0 && rows.every(({ column }) => column !== null);
  return isTold && !/where/i.test(sql) ? NOTHING_MORE : parseCreateIndex(sql);
}

const NOTHING_MORE: IndexDefinition = { elements: [] };

type CollationOf = (column: string) => string | undefined;

function elementFrom(
  { column, collation, desc }: ElementRow,
  written: ElementDefinition | undefined,
  collationOf: CollationOf,
): IndexElement {
  const order = desc === 0 ? {} : { order: 'desc' as const };
  if (column === null) {
    const { text = '', collation: own } = written ?? {};
    return { expression: text, ...(own !== undefined && { collation: own }), ...order };
  }
  const isOwn = isSameName(collationOf(column) ?? 'BINARY', collation);
  return { column, ...(!isOwn && { collation }), ...order };
}
