import type { QueryResult } from '../common/connection.js';
import { postgresQuoting } from './postgres-quoting.js';

/**
 * How many rows are told in one text. Drivers copy what arrives of a row into buffers that are twice as long each time, so one
 * text of all columns of 1,000 tables would take ten times its length.
 */
export const ROWS_AT_ONCE = 256;

/**
 * The rows of a query, in its order, as texts that each hold a JSON list. Text, because a program may have installed its own
 * parsers for any type of column.
 */
export const rowsAsJson = (query: string): string => inParts('q', query);

/** The names of what a row has, in the order in which the values are sent. */
export type RowNames<Row> = Readonly<Record<keyof Row & string, true>>;

/** The same, where a row is the list of its values: names would be most of the text of a query with many rows. */
export function valuesAsJson<Row>(names: RowNames<Row>, query: string): string {
  const values = Object.keys(names).map((name) => `q.${postgresQuoting.identifier(name)}`);
  return inParts(`json_build_array(${values.join(', ')})`, query);
}

function inParts(row: string, query: string): string {
  const part = `(place - 1) / ${ROWS_AT_ONCE}`;
  return `SELECT json_agg(told ORDER BY place)::text AS json
FROM (SELECT ${row} AS told, row_number() OVER () AS place FROM (${query}) q) placed
GROUP BY ${part} ORDER BY ${part}`;
}

/** The rows that {@link rowsAsJson} gives, text by text: each is read when it is asked for, and not kept. */
export function* readRows<Row>({ rows }: QueryResult): Generator<readonly Row[]> {
  for (const { json } of rows) yield JSON.parse(String(json)) as readonly Row[];
}

/** All rows that {@link rowsAsJson} gives. */
export const readAllRows = <Row>(result: QueryResult): readonly Row[] =>
  [...readRows<Row>(result)].flat();

/** The rows that {@link valuesAsJson} gives, as {@link readRows}. */
export function* readValues<Row extends object>(
  names: RowNames<Row>,
  result: QueryResult,
): Generator<readonly Row[]> {
  const keys = Object.keys(names);
  // A copy has room for all values at once.
  const empty = JSON.parse(JSON.stringify(names)) as Record<string, unknown>;
  const rowOf = (values: readonly unknown[]): Row => {
    const row = { ...empty };
    for (let at = 0; at < keys.length; at += 1) row[keys[at] ?? ''] = values[at];
    return row as Row;
  };
  for (const part of readRows<readonly unknown[]>(result)) yield part.map(rowOf);
}

/** The one row of a query that gives one text of JSON. */
export function readJson<T>({ rows }: QueryResult): T {
  return JSON.parse(String(rows[0]?.['json'])) as T;
}
