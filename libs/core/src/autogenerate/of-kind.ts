import type { Operation, OperationKind, OperationOf } from '../operations/operation.js';

/** The operations of one kind, in their order. */
export function ofKind<K extends OperationKind>(
  operations: readonly Operation[],
  kind: K,
): readonly OperationOf<K>[] {
  return operations.filter((operation): operation is OperationOf<K> => operation.kind === kind);
}
