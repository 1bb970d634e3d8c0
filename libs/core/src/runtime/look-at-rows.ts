import { expandSteps } from '../autogenerate/expand-steps.js';
import { prechecksBefore } from '../autogenerate/prechecks-before.js';
import type { Connection } from '../dialects/common/connection.js';
import type { Dialect, Precheck } from '../dialects/common/dialect.js';
import type { Operation } from '../operations/operation.js';

/** Rows of the database that an operation fails on. */
export interface RowsInTheWay extends Precheck {
  /** How many; of values that are there twice, how many values. */
  readonly rows: number;
}

/** What the rows of the database say to operations. */
export interface LookedAtRows {
  /** With steps of their own where a column must not be null and there are rows. */
  readonly operations: readonly Operation[];
  readonly rowsInTheWay: readonly RowsInTheWay[];
}

/**
 * Asks the database for the rows that operations would fail on, without changing anything. A query that cannot be asked (of a
 * column that another operation makes) says nothing.
 */
export async function lookAtRows(
  dialect: Dialect,
  connection: Connection,
  operations: readonly Operation[],
): Promise<LookedAtRows> {
  const changed: Operation[] = [];
  const rowsInTheWay: RowsInTheWay[] = [];
  for (const { operation, prechecks } of prechecksBefore(operations, dialect)) {
    const found: RowsInTheWay[] = [];
    for (const precheck of prechecks) {
      const rows = await countRows(connection, precheck);
      if (rows > 0) found.push({ ...precheck, rows });
    }
    rowsInTheWay.push(...found);
    changed.push(...(found.length > 0 ? expandSteps(operation, dialect.quoting) : [operation]));
  }
  return { operations: changed, rowsInTheWay };
}

async function countRows(connection: Connection, { sql }: Precheck): Promise<number> {
  try {
    const { rows } = await connection.query<{ readonly rows: string | number }>(sql);
    return Number(rows[0]?.rows ?? 0);
  } catch {
    return 0;
  }
}
