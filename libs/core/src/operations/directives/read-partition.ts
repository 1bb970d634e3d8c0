import type { PartitionKeyPart } from '../api/partition-api.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { IndexElement } from '../../schema/schema-model.js';
import type { PartitionBounds, Partitioning } from '../../schema/server-objects.js';
import type { DirectiveContext } from './directive-context.js';
import type { Place } from './place.js';
import { inside, wrongArgument, wrongType } from './place.js';
import type { Reader } from './read-argument.js';
import { listOf, nonEmpty, oneOf, orNull, readName, readSql } from './read-argument.js';
import type { ReadersOf } from './read-options.js';
import { placeReaders, readOptions, readRecord } from './read-options.js';
import { valueReader } from './read-value.js';

const readStrategy = oneOf('range', 'list', 'hash');

const partReaders = {
  column: readName,
  expression: readSql,
  collation: readName,
  opclass: readName,
} as const satisfies ReadersOf<Exclude<PartitionKeyPart, string>>;

/**
 * Reads how a table is divided.
 * @throws MigrationError E3013
 */
export const readPartitioning: Reader<Partitioning> = (value, place) => {
  const readers = { strategy: readStrategy, columns: readParts };
  const { strategy, columns } = readOptions(readers, value, place);
  return {
    strategy: readStrategy(strategy, inside(place, 'strategy')),
    elements: columns ?? readParts(columns, inside(place, 'columns')),
  };
};

const readParts = nonEmpty(listOf(readPart, 'a list of columns'));

function readPart(value: unknown, place: Place): IndexElement {
  if (typeof value === 'string') return { column: readName(value, place) };
  const part = readOptions(partReaders, value, place);
  if ((part.column === undefined) !== (part.expression === undefined)) return part;
  throw wrongArgument(place, { clause: 'must have either "column" or "expression"' });
}

/** Makes a reader of the bounds of a partition. */
export function boundsReader(context: Pick<DirectiveContext, 'literal'>): Reader<PartitionBounds> {
  const values = nonEmpty(listOf(valueReader(context), 'a list of values'));
  return (value, place) => {
    const bounds = readRecord(value, place);
    const at = (name: string): Place => inside(place, name);
    const { from, to, in: list, modulus, remainder } = bounds;
    switch (Object.keys(bounds).sort().join()) {
      case 'from,to':
        return { from: values(from, at('from')), to: values(to, at('to')) };
      case 'in':
        return { in: values(list, at('in')) };
      case 'modulus,remainder':
        return {
          modulus: readCount(modulus, at('modulus')),
          remainder: readCount(remainder, at('remainder')),
        };
      case 'default':
        if (bounds['default'] === true) return { default: true };
        throw wrongType(at('default'), bounds['default'], 'true');
      default:
        throw wrongArgument(place, {
          clause: 'must be { from, to }, { in }, { modulus, remainder } or { default: true }',
        });
    }
  };
}

function readCount(value: unknown, place: Place): number {
  if (Number.isSafeInteger(value) && Number(value) >= 0) return Number(value);
  throw wrongType(place, value, 'a whole number from 0 on');
}

/** Readers of where a partition or its index is. */
export const partitionPlaceReaders = { tableSchema: orNull(readName), ...placeReaders } as const;

/** The table is where the partition is, unless it is said to be elsewhere. */
export function placedNames(
  { name, table }: { readonly name: string; readonly table: string },
  place: { readonly schema?: string; readonly tableSchema?: string | null },
): { readonly name: ObjectName; readonly of: ObjectName } {
  const { schema = null, tableSchema = schema } = place;
  return { name: { schema, name }, of: { schema: tableSchema, name: table } };
}
