import type {
  ForeignKey,
  Index,
  IndexElement,
  ReferentialAction,
} from '../../schema/schema-model.js';
import { groupBy } from '../common/group-by.js';
import type { ForeignKeyRow, KeyPartRow } from './mysql-catalog.js';

/** The primary key's name, whatever a statement called it. */
export const PRIMARY = 'PRIMARY';

/** The indexes of a table but for the primary key. One that the server made for a foreign key, under its name, is that key's. */
export function indexesOfRows(
  rows: readonly KeyPartRow[],
  foreignKeys: readonly ForeignKey[],
): readonly Index[] {
  const groups = groupBy(
    rows.filter(({ name }) => name !== PRIMARY),
    ({ name }) => name,
  );
  return [...groups.values()].map(indexOfRows).filter((index) => !isOfKey(index, foreignKeys));
}

function indexOfRows(rows: readonly KeyPartRow[]): Index {
  const first = rows[0] as KeyPartRow;
  const method = METHODS.get(first.type);
  return {
    name: first.name,
    elements: rows.map((row) => elementOfRow(row, method === undefined)),
    unique: Number(first.non_unique) === 0,
    ...(method !== undefined && { method }),
    ...(first.comment !== '' && { comment: first.comment }),
  };
}

const METHODS = new Map([
  ['FULLTEXT', 'fulltext'],
  ['SPATIAL', 'spatial'],
  ['RTREE', 'spatial'],
  ['HASH', 'hash'],
]);

/** Only a plain index has a direction; that of a spatial one has a length that nobody gave. */
function elementOfRow(row: KeyPartRow, isPlain: boolean): IndexElement {
  const what = row.column === null ? { expression: row.expression ?? '' } : { column: row.column };
  return {
    ...what,
    ...(isPlain && row.direction === 'D' && { order: 'desc' }),
    ...(isPlain && row.prefix !== null && { prefix: Number(row.prefix) }),
  };
}

function isOfKey(index: Index, keys: readonly ForeignKey[]): boolean {
  return keys.some(
    ({ name, columns }) =>
      name === index.name &&
      !index.unique &&
      index.elements.length === columns.length &&
      index.elements.every(({ column }, at) => column === columns[at]),
  );
}

/** The foreign keys of a table. RESTRICT and NO ACTION are the same for InnoDB, which checks at once. */
export function foreignKeysOfRows(
  rows: readonly ForeignKeyRow[],
  database: string,
): readonly ForeignKey[] {
  return [...groupBy(rows, ({ name }) => name).values()].map((group) => {
    const first = group[0] as ForeignKeyRow;
    const onDelete = actionOf(first.on_delete);
    const onUpdate = actionOf(first.on_update);
    return {
      name: first.name,
      columns: group.map(({ column }) => column),
      referencedTable: {
        schema: first.schema === database ? null : first.schema,
        name: first.referenced,
      },
      referencedColumns: group.map(({ referenced_column: column }) => column),
      ...(onDelete && { onDelete }),
      ...(onUpdate && { onUpdate }),
    };
  });
}

const ACTIONS = new Map<string, ReferentialAction>([
  ['CASCADE', 'cascade'],
  ['SET NULL', 'set null'],
  ['SET DEFAULT', 'set default'],
]);

const actionOf = (rule: string): ReferentialAction | undefined => ACTIONS.get(rule);
