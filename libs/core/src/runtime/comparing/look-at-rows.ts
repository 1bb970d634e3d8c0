import { expandSteps } from '../../autogenerate/expand-steps.js';
import { prechecksBefore } from '../../autogenerate/prechecks-before.js';
import type { Connection } from '../../dialects/common/connection.js';
import type { Precheck } from '../../dialects/common/dialect.js';
import type { DriverErrorKind } from '../../dialects/common/session.js';
import type { Operation } from '../../operations/operation.js';
import { sameName } from '../../schema/object-name.js';
import type { SchemaModel, SqlText } from '../../schema/schema-model.js';
import type { Environment } from '../options/environment.js';
import { readOnly } from '../session/read-only.js';
import { redactSql } from '../running/revision-errors.js';

/** Rows of the database that an operation fails on. */
export interface RowsInTheWay extends Precheck {
  /** How many; of values that are there twice, how many values. */
  readonly rows: number;
}

/** What the rows of the database say to operations. */
export interface LookedAtRows {
  /** With steps of their own where a column must not be null and there are rows, or where nobody knows. */
  readonly operations: readonly Operation[];
  readonly rowsInTheWay: readonly RowsInTheWay[];
}

/** What is done, and to which database. */
export interface RowsRequest {
  readonly operations: readonly Operation[];
  readonly current: SchemaModel;
}

/**
 * Asks the database for the rows that operations would fail on, without changing anything. A query that cannot be asked (of a
 * column that another operation makes) says nothing; one that fails otherwise is warned of, and there may be rows.
 * @throws the driver's error where the connection is lost
 */
export async function lookAtRows(
  environment: Environment,
  connection: Connection,
  { operations, current }: RowsRequest,
): Promise<LookedAtRows> {
  const dialect = environment.dialect();
  const changed: Operation[] = [];
  const rowsInTheWay: RowsInTheWay[] = [];
  for (const { operation, before, prechecks } of prechecksBefore(operations, dialect)) {
    let isInTheWay = false;
    for (const precheck of prechecks) {
      const rows = await countRows(environment, connection, precheck);
      isInTheWay ||= rows !== 0;
      if (rows) rowsInTheWay.push({ ...precheck, rows });
    }
    const { quoting, capabilities } = dialect;
    const steps = { quoting, capabilities, default: defaultBefore(before, current) };
    changed.push(...(isInTheWay ? expandSteps(operation, steps) : [operation]));
  }
  return { operations: changed, rowsInTheWay };
}

/** The default that the column has before the operation. */
function defaultBefore(operation: Operation, { tables }: SchemaModel): SqlText | undefined {
  if (operation.kind !== 'alterColumn') return undefined;
  const table = tables.find((one) => sameName(one, operation.table));
  return table?.columns.find(({ name }) => name === operation.name)?.default;
}

/** These say that the query names what only the operations make. */
const SAYS_NOTHING: readonly DriverErrorKind[] = ['missingTable', 'missingColumn', 'missingObject'];

/** How many; undefined, with a warning, where it could not be found out. An expression of the model may call what writes, so nothing may be written. */
export async function countRows(
  environment: Environment,
  connection: Connection,
  { sql, text }: Precheck,
): Promise<number | undefined> {
  const { session } = environment.dialect();
  try {
    const { rows } = await readOnly(
      { connection, session },
      (reader) => reader.query<{ readonly rows: string | number }>(sql),
      [...session.timeOutStatements(environment), ...(session.seeingAllRows ?? [])],
    );
    return Number(rows[0]?.rows ?? 0);
  } catch (error) {
    if (session.isConnectionLost(error)) throw error;
    if (SAYS_NOTHING.includes(session.errorKind(error))) return 0;
    const reason = redactSql(error instanceof Error ? error.message : String(error));
    const message = `whether rows are in the way is not known (${text}): ${reason}; the query was: ${redactSql(sql)}`;
    environment.emit({ type: 'warning', message });
    return undefined;
  }
}
