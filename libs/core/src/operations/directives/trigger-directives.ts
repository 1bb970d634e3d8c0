import type { TriggerDefinition, TriggerDirectives } from '../api/trigger-api.js';
import type { Trigger, TriggerEvent } from '../../schema/server-objects.js';
import { defaultStateBefore } from '../trigger-operations.js';
import type { DirectiveContext } from './directive-context.js';
import type { Place } from './place.js';
import { argumentsOf, inside, wrongArgument } from './place.js';
import type { Reader } from './read-argument.js';
import {
  distinct,
  listOf,
  nonEmpty,
  oneOf,
  readColumnNames,
  readFlag,
  readName,
  readSql,
  readText,
} from './read-argument.js';
import type { ReadersOf, ReadOptions } from './read-options.js';
import { entityReaders, placeReaders, readOptions } from './read-options.js';
import { dropReaders, readPartRename, renamePartReaders } from './read-rename.js';

const EVENTS = ['insert', 'delete', 'update', 'truncate'] as const;
const readTiming = oneOf('before', 'after', 'instead of');
const readState = oneOf('enabled', 'disabled', 'replica', 'always');

/** In the server's order, as it tells them in that one. */
const readEvents: Reader<readonly TriggerEvent[]> = (value, place) => {
  const given = distinct(nonEmpty(listOf(oneOf(...EVENTS), 'a list of events')))(value, place);
  return EVENTS.filter((event) => given.includes(event));
};

const definitionReaders = {
  timing: readTiming,
  events: readEvents,
  columns: readColumnNames,
  forEach: (value: unknown, place: Place) =>
    oneOf('row', 'statement')(value, place) === 'row' ? 'row' : undefined,
  oldTable: readName,
  newTable: readName,
  when: readSql,
  execute: readSql,
  constraint: readFlag,
  deferrable: oneOf('initially immediate', 'initially deferred'),
} as const satisfies ReadersOf<TriggerDefinition>;
const createReaders = {
  ...definitionReaders,
  orReplace: readFlag,
  previous: readPrevious,
  comment: readText,
  ...placeReaders,
  ...entityReaders,
};
const stateReaders = { from: readState, ...placeReaders };

/** The directives about triggers. */
export function triggerDirectives({ submit }: DirectiveContext): TriggerDirectives {
  return {
    createTrigger(name, table, options) {
      const at = argumentsOf('op.createTrigger');
      const read = readOptions(createReaders, options, at('options'));
      const { schema, orReplace, previous, ...rest } = read;
      const own = readName(name, at('name'));
      return submit({
        kind: 'createTrigger',
        table: { schema: schema ?? null, name: readName(table, at('table')) },
        trigger: { ...rest, ...definitionOf(rest, at('options')), name: own },
        ...(orReplace && { orReplace }),
        ...(previous && { replaces: { ...previous, name: own } }),
      });
    },
    dropTrigger(name, table, options) {
      const at = argumentsOf('op.dropTrigger');
      const { schema, ...marks } = readOptions(dropReaders, options, at('options'));
      return submit({
        kind: 'dropTrigger',
        table: { schema: schema ?? null, name: readName(table, at('table')) },
        name: readName(name, at('name')),
        ...marks,
      });
    },
    renameTrigger(from, to, table, options) {
      const at = argumentsOf('op.renameTrigger');
      const { schema, ...marks } = readOptions(renamePartReaders, options, at('options'));
      return submit({
        kind: 'renameTrigger',
        ...readPartRename({ from, to, table, schema }, at),
        ...marks,
      });
    },
    setTriggerState(name, table, state, options) {
      const at = argumentsOf('op.setTriggerState');
      const to = readState(state, at('state'));
      const { schema, from } = readOptions(stateReaders, options, at('options'));
      return submit({
        kind: 'setTriggerState',
        table: { schema: schema ?? null, name: readName(table, at('table')) },
        name: readName(name, at('name')),
        from: from ?? defaultStateBefore(to),
        to,
      });
    },
  };
}

type Definition = Omit<Trigger, 'name'>;

function readPrevious(value: unknown, place: Place): Definition {
  return definitionOf(readOptions(definitionReaders, value, place), place);
}

/** What a trigger must say, and what excludes each other. */
function definitionOf(read: ReadOptions<typeof definitionReaders>, place: Place): Definition {
  const { timing, events, execute, ...rest } = read;
  if (rest.deferrable !== undefined && !rest.constraint) {
    throw wrongArgument(inside(place, 'deferrable'), {
      clause: 'needs "constraint: true": only a constraint trigger can be deferred',
    });
  }
  const happens = readEvents(events, inside(place, 'events'));
  if (rest.columns !== undefined && !happens.includes('update')) {
    throw wrongArgument(inside(place, 'columns'), {
      clause: 'are those of UPDATE OF, and "events" has no \'update\'',
    });
  }
  return {
    timing: readTiming(timing, inside(place, 'timing')),
    events: happens,
    execute: readSql(execute, inside(place, 'execute')),
    ...rest,
  };
}
