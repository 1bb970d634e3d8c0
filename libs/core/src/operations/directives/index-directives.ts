import type { IndexElement } from '../../schema/schema-model.js';
import type { IndexDirectives } from '../api/index-api.js';
import type { DirectiveContext } from './directive-context.js';
import type { Place } from './place.js';
import { argumentsOf, wrongArgument } from './place.js';
import { orNull, readFlag, readName } from './read-argument.js';
import { readGivenName, requiredNamer } from './read-given-name.js';
import { indexReaders, readIndexParts } from './read-index.js';
import { readPartRename, renamePartReaders } from './read-rename.js';
import { partitionPlaceReaders, placedNames } from './read-partition.js';
import { placeReaders, readOptions } from './read-options.js';

const dropReaders = { concurrently: readFlag, ifExists: readFlag, ...placeReaders };
const renameReaders = { ifExists: readFlag, ...renamePartReaders };

/** The directives about indexes. */
export function indexDirectives(context: DirectiveContext): IndexDirectives {
  const { submit } = context;
  const nameOf = requiredNamer(context);
  return {
    createIndex(name, table, parts, options) {
      const at = argumentsOf('op.createIndex');
      const read = readOptions(indexReaders, options, at('options'));
      const { schema, concurrently, only, ifNotExists, unique = false, ...rest } = read;
      if (only && concurrently) throw onlyConcurrently(at('options.concurrently'));
      const elements = readIndexParts(parts, at('parts'));
      const owner = { schema: schema ?? null, name: readName(table, at('table')) };
      const given = orNull(readGivenName)(name, at('name')) ?? undefined;
      const subject = { type: 'index', table: owner, columns: columnsOf(elements) } as const;
      return submit({
        kind: 'createIndex',
        table: owner,
        index: { name: nameOf(given, subject, at('name')), elements, unique, ...rest },
        ...(concurrently && { concurrently }),
        ...(only && { only }),
        ...(ifNotExists && { ifNotExists }),
      });
    },
    dropIndex(name, table, options) {
      const at = argumentsOf('op.dropIndex');
      const { schema, ...marks } = readOptions(dropReaders, options, at('options'));
      const owner = { schema: schema ?? null, name: readName(table, at('table')) };
      const given = readGivenName(name, at('name'));
      return submit({
        kind: 'dropIndex',
        table: owner,
        name: nameOf(given, { type: 'index', table: owner }, at('name')),
        ...marks,
      });
    },
    attachIndex: attachIndex(context),
    renameIndex(from, to, table, options) {
      const at = argumentsOf('op.renameIndex');
      const { schema, ...marks } = readOptions(renameReaders, options, at('options'));
      return submit({
        kind: 'renameIndex',
        ...readPartRename({ from, to, table, schema }, at),
        ...marks,
      });
    },
  };
}

function attachIndex({ submit }: DirectiveContext): IndexDirectives['attachIndex'] {
  return (name, index, options) => {
    const at = argumentsOf('op.attachIndex');
    const place = readOptions(partitionPlaceReaders, options, at('options'));
    const names = { name: readName(name, at('name')), table: readName(index, at('index')) };
    return submit({ kind: 'attachIndex', ...placedNames(names, place) });
  };
}

/** The server refuses it, and by then the revision has left its transaction. */
const onlyConcurrently = (place: Place): Error =>
  wrongArgument(place, {
    clause: 'says nothing beside "only": no row is read for the index of the table alone',
    advice: 'Leave it out here; the indexes of the partitions can be made concurrently.',
  });

const columnsOf = (elements: readonly IndexElement[]): readonly string[] =>
  elements.flatMap(({ column }) => column ?? []);
