import type { Operation, OperationOf } from '../operations/operation.js';
import { nameKey, type ObjectName } from '../schema/object-name.js';
import { ofKind } from './of-kind.js';
import { phasesBeforeEnums } from './order-around-enums.js';
import { phasesOfGenerated } from './order-around-types.js';
import { createTablesInOrder, dropTablesInOrder } from './order-tables.js';
import { createViewsInOrder, dropViewsInOrder } from './order-views.js';
import { routinePhases } from './routine-phase.js';
import { sortByDependency } from './sort-by-dependency.js';

/**
 * Orders operations so that each finds what it needs: creation by dependency with foreign-key cycles cut, drops in
 * reverse, renames before everything that uses the new names (Alembic leaves this partly to chance: AG-11, AG-14, AG-15).
 */
export function orderOperations(operations: readonly Operation[]): readonly Operation[] {
  const prepared = [
    ...createTablesInOrder(operations),
    ...dropTablesInOrder(operations),
    ...createViewsInOrder(operations),
    ...dropViewsInOrder(ofKind(operations, 'dropView')),
    ...partitionsInOrder(operations),
    ...operations.filter(({ kind }) => !SORTED_KINDS.has(kind)),
  ];
  const narrowed = columnsOfNarrowedEnums(operations);
  const routines = routinePhases(operations);
  const newViews = ofKind(operations, 'createView')
    .filter(({ replaces }) => !replaces)
    .map(({ view }) => view.name);
  const phaseBeforeEnums = phasesBeforeEnums(operations);
  const phaseOfGenerated = phasesOfGenerated(operations);
  const ordered = prepared.map((operation, index) => ({
    operation,
    index,
    phase: isDefaultOf(narrowed, operation)
      ? BEFORE_ENUMS
      : isReplacedInPlace(operation, newViews)
        ? BEFORE_COLUMNS_GO
        : (routines.of(operation) ??
          phaseOfGenerated(operation) ??
          phaseBeforeEnums(operation) ??
          phaseOf(operation)),
  }));
  ordered.sort((left, right) => left.phase - right.phase || left.index - right.index);
  return ordered.map(({ operation }) => operation);
}

const SORTED_KINDS: ReadonlySet<Operation['kind']> = new Set([
  'createTable',
  'dropTable',
  'createView',
  'createRoutine',
  'dropView',
  'createPartition',
  'dropPartition',
]);

const PHASES: Readonly<Record<Operation['kind'], number>> = {
  createSchema: 0,
  renameSchema: 0,
  createExtension: 0.5,
  alterExtension: 0.5,
  dropTrigger: 0.8,
  dropPolicy: 0.8,
  // Its text has the names from before the renames, and the way back makes it again after they are undone.
  dropView: 1,
  renameTable: 2,
  renameEnum: 3,
  renameDomain: 3,
  renameRoutine: 3,
  renameSequence: 3,
  renameView: 3,
  renameColumn: 4,
  renameConstraint: 5,
  renameIndex: 5,
  renameTrigger: 5,
  renamePolicy: 5,
  dropIndex: 7,
  dropConstraint: 8,
  dropUnnamedConstraint: 8,
  detachPartition: 9,
  createEnum: 10,
  createDomain: 10.2,
  alterEnum: 11,
  alterDomain: 11.5,
  createSequence: 12,
  // Defaults and checks may call it; one whose text names a new table, column or view comes after those.
  createRoutine: 12.5,
  createTable: 13,
  createPartition: 13.3,
  attachPartition: 13.6,
  alterSequence: 17.5,
  setTableStorage: 14,
  setTableComment: 14,
  addColumn: 15,
  alterColumn: 16,
  addConstraint: 17,
  alterConstraint: 17,
  validateConstraint: 19,
  createIndex: 18,
  attachIndex: 18.5,
  setComment: 18,
  dropColumn: 20,
  dropPartition: 20.5,
  dropTable: 21,
  dropDomain: 21.5,
  dropEnum: 22,
  dropSequence: 23,
  createView: 24,
  refreshView: 24.1,
  setRowSecurity: 24.2,
  createPolicy: 24.3,
  alterPolicy: 24.3,
  createTrigger: 24.4,
  setTriggerState: 24.5,
  // A trigger or policy that called it calls another by then.
  dropRoutine: 24.6,
  dropExtension: 24.9,
  dropSchema: 25,
  // Its operations are put in order first, and then together.
  batchAlterTable: 26,
  execute: 26,
  bulkInsert: 26,
  own: 26,
};

/** Foreign keys stand on unique keys: they go first and come last. */
function constraintPhaseOf(operation: Operation): number | undefined {
  switch (operation.kind) {
    case 'dropConstraint':
      return operation.type === 'foreignKey' ? 6 : undefined;
    case 'dropUnnamedConstraint':
      return operation.dropped.type === 'foreignKey' ? 6 : undefined;
    case 'addConstraint':
      return operation.added.type === 'foreignKey' ? 19 : undefined;
    default:
      return undefined;
  }
}

function phaseOf(operation: Operation): number {
  const constraint = constraintPhaseOf(operation);
  if (constraint !== undefined) return constraint;
  // An owned sequence comes after its column, and would go with it.
  if (operation.kind === 'createSequence' && operation.sequence.ownedBy) return 16.5;
  if (operation.kind === 'dropSequence' && operation.dropped?.ownedBy) return 19.5;
  return PHASES[operation.kind];
}

/** After columns came, before columns go. */
const BEFORE_COLUMNS_GO = 19.8;

/** A view that stays must let go of a column before that is dropped; one that needs a new view comes with those. */
function isReplacedInPlace(operation: Operation, newViews: readonly string[]): boolean {
  if (operation.kind !== 'createView' || !operation.replaces) return false;
  const { definition } = operation.view;
  return !newViews.some((name) => definition.includes(name));
}

/** After createEnum, before alterEnum. */
const BEFORE_ENUMS = 10.5;

const columnKey = (table: ObjectName, column: string): string =>
  JSON.stringify([nameKey(table), column]);

/** The columns of enums that lose labels and get none. */
function columnsOfNarrowedEnums(operations: readonly Operation[]): ReadonlySet<string> {
  const narrowed = ofKind(operations, 'alterEnum').filter(
    ({ from, to }) => from.length > to.length && to.every((label) => from.includes(label)),
  );
  return new Set(
    narrowed.flatMap(({ uses = [] }) => uses.map((use) => columnKey(use.table, use.column))),
  );
}

/** A default leaves a label before that goes; on the way back it returns when the label is there again. */
function isDefaultOf(columns: ReadonlySet<string>, operation: Operation): boolean {
  if (operation.kind !== 'alterColumn' || operation.to.default === undefined) return false;
  return operation.to.type === undefined && columns.has(columnKey(operation.table, operation.name));
}

/** A partition that is divided again before its partitions; on the way out after them. */
function partitionsInOrder(operations: readonly Operation[]): readonly Operation[] {
  const creations = ofKind(operations, 'createPartition');
  const drops = ofKind(operations, 'dropPartition');
  const below = (name: ObjectName) => (other: OperationOf<'dropPartition'>) =>
    other.dropped !== undefined && nameKey(other.dropped.of) === nameKey(name);
  return [
    ...sortByDependency(creations, ({ partition }) =>
      creations.filter((other) => nameKey(other.partition) === nameKey(partition.of)),
    ).sorted,
    ...sortByDependency(drops, ({ name }) => drops.filter(below(name))).sorted,
  ];
}
