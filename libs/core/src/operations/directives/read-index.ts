import type { IndexElement } from '../../schema/schema-model.js';
import type { BodyIndexOptions, IndexOptions, IndexPart } from '../operations-api.js';
import type { Place } from './place.js';
import { wrongArgument } from './place.js';
import {
  listOf,
  nonEmpty,
  oneOf,
  readColumnNames,
  readFlag,
  readLength,
  readName,
  readSql,
  readStorageParameters,
  readText,
} from './read-argument.js';
import type { ReadersOf } from './read-options.js';
import { entityReaders, placeReaders, readOptions } from './read-options.js';

/** Readers of the options of an index in a table body. */
export const bodyIndexReaders = {
  unique: readFlag,
  method: readName,
  parser: readName,
  where: readSql,
  include: readColumnNames,
  nullsNotDistinct: readFlag,
  storage: readStorageParameters,
  tablespace: readName,
  comment: readText,
  ...entityReaders,
} as const satisfies ReadersOf<BodyIndexOptions>;

/** Readers of the options of an index. */
export const indexReaders = {
  ...bodyIndexReaders,
  concurrently: readFlag,
  only: readFlag,
  ifNotExists: readFlag,
  ...placeReaders,
} as const satisfies ReadersOf<IndexOptions>;

const readAnyOrder = oneOf('asc', 'desc');

const partReaders = {
  column: readName,
  expression: readSql,
  /** Ascending is what absence means. */
  order: (value: unknown, place: Place) =>
    readAnyOrder(value, place) === 'desc' ? 'desc' : undefined,
  nulls: oneOf('first', 'last'),
  opclass: readName,
  collation: readName,
  prefix: readLength,
} as const satisfies ReadersOf<Exclude<IndexPart, string>>;

/** Reads the key parts of an index: at least one. */
export const readIndexParts = nonEmpty(listOf(readIndexPart, 'a list of index parts'));

function readIndexPart(value: unknown, place: Place): IndexElement {
  if (typeof value === 'string') return { column: readName(value, place) };
  const element = readOptions(partReaders, value, place);
  if ((element.column === undefined) !== (element.expression === undefined)) return element;
  throw wrongArgument(place, { clause: 'must have either "column" or "expression"' });
}
