import type { Operation } from '../operations/operation.js';
import { ofKind } from './of-kind.js';
import { hasType } from '../schema/type-name.js';

/**
 * The places of what takes columns away from an enum that changes: before it, because a default may name a label that goes. On the way
 * back they return when the label is there again. Undefined for everything else.
 */
export function phasesBeforeEnums(
  operations: readonly Operation[],
): (operation: Operation) => number | undefined {
  const changed = ofKind(operations, 'alterEnum').map(({ name }) => name);
  if (changed.length === 0) return () => undefined;
  const hasChanged = (type: string | null | undefined): boolean =>
    type != null && changed.some((name) => hasType({ type }, name));
  // All tables or none: they are in the order in which they can be dropped.
  const tablesGo = ofKind(operations, 'dropTable').some(({ dropped }) =>
    dropped?.columns.some(({ type }) => hasChanged(type)),
  );
  return (operation) =>
    takesColumnAway(operation, hasChanged) ? AWAY : tablesGo ? phaseOfTables(operation) : undefined;
}

const AWAY = 10.6;

function takesColumnAway(
  operation: Operation,
  hasChanged: (type: string | null | undefined) => boolean,
): boolean {
  if (operation.kind === 'dropColumn') return hasChanged(operation.dropped?.type);
  if (operation.kind !== 'alterColumn') return false;
  const { from, to } = operation;
  return to.type != null && hasChanged(from?.type) && !hasChanged(to.type);
}

function phaseOfTables(operation: Operation): number | undefined {
  if (operation.kind === 'dropSequence') return operation.dropped?.ownedBy && 10.3;
  if (operation.kind === 'dropPartition') return 10.4;
  return operation.kind === 'dropTable' ? 10.5 : undefined;
}
