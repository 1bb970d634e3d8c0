import type { BatchAlterTable } from '../batch-operations.js';
import type { RenameColumn } from '../column-operations.js';
import type { BatchedOperation } from './batched-operation.js';
import { renameInBatched, renameInPlace } from './rename-in-batched.js';
import type { RenameText } from './rename-in-batched.js';

/**
 * The parts of a batch, each for the table as the one before it leaves it: renames of columns come first, by themselves, as ALTER TABLE
 * does them together with triggers and views; what was said before them says the new names. A rename that cannot come first makes
 * a part of its own.
 */
export function partsOfBatch(
  batch: BatchAlterTable,
  renameText: RenameText,
): readonly BatchAlterTable[] {
  const { operations, places, partialReordering, ...rest } = batch;
  const runs = runsOf(operations, renameText);
  const renames = runs.flatMap((run) => run.renames);
  const order = {
    ...(places && { places: renameInPlace(places, renames) }),
    ...(partialReordering && { partialReordering }),
  };
  const isOrdered = rest.recreate === 'always' || Object.keys(order).length > 0;
  const parts = runs.flatMap((run): readonly BatchAlterTable[] => [
    ...(run.renames.length > 0 ? [{ ...plain(rest), operations: run.renames }] : []),
    ...(run.rest.length > 0 ? [{ ...rest, operations: run.rest }] : []),
  ]);
  const last = parts.at(-1);
  // What is said of the whole table is done with the last of its changes, which a rename cannot be.
  if (!isOrdered || (last && last.operations === runs.at(-1)?.rest))
    return last ? [...parts.slice(0, -1), { ...last, ...order }] : [{ ...batch }];
  return [...parts, { ...rest, ...order, operations: [] }];
}

/** A rename never makes a table anew. */
function plain({
  kind,
  table,
}: Omit<BatchAlterTable, 'operations'>): Pick<BatchAlterTable, 'kind' | 'table'> {
  return { kind, table };
}

interface Run {
  readonly renames: readonly RenameColumn[];
  readonly rest: readonly BatchedOperation[];
}

function runsOf(
  operations: readonly BatchedOperation[],
  renameText: RenameText,
): readonly [Run, ...Run[]] {
  const runs: Run[] = [];
  let run: Run = { renames: [], rest: [] };
  for (const operation of operations) {
    if (operation.kind !== 'renameColumn') run = { ...run, rest: [...run.rest, operation] };
    else if (run.rest.some((other) => isInTheWay(other, operation))) {
      runs.push(run);
      run = { renames: [operation], rest: [] };
    } else {
      const rest = run.rest.map((other) => renameInBatched(other, operation, renameText));
      run = { renames: [...run.renames, operation], rest };
    }
  }
  return [...runs, run] as unknown as readonly [Run, ...Run[]];
}

/** The old name is not there yet before the operation, or the new one still is. */
function isInTheWay(operation: BatchedOperation, { from, to }: RenameColumn): boolean {
  if (operation.kind === 'addColumn') return [from, to].includes(operation.column.name);
  return operation.kind === 'dropColumn' && [from, to].includes(operation.name);
}
