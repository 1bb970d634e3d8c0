import type { RoutineDirectives, RoutineOptions } from '../api/routine-api.js';
import type { Routine } from '../../schema/server-objects.js';
import type { PreviousRoutine } from '../routine-operations.js';
import type { DirectiveContext } from './directive-context.js';
import { argumentsOf, inside } from './place.js';
import type { Place } from './place.js';
import { readFlag, readName, readSql, readText } from './read-argument.js';
import type { ReadersOf } from './read-options.js';
import { entityReaders, placeReaders, readOptions } from './read-options.js';
import { dropReaders, renameReaders, readRename } from './read-rename.js';

const previousReaders = { arguments: readText, definition: readSql };

const createReaders = {
  orReplace: readFlag,
  previous: readPrevious,
  comment: readText,
  anew: readFlag,
  ...placeReaders,
  ...entityReaders,
} as const satisfies ReadersOf<RoutineOptions>;
const dropOneReaders = { ...dropReaders, anew: readFlag };

/** The directives about functions and procedures. */
export function routineDirectives(context: DirectiveContext): RoutineDirectives {
  const functions = directivesOf(context, { type: 'function', noun: 'Function' });
  const procedures = directivesOf(context, { type: 'procedure', noun: 'Procedure' });
  return {
    createFunction: functions.create,
    createProcedure: procedures.create,
    dropFunction: functions.drop,
    dropProcedure: procedures.drop,
    renameFunction: functions.rename,
    renameProcedure: procedures.rename,
  };
}

interface Sort {
  readonly type: Routine['type'];
  readonly noun: string;
}

interface DirectivesOfOne {
  readonly create: RoutineDirectives['createFunction'];
  readonly drop: RoutineDirectives['dropFunction'];
  readonly rename: RoutineDirectives['renameFunction'];
}

function directivesOf(context: DirectiveContext, sort: Sort): DirectivesOfOne {
  const { submit } = context;
  const { type, noun } = sort;
  return {
    create: createDirective(context, sort),
    drop(name, args, options) {
      const at = argumentsOf(`op.drop${noun}`);
      const { schema, ...marks } = readOptions(dropOneReaders, options, at('options'));
      const routine = { schema: schema ?? null, name: readName(name, at('name')) };
      const argumentList = readText(args, at('args'));
      return submit({
        kind: 'dropRoutine',
        type,
        name: routine,
        arguments: argumentList,
        ...marks,
      });
    },
    rename(from, args, to, options) {
      const at = argumentsOf(`op.rename${noun}`);
      const read = readOptions(renameReaders, options, at('options'));
      const { schema, toSchema, ...marks } = read;
      return submit({
        kind: 'renameRoutine',
        type,
        ...readRename({ from, to, schema, toSchema }, at),
        arguments: readText(args, at('args')),
        ...marks,
      });
    },
  };
}

function createDirective({ submit }: DirectiveContext, { type, noun }: Sort) {
  const create: RoutineDirectives['createFunction'] = (name, args, definition, options) => {
    const at = argumentsOf(`op.create${noun}`);
    const read = readOptions(createReaders, options, at('options'));
    const { schema, orReplace, previous, anew, ...marks } = read;
    const routine: Routine = {
      schema: schema ?? null,
      name: readName(name, at('name')),
      type,
      arguments: readText(args, at('args')),
      definition: readSql(definition, at('definition')),
      ...marks,
    };
    return submit({
      kind: 'createRoutine',
      routine,
      ...(orReplace && { orReplace }),
      ...(previous && { replaces: { arguments: routine.arguments, ...previous } }),
      ...(anew && { anew }),
    });
  };
  return create;
}

function readPrevious(
  value: unknown,
  place: Place,
): Partial<PreviousRoutine> & Pick<PreviousRoutine, 'definition'> {
  const read = readOptions(previousReaders, value, place);
  return { ...read, definition: readSql(read.definition, inside(place, 'definition')) };
}
