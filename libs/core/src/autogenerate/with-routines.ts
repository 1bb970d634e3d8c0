import { refOf } from '../operations/effects.js';
import type { Operation, OperationOf } from '../operations/operation.js';
import type { SchemaModel } from '../schema/schema-model.js';
import type { Routine } from '../schema/server-objects.js';
import { displayRoutine, routineKey, signatureOf } from '../schema/signature.js';
import { askAboutDependent } from './dependent-question.js';
import { type DiffContext, type DiffPart, joinParts, operationsPart } from './diff-part.js';
import { ofKind } from './of-kind.js';
import { namesWord } from './names-word.js';
import { typeText } from './routine-text.js';
import { changedColumns } from './with-views.js';

/**
 * Adds to what was found the routines that the server would not let a view go under whose rows they take or give
 * (`RETURNS SETOF`), and those with a body of SQL (`BEGIN ATOMIC`) that reads it or a column that changes: those that are
 * registered are dropped before and made anew behind, those of others are asked about.
 * @throws MigrationError E7040 for an answer that is none
 */
export function withRoutines(
  { current, target }: { readonly current: SchemaModel; readonly target: SchemaModel },
  found: DiffPart,
  context: DiffContext,
): DiffPart {
  const views = ofKind(found.operations, 'dropView');
  const columns = found.operations.flatMap(changedColumns);
  if (views.length + columns.length === 0) return found;
  const settled = new Set(found.operations.flatMap(settledRoutine));
  const isAround = (routine: Routine): boolean => {
    const text = typeText(routine);
    return (
      views.some(({ name }) => namesWord(text, name.name)) ||
      (isAtomic(routine) &&
        columns.some(({ table, column }) => namesWord(text, table.name) && namesWord(text, column)))
    );
  };
  const going = (current.routines ?? []).filter(
    (routine) => !settled.has(routineKey(routine)) && isAround(routine),
  );
  if (going.length === 0) return found;
  const wanted = new Map((target.routines ?? []).map((routine) => [routineKey(routine), routine]));
  const around = new Set(going.map(routineKey).filter((key) => wanted.has(key)));
  const operations = found.operations.filter(
    (operation) => operation.kind !== 'createRoutine' || !around.has(routineKey(operation.routine)),
  );
  return joinParts([
    { ...found, operations },
    ...going.map((routine) => aroundChange(routine, wanted.get(routineKey(routine)), context)),
  ]);
}

const isAtomic = ({ definition }: Routine): boolean =>
  /\b(?:BEGIN ATOMIC|RETURN)\s/.test(definition);

/** One that goes anyway. */
const settledRoutine = (operation: Operation): readonly string[] =>
  operation.kind === 'dropRoutine' && operation.dropped ? [routineKey(operation.dropped)] : [];

function aroundChange(before: Routine, after: Routine | undefined, context: DiffContext): DiffPart {
  const anew = (routine: Routine): DiffPart =>
    operationsPart(dropOf(before), {
      kind: 'createRoutine',
      routine: { ...(before.comment !== undefined && { comment: before.comment }), ...routine },
      anew: true,
    });
  if (after) return anew(after);
  const { schema, name, arguments: argumentList } = before;
  const signed = `${name}(${signatureOf(argumentList)})`;
  const owner = context.memory.of(refOf('routine', { schema, name: signed }));
  if (owner.state === 'managed') return anew({ ...before, entity: owner.entity });
  const question = { kind: 'routine', name: displayRoutine(before), answers: ['anew'] } as const;
  return askAboutDependent(question, context, () => anew(before));
}

function dropOf(dropped: Routine): OperationOf<'dropRoutine'> {
  const { schema, name, type, arguments: argumentList } = dropped;
  return {
    kind: 'dropRoutine',
    type,
    name: { schema, name },
    arguments: signatureOf(argumentList),
    dropped,
    anew: true,
  };
}
