import type { ObjectName } from '../schema/object-name.js';
import { nameKey } from '../schema/object-name.js';
import { reverseOperation } from './operation-definitions.js';
import type { Operation } from './operation.js';

/** The way back of a list of operations. */
export interface Reversal {
  /** The operations that undo it, in the order to run them in. */
  readonly operations: readonly Operation[];
  /** Operations of the list that cannot be undone, last first; with any of them the way back is not whole. */
  readonly irreversible: readonly Operation[];
}

/**
 * The way back of a list of operations: the reverse of each, last first. What goes with a table, partition or view that the list
 * creates (its indexes, its rows) is not undone one by one, and a constraint that was proven stays so.
 */
export function reverseAll(operations: readonly Operation[]): Reversal {
  const pairs = withoutParts(operations)
    .filter((operation) => !leavesNothing(operation))
    .toReversed()
    .map((operation) => ({ operation, reversed: reverseOperation(operation) }));
  return {
    operations: pairs.flatMap(({ reversed }) => (reversed ? [reversed] : [])),
    irreversible: pairs.flatMap(({ operation, reversed }) => (reversed ? [] : [operation])),
  };
}

const leavesNothing = (operation: Operation): boolean =>
  operation.kind === 'validateConstraint' ||
  (operation.kind === 'alterDomain' && operation.change.type === 'validateCheck') ||
  (operation.kind === 'execute' && operation.undo === '');

/** The operations but for those on an object that an earlier one creates, and whose drop takes their result with it. */
function withoutParts(operations: readonly Operation[]): readonly Operation[] {
  const created = new Set<string>();
  const parts = new Set<string>();
  return operations.filter((operation) => {
    if (operation.kind === 'attachIndex')
      return ![operation.name, operation.of].every((index) => parts.has(nameKey(index)));
    const name = nameOfOwner(operation);
    if (!name) return true;
    const key = nameKey(name);
    switch (operation.kind) {
      case 'createTable':
      case 'createPartition':
      case 'createView':
        created.add(key);
        return true;
      case 'createIndex':
        if (created.has(key)) parts.add(nameKey({ ...name, name: operation.index.name ?? '' }));
        return !created.has(key);
      case 'bulkInsert':
        return !created.has(key);
      default:
        created.delete(key);
        return true;
    }
  });
}

/** The table, partition or view whose name an operation gives, takes away, or works on. */
function nameOfOwner(operation: Operation): ObjectName | undefined {
  switch (operation.kind) {
    case 'createTable':
    case 'createIndex':
    case 'bulkInsert':
      return operation.table;
    case 'createPartition':
      return operation.partition;
    case 'createView':
      return operation.view;
    case 'renameTable':
      return operation.from;
    default:
      return nameTakenAway(operation);
  }
}

function nameTakenAway(operation: Operation): ObjectName | undefined {
  switch (operation.kind) {
    case 'dropTable':
    case 'dropPartition':
    case 'detachPartition':
    case 'dropView':
      return operation.name;
    default:
      return undefined;
  }
}
