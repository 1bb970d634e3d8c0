import type { SqlText } from '../../schema/schema-model.js';
import type { ExclusionDefinition, ExclusionPart } from '../api/constraint-api.js';
import type { Place } from './place.js';
import { inside, wrongArgument } from './place.js';
import type { Reader } from './read-argument.js';
import {
  isSqlFragment,
  listOf,
  nonEmpty,
  oneOf,
  readColumnNames,
  readName,
  readSql,
} from './read-argument.js';
import type { ReadersOf, ReadOptions } from './read-options.js';
import { readOptions } from './read-options.js';

const OPERATOR = /^(?:[-+*/<>=~!@#%^&|`?]+|operator\s*\([^()'";]*\))$/i;

const readOperator: Reader<string> = (value, place) => {
  const operator = readSql(value, place);
  if (OPERATOR.test(operator)) return operator;
  throw wrongArgument(place, { clause: `is ${JSON.stringify(operator)}, which is no operator` });
};

const partReaders = {
  column: readName,
  expression: readSql,
  with: readOperator,
  opclass: readSql,
  collation: readName,
  order: oneOf('asc', 'desc'),
  nulls: oneOf('first', 'last'),
} as const satisfies ReadersOf<ExclusionPart>;

const readers = {
  using: readName,
  elements: nonEmpty(listOf(readPart, 'a list of elements')),
  include: readColumnNames,
  where: readSql,
} as const satisfies ReadersOf<ExclusionDefinition>;

/**
 * Reads what follows EXCLUDE: as text, or as data, which is written with standard quotes.
 * @throws MigrationError E3013
 */
export function readExclusion(value: unknown, place: Place): SqlText {
  if (typeof value === 'string' || isSqlFragment(value)) return readSql(value, place);
  const { using, elements, include, where } = readOptions(readers, value, place);
  if (!elements) throw wrongArgument(inside(place, 'elements'), { clause: 'is missing' });
  return [
    using === undefined ? [] : [`USING ${quoted(using)}`],
    `(${elements.join(', ')})`,
    include === undefined ? [] : [`INCLUDE (${include.map(quoted).join(', ')})`],
    where === undefined ? [] : [`WHERE (${where})`],
  ]
    .flat()
    .join(' ');
}

function readPart(value: unknown, place: Place): SqlText {
  const part = readOptions(partReaders, value, place);
  if (part.with === undefined) throw wrongArgument(inside(place, 'with'), { clause: 'is missing' });
  return [
    keyOf(part, place),
    part.collation === undefined ? [] : `COLLATE ${quoted(part.collation)}`,
    part.opclass ?? [],
    part.order?.toUpperCase() ?? [],
    part.nulls === undefined ? [] : `NULLS ${part.nulls.toUpperCase()}`,
    `WITH ${part.with}`,
  ]
    .flat()
    .join(' ');
}

function keyOf({ column, expression }: ReadOptions<typeof partReaders>, place: Place): SqlText {
  if (column !== undefined && expression === undefined) return quoted(column);
  if (expression !== undefined && column === undefined) return `(${expression})`;
  throw wrongArgument(place, { clause: 'must have either "column" or "expression"' });
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
