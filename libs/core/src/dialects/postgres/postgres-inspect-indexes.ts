import type { Index, IndexElement } from '../../schema/schema-model.js';
import { addTo } from '../common/group-by.js';
import type { CatalogRows, IndexElementRow, IndexRow } from './postgres-catalog-rows.js';
import { withoutOuterParentheses } from './postgres-parentheses.js';

/** The indexes of each table or materialized view, by its id, in the order of creation. */
export function indexesByTable(
  rows: Pick<CatalogRows, 'indexes'>,
): ReadonlyMap<string, readonly Index[]> {
  const indexes = new Map<string, Index[]>();
  for (const part of rows.indexes) for (const row of part) addTo(indexes, row.table, toIndex(row));
  return indexes;
}

function toIndex(row: IndexRow): Index {
  const included = row.elements.slice(row.keyCount).flatMap(({ column }) => column ?? []);
  return {
    name: row.name,
    elements: row.elements.slice(0, row.keyCount).map(toElement),
    unique: row.unique,
    ...(row.method !== 'btree' && { method: row.method }),
    ...(included.length > 0 && { include: included }),
    ...(row.where !== null && { where: withoutOuterParentheses(row.where) }),
    ...(row.nullsNotDistinct && { nullsNotDistinct: true }),
    ...(row.storage !== null && { storage: row.storage }),
    ...(row.tablespace !== null && { tablespace: row.tablespace }),
    ...(row.comment !== null && { comment: row.comment }),
    ...(!row.valid && { invalid: true }),
  };
}

function toElement(row: IndexElementRow): IndexElement {
  const isDescending = ((row.options ?? 0) & 1) !== 0;
  const isNullsFirst = ((row.options ?? 0) & 2) !== 0;
  return {
    ...(row.column !== null && { column: row.column }),
    ...(row.expression !== null && { expression: withoutOuterParentheses(row.expression) }),
    ...(isDescending && { order: 'desc' }),
    ...(isNullsFirst !== isDescending && { nulls: isNullsFirst ? 'first' : 'last' }),
    ...(row.opclass !== null && { opclass: row.opclass }),
    ...(row.collation !== null && { collation: row.collation }),
  };
}
