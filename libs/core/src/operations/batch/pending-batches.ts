import { sameName } from '../../schema/object-name.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { BatchAlterTable } from '../batch-operations.js';
import { operationsIn } from '../batch-operations.js';
import type { Operation } from '../operation.js';
import { sharedObjectsOf, touchedObjects } from '../touched-objects.js';
import type { TouchedObjects } from '../touched-objects.js';
import type { BatchedOperation } from './batched-operation.js';
import { isBatched } from './batched-operation.js';

/** True for an operation that may need a new table. */
export type MayRebuild = (operation: BatchedOperation) => boolean;

interface Pending {
  readonly table: ObjectName;
  readonly operations: readonly BatchedOperation[];
}

/**
 * Puts operations on one table together that each would make it anew: one that has nothing to do with what waits goes ahead, one that has
 * lets it go first. The result is that of the order in which they were said.
 */
export class PendingBatches {
  readonly #mayRebuild: MayRebuild;
  /** In the order in which they run. */
  #pending: readonly Pending[] = [];

  constructor(mayRebuild: MayRebuild) {
    this.#mayRebuild = mayRebuild;
  }

  /** Takes the next operation. @returns what is to be run now, in order */
  take(operation: Operation): readonly Operation[] {
    const joined = isPlain(operation) ? operationsIn(operation) : [operation];
    const batched = joined.filter(isBatched);
    const isJoining = batched.length === joined.length && batched.length > 0;
    if (isJoining && this.#waits(batched)) return this.#join(batched);
    const ready = this.#inTheWayOf(operation);
    return [...ready, operation];
  }

  /** @returns what was left, in order; nothing waits then */
  flush(): readonly Operation[] {
    const all = this.#pending.map(batchOf);
    this.#pending = [];
    return all;
  }

  /** It needs a new table, or one is about to be made. */
  #waits(operations: readonly BatchedOperation[]): boolean {
    const [{ table }] = operations as readonly [BatchedOperation];
    return (
      operations.some(this.#mayRebuild) || this.#pending.some((one) => sameName(one.table, table))
    );
  }

  #join(operations: readonly BatchedOperation[]): readonly Operation[] {
    const [{ table }] = operations as readonly [BatchedOperation];
    const at = this.#pending.findIndex((one) => sameName(one.table, table));
    const found = this.#pending[at];
    const others = at === -1 ? this.#pending : this.#pending.slice(at + 1);
    const isFree = operations.every((one) => !others.some((other) => depends(one, other)));
    if (found && isFree) {
      const joined = { table, operations: [...found.operations, ...operations] };
      this.#pending = this.#pending.with(at, joined);
      return [];
    }
    const ready = isFree ? [] : this.flush();
    this.#pending = [...this.#pending, { table, operations }];
    return ready;
  }

  /** Takes out all that waits where an operation has to do with some of it. */
  #inTheWayOf(operation: Operation): readonly Operation[] {
    return this.#pending.some((one) => depends(operation, one)) ? this.flush() : [];
  }
}

/** A batch without a word of its own is as its operations by themselves. */
const isPlain = (operation: Operation): boolean =>
  operation.kind !== 'batchAlterTable' || Object.keys(operation).length === PLAIN_KEYS;

const PLAIN_KEYS = ['kind', 'table', 'operations'].length;

const batchOf = ({ table, operations }: Pending): BatchAlterTable => ({
  kind: 'batchAlterTable',
  table: { schema: table.schema, name: table.name },
  operations,
});

function depends(operation: Operation, { table, operations }: Pending): boolean {
  const isOwnBatch = operation.kind === 'batchAlterTable' && sameName(operation.table, table);
  // What it says of the table, such as copyFrom, it says of the table as it is then.
  if (isOwnBatch) return true;
  const own = touchedObjects(operation);
  const others = operations.map(touchedObjects);
  if (own === undefined || others.includes(undefined)) return true;
  return sharedObjectsOf([own], others as readonly TouchedObjects[]).length > 0;
}
