import type { PartitionDirectives } from '../api/partition-api.js';
import type { DirectiveContext } from './directive-context.js';
import { argumentsOf } from './place.js';
import { readFlag, readName } from './read-argument.js';
import { entityReaders, readOptions } from './read-options.js';
import { dropReaders } from './read-rename.js';
import {
  boundsReader,
  partitionPlaceReaders,
  placedNames,
  readPartitioning,
} from './read-partition.js';

const createReaders = {
  partitionBy: readPartitioning,
  ifNotExists: readFlag,
  ...partitionPlaceReaders,
  ...entityReaders,
};

/** The directives about partitions. */
export function partitionDirectives(context: DirectiveContext): PartitionDirectives {
  const { submit } = context;
  const readBounds = boundsReader(context);
  const detachReaders = { bounds: readBounds, concurrently: readFlag, ...partitionPlaceReaders };
  return {
    createPartition(name, table, bounds, options) {
      const at = argumentsOf('op.createPartition');
      const read = readOptions(createReaders, options, at('options'));
      const { ifNotExists, partitionBy, entity, ...place } = read;
      const names = { name: readName(name, at('name')), table: readName(table, at('table')) };
      const { name: own, of } = placedNames(names, place);
      return submit({
        kind: 'createPartition',
        partition: {
          ...own,
          of,
          bounds: readBounds(bounds, at('bounds')),
          ...(partitionBy && { partitionBy }),
          ...(entity !== undefined && { entity }),
        },
        ...(ifNotExists && { ifNotExists }),
      });
    },
    dropPartition(name, options) {
      const at = argumentsOf('op.dropPartition');
      const { schema, ...marks } = readOptions(dropReaders, options, at('options'));
      const own = { schema: schema ?? null, name: readName(name, at('name')) };
      return submit({ kind: 'dropPartition', name: own, ...marks });
    },
    attachPartition(name, table, bounds, options) {
      const at = argumentsOf('op.attachPartition');
      const place = readOptions(partitionPlaceReaders, options, at('options'));
      const names = { name: readName(name, at('name')), table: readName(table, at('table')) };
      const read = readBounds(bounds, at('bounds'));
      return submit({ kind: 'attachPartition', ...placedNames(names, place), bounds: read });
    },
    detachPartition(name, table, options) {
      const at = argumentsOf('op.detachPartition');
      const { schema, tableSchema, ...marks } = readOptions(detachReaders, options, at('options'));
      const names = { name: readName(name, at('name')), table: readName(table, at('table')) };
      const place = {
        ...(schema !== undefined && { schema }),
        ...(tableSchema !== undefined && { tableSchema }),
      };
      return submit({ kind: 'detachPartition', ...placedNames(names, place), ...marks });
    },
  };
}
