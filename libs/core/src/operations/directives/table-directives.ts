import type { TableChange, TableDirectives } from '../api/table-api.js';
import type { TableAttributes } from '../table-operations.js';
import type { DirectiveContext } from './directive-context.js';
import type { Place } from './place.js';
import { argumentsOf, wrongArgument } from './place.js';
import {
  orNull,
  readBoolean,
  readFlag,
  readName,
  readStorageParameters,
  readText,
} from './read-argument.js';
import { checkSameKeys } from './same-keys.js';
import type { ReadersOf } from './read-options.js';
import { entityReaders, placeReaders, readOptions } from './read-options.js';
import { dropReaders, renameIfExistsReaders, readRename } from './read-rename.js';
import { readPartitioning } from './read-partition.js';
import { readTableBody } from './table-body.js';

const attributeReaders = {
  unlogged: readBoolean,
  storage: orNull(readStorageParameters),
  tablespace: orNull(readName),
  engine: orNull(readName),
  charset: orNull(readName),
  collation: orNull(readName),
} as const satisfies ReadersOf<TableChange>;
const createReaders = {
  unlogged: readFlag,
  storage: readStorageParameters,
  tablespace: readName,
  engine: readName,
  charset: readName,
  collation: readName,
  comment: readText,
  ifNotExists: readFlag,
  partitionBy: readPartitioning,
  ...placeReaders,
  ...entityReaders,
};
const alterReaders = { from: readChange, ...placeReaders };
const commentReaders = { from: orNull(readText), ...placeReaders };

/** The directives about whole tables. */
export function tableDirectives(context: DirectiveContext): TableDirectives {
  const { submit } = context;
  return {
    createTable(name, body, options) {
      const at = argumentsOf('op.createTable');
      const { schema, ifNotExists, ...marks } = readOptions(createReaders, options, at('options'));
      const named = { schema: schema ?? null, name: readName(name, at('name')) };
      const parts = readTableBody(body, at('body'), { ...context, table: named });
      return submit({
        kind: 'createTable',
        table: { ...named, ...parts, ...marks },
        ...(ifNotExists && { ifNotExists }),
      });
    },
    dropTable(name, options) {
      const at = argumentsOf('op.dropTable');
      const { schema, ...marks } = readOptions(dropReaders, options, at('options'));
      const table = { schema: schema ?? null, name: readName(name, at('name')) };
      return submit({ kind: 'dropTable', name: table, ...marks });
    },
    renameTable(from, to, options) {
      const at = argumentsOf('op.renameTable');
      const { schema, toSchema, ...marks } = readOptions(
        renameIfExistsReaders,
        options,
        at('options'),
      );
      return submit({
        kind: 'renameTable',
        ...readRename({ from, to, schema, toSchema }, at),
        ...marks,
      });
    },
    setTableStorage: setTableStorage(context),
    setTableComment(table, comment, options) {
      const at = argumentsOf('op.setTableComment');
      const { schema, from } = readOptions(commentReaders, options, at('options'));
      const to = orNull(readText)(comment, at('comment'));
      return submit({
        kind: 'setTableComment',
        table: { schema: schema ?? null, name: readName(table, at('table')) },
        ...(typeof from === 'string' && { from }),
        ...(to !== null && { to }),
      });
    },
  };
}

function setTableStorage({ submit }: DirectiveContext): TableDirectives['setTableStorage'] {
  return (table, change, options) => {
    const at = argumentsOf('op.setTableStorage');
    const to = readChange(change, at('change'));
    const { schema, from } = readOptions(alterReaders, options, at('options'));
    if (Object.keys(to).length === 0)
      throw wrongArgument(at('change'), { clause: 'changes nothing' });
    if (from) checkSameKeys(from, to, at('options.from'));
    return submit({
      kind: 'setTableStorage',
      table: { schema: schema ?? null, name: readName(table, at('table')) },
      to,
      ...(from && { from }),
    });
  };
}

function readChange(value: unknown, place: Place): TableAttributes {
  return readOptions(attributeReaders, value, place);
}
