import type { ObjectName } from '../schema/object-name.js';
import { addMember, findMember, removeMember, updateMember } from '../schema/object-list.js';
import { missingObject } from '../schema/schema-edit.js';
import type { FromEntity, SchemaModel, SqlText } from '../schema/schema-model.js';
import type { Routine } from '../schema/server-objects.js';
import { displayRoutine, signatureOf } from '../schema/signature.js';
import { call, entityOption, schemaOption } from './call-arguments.js';
import { dropped as droppedEffect, made, refOf, renamed } from './effects.js';
import type { ObjectRef } from './object-effect.js';
import { textCode } from './operation-call.js';
import { ddl, defineOperation, harmless } from './operation-definition.js';
import { nameInWords } from './words.js';

/** What a routine was before it was replaced. */
export type PreviousRoutine = Pick<Routine, 'arguments' | 'definition'>;

/**
 * CREATE [OR REPLACE] FUNCTION or PROCEDURE. `replaces` is the text that is replaced, for the way back; `orReplace` alone
 * replaces whatever is there, and has none.
 */
export interface CreateRoutine {
  readonly kind: 'createRoutine';
  readonly routine: Routine;
  readonly orReplace?: true;
  readonly replaces?: PreviousRoutine;
  /** See {@link DropRoutine.anew}. */
  readonly anew?: true;
}

/** DROP FUNCTION or PROCEDURE, by its arguments. `dropped` makes it reversible. */
export interface DropRoutine {
  readonly kind: 'dropRoutine';
  readonly type: Routine['type'];
  readonly name: ObjectName;
  /** As {@link Routine.arguments}; types alone will do. */
  readonly arguments: SqlText;
  readonly dropped?: Routine;
  readonly ifExists?: true;
  /** It is made anew in the same run: owner and rights are as they were in this database. */
  readonly anew?: true;
}

/** ALTER FUNCTION or PROCEDURE … RENAME TO, and SET SCHEMA where the schemas differ. */
export interface RenameRoutine extends FromEntity {
  readonly kind: 'renameRoutine';
  readonly type: Routine['type'];
  readonly from: ObjectName;
  readonly arguments: SqlText;
  readonly to: ObjectName;
}

/** Every operation on functions and procedures. */
export type RoutineOperation = CreateRoutine | DropRoutine | RenameRoutine;

/** Definition of {@link CreateRoutine}. */
export const createRoutine = defineOperation<CreateRoutine>({
  describe: ({ routine, orReplace, replaces }) =>
    `${replaces || orReplace ? 'create or replace' : 'create'} ${routine.type} ${inWords(routine)}`,
  reverse({ routine, orReplace, replaces, anew }) {
    if (replaces) {
      const { arguments: argumentList, definition } = routine;
      return {
        kind: 'createRoutine',
        routine: { ...routine, ...replaces },
        replaces: { arguments: argumentList, definition },
      };
    }
    if (orReplace) return undefined;
    return {
      kind: 'dropRoutine',
      type: routine.type,
      name: { schema: routine.schema, name: routine.name },
      arguments: signatureOf(routine.arguments),
      dropped: routine,
      ...(anew && { anew }),
    };
  },
  apply: ({ routine, orReplace, replaces }, model) =>
    (orReplace || replaces) && findMember(model, 'routines', routine)
      ? updateMember(model, 'routines', { key: routine, change: () => routine })
      : addMember(model, 'routines', routine),
  toCall: ({ routine, orReplace, replaces, anew }) =>
    call(
      METHODS.create[routine.type],
      routine.name,
      routine.arguments,
      textCode(routine.definition),
      {
        orReplace,
        previous: replaces && {
          arguments: replaces.arguments === routine.arguments ? undefined : replaces.arguments,
          definition: textCode(replaces.definition),
        },
        comment: routine.comment,
        anew,
        ...schemaOption(routine),
        ...entityOption(routine),
      },
    ),
  effects: ({ routine }) => [made(routineRef(routine), routine)],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link DropRoutine}. */
export const dropRoutine = defineOperation<DropRoutine>({
  describe: ({ type, name, ...rest }) => `drop ${type} ${inWords({ ...name, ...rest })}`,
  reverse: ({ dropped, anew }) =>
    dropped && { kind: 'createRoutine', routine: dropped, ...(anew && { anew }) },
  apply({ name, arguments: argumentList, ifExists }, model) {
    const found = findRoutine(model, { ...name, arguments: argumentList });
    if (found) return removeMember(model, 'routines', found);
    if (ifExists) return model;
    throw missingObject('routine', displayRoutine({ ...name, arguments: argumentList }));
  },
  written: ({ dropped: _dropped, ...rest }) => [rest],
  toCall: ({ type, name, arguments: argumentList, ifExists, anew }) =>
    call(METHODS.drop[type], name.name, argumentList, { ifExists, anew, ...schemaOption(name) }),
  effects: ({ name, arguments: argumentList }) => [
    droppedEffect(routineRef({ ...name, arguments: argumentList })),
  ],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link RenameRoutine}. */
export const renameRoutine = defineOperation<RenameRoutine>({
  describe: ({ type, from, to, arguments: argumentList }) =>
    `rename ${type} ${inWords({ ...from, arguments: argumentList })} to ${nameInWords(to)}`,
  reverse: (operation) => ({ ...operation, from: operation.to, to: operation.from }),
  apply({ from, to, arguments: argumentList }, model) {
    const key = { ...from, arguments: argumentList };
    const found = findRoutine(model, key);
    if (!found) throw missingObject('routine', displayRoutine(key));
    const change = (routine: Routine): Routine => ({ ...routine, ...to });
    return updateMember(model, 'routines', { key: found, change });
  },
  toCall: (operation) =>
    call(
      METHODS.rename[operation.type],
      operation.from.name,
      operation.arguments,
      operation.to.name,
      {
        ...schemaOption(operation.from),
        toSchema: operation.to.schema === operation.from.schema ? undefined : operation.to.schema,
        ...entityOption(operation),
      },
    ),
  effects: (operation) => {
    const { from, to } = operation;
    const named = (name: ObjectName): ObjectRef =>
      routineRef({ ...name, arguments: operation.arguments });
    return [renamed(named(from), { ...to, name: named(to).name }, operation)];
  },
  transactionClass: ddl,
  isDestructive: harmless,
});

const METHODS = {
  create: { function: 'createFunction', procedure: 'createProcedure' },
  drop: { function: 'dropFunction', procedure: 'dropProcedure' },
  rename: { function: 'renameFunction', procedure: 'renameProcedure' },
} as const;

type Signed = ObjectName & Pick<Routine, 'arguments'>;

/** The routine with this signature, or else the only one of the name: types alone name it too. */
export function findRoutine(model: SchemaModel, key: Signed): Routine | undefined {
  const exact = findMember(model, 'routines', key);
  if (exact) return exact;
  const [only, another] = (model.routines ?? []).filter(
    ({ schema, name }) => schema === key.schema && name === key.name,
  );
  return another ? undefined : only;
}

/** Its name is remembered with the signature: there may be others of the name. */
function routineRef({ schema, name, arguments: argumentList }: Signed): ObjectRef {
  return refOf('routine', { schema, name: `${name}(${signatureOf(argumentList)})` });
}

const inWords = ({ schema, name, arguments: argumentList }: Signed): string =>
  `${nameInWords({ schema, name })}(${signatureOf(argumentList).replaceAll(/\s+/g, ' ')})`;
