import type { QueryResult } from '@nest-alembic/core';
import type { RawAnswer, RawField, RawHeader } from './mysql-raw-client.js';

type Row = Record<string, unknown>;

/** An answer of `mysql2` as rows and a count. Of a procedure it is the first of its results. */
export function resultOf({ answer, fields }: RawAnswer): QueryResult {
  const isOfProcedure =
    Array.isArray(fields) && fields.some((of) => of === undefined || Array.isArray(of));
  const result: unknown = isOfProcedure ? (answer as readonly unknown[])[0] : answer;
  const described: unknown = isOfProcedure ? fields[0] : fields;
  if (!Array.isArray(result))
    return { rows: [], rowCount: Number((result as RawHeader).affectedRows) };
  const rows = withNumbers(result as readonly Row[], (described ?? []) as readonly RawField[]);
  return { rows, rowCount: rows.length };
}

/** MYSQL_TYPE_LONGLONG: BIGINT, and what counts and adds up. */
const BIG_INTEGER = 8;

/**
 * TypeORM has the client give big integers as texts. Here they are numbers where a number can be them, else bigint, as those of
 * the other databases: a count is a number.
 */
function withNumbers(rows: readonly Row[], fields: readonly RawField[]): readonly Row[] {
  const names = fields.filter((of) => of.columnType === BIG_INTEGER).map(({ name }) => name);
  if (names.length === 0) return rows;
  return rows.map((row) => ({
    ...row,
    ...Object.fromEntries(names.map((name) => [name, wholeNumber(row[name])])),
  }));
}

function wholeNumber(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : BigInt(value);
}
