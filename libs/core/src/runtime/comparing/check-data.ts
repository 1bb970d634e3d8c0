import { prechecksBefore } from '../../autogenerate/prechecks-before.js';
import { operationsIn } from '../../operations/batch-operations.js';
import { describeOperation } from '../../operations/operation-definitions.js';
import type { Operation } from '../../operations/operation.js';
import { type ObjectName, sameName } from '../../schema/object-name.js';
import { withDatabase } from '../session/connect-database.js';
import type { Environment } from '../options/environment.js';
import { countRows } from './look-at-rows.js';
import type { RowsOfPlan } from '../migrator-results.js';

/** What one pending revision does, as far as it is known. */
export interface PendingOperations {
  readonly operations: readonly Operation[];
  /** Words for what comes after them and depends on data. */
  readonly rest?: string;
}

/**
 * Asks the database for the rows that the operations of pending revisions would fail on: each query in a transaction of its own that
 * refuses writes, under the names from before all of them. What an operation makes itself has no rows yet.
 * @param revisions in the order of the run
 * @returns for each revision what is in the way; empty where nothing is
 * @throws MigrationError E5010 without a connection
 */
export async function checkData(
  environment: Environment,
  revisions: readonly PendingOperations[],
): Promise<readonly (readonly RowsOfPlan[])[]> {
  const pending = revisions.flatMap(({ operations, rest }, at): readonly Pending[] => [
    ...operations.flatMap(operationsIn).map((operation) => ({ at, operation })),
    ...(rest === undefined ? [] : [{ at, rest }]),
  ]);
  const known = pending.filter((one): one is Known => 'operation' in one);
  const checked = prechecksBefore(
    known.map(({ operation }) => operation),
    environment.dialect(),
  );
  const found: RowsOfPlan[][] = revisions.map(() => []);
  await withDatabase(environment, async (connection) => {
    for (const [place, one] of known.entries()) {
      for (const precheck of checked[place]?.prechecks ?? []) {
        const rows = await countRows(environment, connection, precheck);
        if (rows === 0) continue;
        const after = mendedBy(pending.slice(0, pending.indexOf(one)), one.operation);
        found[one.at]?.push({ ...precheck, rows, ...(after.length > 0 && { after }) });
      }
    }
  });
  return found;
}

interface Known {
  /** Place of the revision in the run. */
  readonly at: number;
  readonly operation: Operation;
}
type Pending = Known | { readonly at: number; readonly rest: string };

/** What runs before an operation and may make the rows as it needs them: a fill of NULLs, a clean-up. */
function mendedBy(earlier: readonly Pending[], operation: Operation): readonly string[] {
  return earlier.flatMap((one) => {
    if ('rest' in one) return [one.rest];
    return mayMend(one.operation, operation) ? [describeOperation(one.operation)] : [];
  });
}

function mayMend(earlier: Operation, operation: Operation): boolean {
  const tables = tablesOf(operation);
  if (earlier.kind === 'execute') return tables.some(({ name }) => mentions(earlier.sql, name));
  // More rows can be what others refer to.
  return (
    earlier.kind === 'bulkInsert' && tables.slice(1).some((one) => sameName(one, earlier.table))
  );
}

/** The table whose rows matter, and the one that they refer to. */
function tablesOf(operation: Operation): readonly ObjectName[] {
  if (operation.kind === 'alterEnum') return (operation.uses ?? []).map(({ table }) => table);
  const own = 'table' in operation ? [operation.table as ObjectName] : [];
  return operation.kind === 'addConstraint' && operation.added.type === 'foreignKey'
    ? [...own, operation.added.constraint.referencedTable]
    : own;
}

/** One mention too many makes a note of what would be an open question; one too few says that mended rows are in the way. */
const mentions = (sql: string, name: string): boolean =>
  sql.toLowerCase().includes(name.toLowerCase());
