import type { Operation, OperationOf } from '../operations/operation.js';
import type { Domain } from '../schema/server-objects.js';
import { signatureOf } from '../schema/signature.js';
import { ofKind } from './of-kind.js';
import { boundText } from './routine-text.js';

/** Where a routine is made or dropped, given all that is; a mention that is none costs only an order. */
export interface RoutinePhases {
  /** Undefined where nothing asks for another place than the usual one. */
  of(operation: Operation): number | undefined;
}

const [
  BEFORE_VIEWS_GO,
  BEFORE_CREATE,
  AFTER_ROUTINES,
  AFTER_COLUMNS,
  BEFORE_TABLES_GO,
  WITH_VIEWS,
] = [0.9, 12.4, 12.6, 16.7, 20.4, 24];

/** Finds what routines need, and what needs them. */
export function routinePhases(operations: readonly Operation[]): RoutinePhases {
  const creations = ofKind(operations, 'createRoutine');
  const created = createdPhases(operations);
  const dropped = dropPhases(operations);
  const names = creations.map(({ routine }) => routine.name);
  return {
    of(operation) {
      if (operation.kind === 'createRoutine') return created.get(operation);
      if (operation.kind === 'dropRoutine') return dropped(operation);
      const isLate = operation.kind === 'createDomain' && mentions(textOf(operation.domain), names);
      return isLate ? AFTER_ROUTINES : undefined;
    },
  };
}

/** A routine that needs another is not made before it. */
function createdPhases(operations: readonly Operation[]): ReadonlyMap<Operation, number> {
  const creations = ofKind(operations, 'createRoutine');
  const views = ofKind(operations, 'createView').map(({ view }) => view.name);
  const made = [
    ...ofKind(operations, 'createTable').map(({ table }) => table.name),
    ...ofKind(operations, 'addColumn').map(({ column }) => column.name),
  ];
  const changed = ofKind(operations, 'alterColumn').map(({ name }) => name);
  const phases = new Map<Operation, number>();
  for (const creation of creations) {
    const text = boundText(creation.routine);
    if (mentions(text, views)) phases.set(creation, WITH_VIEWS);
    else if (mentions(text, creation.anew ? [...made, ...changed] : made)) {
      phases.set(creation, AFTER_COLUMNS);
    }
  }
  for (let sum = -1; sum !== total(phases);) {
    sum = total(phases);
    for (const creation of creations) {
      const needed = creations.filter(({ routine }) =>
        boundText(creation.routine).includes(routine.name),
      );
      const latest = Math.max(...needed.map((other) => phases.get(other) ?? 0), 0);
      if (latest > (phases.get(creation) ?? 0)) phases.set(creation, latest);
    }
  }
  return phases;
}

const total = (phases: ReadonlyMap<Operation, number>): number =>
  [...phases.values()].reduce((sum, phase) => sum + phase, 0);

function dropPhases(operations: readonly Operation[]) {
  const creations = ofKind(operations, 'createRoutine');
  const gone = [
    ...ofKind(operations, 'dropTable'),
    ...ofKind(operations, 'dropEnum'),
    ...ofKind(operations, 'dropDomain'),
  ].map(({ name }) => name.name);
  const views = ofKind(operations, 'dropView').map(({ name }) => name.name);
  return (operation: OperationOf<'dropRoutine'>): number | undefined => {
    const text = operation.dropped ? boundText(operation.dropped) : operation.arguments;
    if (mentions(text, views)) return BEFORE_VIEWS_GO;
    if (creations.some((creation) => takesPlaceOf(creation, operation))) return BEFORE_CREATE;
    return mentions(text, gone) ? BEFORE_TABLES_GO : undefined;
  };
}

const mentions = (text: string, names: readonly string[]): boolean =>
  names.some((name) => text.includes(name));

const textOf = ({ default: value = '', checks }: Domain): string =>
  [value, ...checks.map(({ expression }) => expression)].join('\n');

/** Two of one name with as many arguments may be one to the server, whatever their arguments are called. */
function takesPlaceOf(
  { routine, replaces, orReplace }: OperationOf<'createRoutine'>,
  { name, arguments: argumentList }: OperationOf<'dropRoutine'>,
): boolean {
  const isNew = !replaces && !orReplace;
  const isSameName = routine.schema === name.schema && routine.name === name.name;
  return isNew && isSameName && countOf(routine.arguments) === countOf(argumentList);
}

/** Without their defaults, which may have a comma that a drop does not know of. */
const countOf = (argumentList: string): number =>
  argumentList.trim() === '' ? 0 : signatureOf(argumentList).split(',').length;
