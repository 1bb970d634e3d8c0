import type { Operation, OperationOf } from '../operations/operation.js';
import { nameKey } from '../schema/object-name.js';
import type { View } from '../schema/schema-model.js';
import { ofKind } from './of-kind.js';
import { boundText } from './routine-text.js';
import { sortByDependency } from './sort-by-dependency.js';

type Creation = OperationOf<'createView'> | OperationOf<'createRoutine'>;

/**
 * The operations that make views and routines, each after what it needs. A mention that is none costs only an order.
 */
export function createViewsInOrder(operations: readonly Operation[]): readonly Creation[] {
  const creations = [...ofKind(operations, 'createView'), ...ofKind(operations, 'createRoutine')];
  const needs = (operation: Creation): readonly Creation[] =>
    creations.filter((other) => other !== operation && standsOn(operation, other));
  return sortByDependency<Creation>(creations, needs).sorted;
}

/** The operations that drop views, each after those that stand on it. */
export function dropViewsInOrder(
  drops: readonly OperationOf<'dropView'>[],
): readonly OperationOf<'dropView'>[] {
  const needs = (operation: OperationOf<'dropView'>) =>
    drops.filter((other) =>
      other.dropped?.dependsOn.some((name) => nameKey(name) === nameKey(operation.name)),
    );
  return sortByDependency(drops, needs).sorted;
}

function standsOn(operation: Creation, other: Creation): boolean {
  if (operation.kind === 'createView') {
    return other.kind === 'createView'
      ? viewStandsOn(operation.view, other.view)
      : operation.view.definition.includes(other.routine.name);
  }
  const made = other.kind === 'createView' ? other.view : other.routine;
  return boundText(operation.routine).includes(made.name);
}

const viewStandsOn = (view: View, other: View): boolean =>
  view.dependsOn.some((name) => nameKey(name) === nameKey(other)) ||
  view.definition.includes(other.name);
