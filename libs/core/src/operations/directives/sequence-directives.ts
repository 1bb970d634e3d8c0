import type { SequenceOwner } from '../../schema/schema-model.js';
import type { SequenceAttributes } from '../sequence-operations.js';
import type { OwnerOption, SequenceChange, SequenceDirectives } from '../api/sequence-api.js';
import type { DirectiveContext } from './directive-context.js';
import type { Place } from './place.js';
import { argumentsOf, inside, wrongArgument } from './place.js';
import {
  orNull,
  readBoolean,
  readFlag,
  readInteger,
  readName,
  readSql,
  readText,
} from './read-argument.js';
import type { ReadersOf } from './read-options.js';
import { checkSameKeys } from './same-keys.js';
import { sequenceReaders } from './read-column.js';
import { entityReaders, placeReaders, readOptions } from './read-options.js';
import { dropReaders, renameIfExistsReaders, readRename } from './read-rename.js';

const createReaders = {
  ifNotExists: readFlag,
  ownedBy: readOwner,
  type: readSql,
  comment: readText,
  ...sequenceReaders,
  ...placeReaders,
  ...entityReaders,
};
const ownerReaders = {
  table: readName,
  column: readName,
  ...placeReaders,
} as const satisfies ReadersOf<OwnerOption>;
const changeReaders = {
  type: orNull(readSql),
  start: orNull(readInteger),
  increment: orNull(readInteger),
  minValue: orNull(readInteger),
  maxValue: orNull(readInteger),
  cache: orNull(readInteger),
  cycle: orNull(readBoolean),
  ownedBy: orNull(readOwner),
} as const satisfies ReadersOf<SequenceChange>;
const alterReaders = {
  from: readChange,
  restart: readInteger,
  ifExists: readFlag,
  ...placeReaders,
};

/** The directives about sequences. */
export function sequenceDirectives({ submit }: DirectiveContext): SequenceDirectives {
  return {
    createSequence(name, given) {
      const at = argumentsOf('op.createSequence');
      const { ifNotExists, type, ownedBy, comment, schema, entity, ...options } = readOptions(
        createReaders,
        given,
        at('options'),
      );
      return submit({
        kind: 'createSequence',
        sequence: {
          schema: schema ?? null,
          name: readName(name, at('name')),
          ...(type !== undefined && { type }),
          ...(Object.keys(options).length > 0 && { options }),
          ...(ownedBy && { ownedBy }),
          ...(comment !== undefined && { comment }),
          ...(entity !== undefined && { entity }),
        },
        ...(ifNotExists && { ifNotExists }),
      });
    },
    dropSequence(name, options) {
      const at = argumentsOf('op.dropSequence');
      const { schema, ...marks } = readOptions(dropReaders, options, at('options'));
      const sequence = { schema: schema ?? null, name: readName(name, at('name')) };
      return submit({ kind: 'dropSequence', name: sequence, ...marks });
    },
    ...alterDirectives(submit),
  };
}

type AlterDirectives = Pick<SequenceDirectives, 'alterSequence' | 'renameSequence'>;

function alterDirectives(submit: DirectiveContext['submit']): AlterDirectives {
  return {
    alterSequence(name, change, options) {
      const at = argumentsOf('op.alterSequence');
      const to = readChange(change, at('change'));
      const { schema, from, ...rest } = readOptions(alterReaders, options, at('options'));
      if (Object.keys(to).length === 0 && rest.restart === undefined)
        throw wrongArgument(at('change'), { clause: 'changes nothing' });
      if (from) checkSameKeys(from, to, at('options.from'));
      return submit({
        kind: 'alterSequence',
        name: { schema: schema ?? null, name: readName(name, at('name')) },
        to,
        ...(from && { from }),
        ...rest,
      });
    },
    renameSequence(from, to, options) {
      const at = argumentsOf('op.renameSequence');
      const { schema, toSchema, ...marks } = readOptions(
        renameIfExistsReaders,
        options,
        at('options'),
      );
      return submit({
        kind: 'renameSequence',
        ...readRename({ from, to, schema, toSchema }, at),
        ...marks,
      });
    },
  };
}

function readOwner(value: unknown, place: Place): SequenceOwner {
  const { table, column, schema } = readOptions(ownerReaders, value, place);
  return {
    table: { schema: schema ?? null, name: readName(table, inside(place, 'table')) },
    column: readName(column, inside(place, 'column')),
  };
}

function readChange(value: unknown, place: Place): SequenceAttributes {
  return readOptions(changeReaders, value, place);
}
