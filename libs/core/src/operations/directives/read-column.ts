import type {
  Column,
  GeneratedColumn,
  Identity,
  SequenceOptions,
} from '../../schema/schema-model.js';
import type { ColumnAttributes } from '../column-operations.js';
import type { ColumnChange, ColumnOptions } from '../operations-api.js';
import type { Place } from './place.js';
import { inside, wrongArgument } from './place.js';
import type { Reader } from './read-argument.js';
import {
  oneOf,
  orNull,
  readBoolean,
  readFlag,
  readInteger,
  readName,
  readSql,
  readText,
} from './read-argument.js';
import { typeReader, withMoments } from './read-portable.js';
import { readConflict } from './read-constraint.js';
import type { ReadersOf, ReadOptions } from './read-options.js';
import { entityReaders, readOptions } from './read-options.js';
import type { ValueContext } from './read-value.js';
import { defaultReader } from './read-value.js';

/** Readers of the options of a sequence. */
export const sequenceReaders = {
  start: readInteger,
  increment: readInteger,
  minValue: readInteger,
  maxValue: readInteger,
  cache: readInteger,
  cycle: readBoolean,
} as const satisfies ReadersOf<SequenceOptions>;

const readStorage = oneOf('plain', 'external', 'extended', 'main');

/** Readers of the options of a column. */
export function columnReaders(context: ValueContext) {
  return {
    nullable: readBoolean,
    onConflict: readConflict,
    default: defaultReader(context),
    generated: readSql,
    stored: readBoolean,
    identity: readIdentity,
    autoIncrement: readFlag,
    collation: readName,
    charset: readName,
    onUpdate: readSql,
    invisible: readFlag,
    storage: readStorage,
    compression: readName,
    comment: readText,
    ...entityReaders,
    property: readText,
  } as const satisfies ReadersOf<ColumnOptions>;
}

/** A column as a call says it. */
export interface GivenColumn {
  readonly name: unknown;
  readonly type: unknown;
  readonly options: unknown;
}

/**
 * Reads name and type of a column, and puts `op.now()` among its options into words.
 * @throws MigrationError E3005, E3006, E3008, E3013
 */
export function readNamed(
  { name, type, options }: GivenColumn,
  at: (argument: string) => Place,
  context: ValueContext,
): { readonly named: Pick<Column, 'name' | 'type'>; readonly options: unknown } {
  const named = {
    name: readName(name, at('name')),
    type: typeReader(context)(type, at('type')),
  };
  const place = at('options');
  return { named, options: withMoments(options, { context, place, type: named.type }) };
}

/** The options of a column, as they were read. */
export type ReadColumnOptions = ReadOptions<ReturnType<typeof columnReaders>>;

/**
 * The column of a name, a type and options.
 * @throws MigrationError E3013 for options that exclude each other
 */
export function columnOf(
  named: Pick<Column, 'name' | 'type'>,
  options: ReadColumnOptions,
  place: Place,
): Column {
  const { generated, stored, ...rest } = options;
  refuseSeveralSources(options, place);
  const expression = generatedOf(generated, stored, place);
  return { ...named, nullable: true, ...rest, ...(expression && { generated: expression }) };
}

/**
 * Reads the attributes that an alteration names.
 * @throws MigrationError E3013
 */
export function readColumnChange(context: ValueContext): Reader<ColumnAttributes> {
  const readType = typeReader(context);
  const readers = {
    type: readType,
    nullable: readBoolean,
    default: orNull(defaultReader(context)),
    generated: orNull(readSql),
    stored: readBoolean,
    identity: orNull(readIdentity),
    autoIncrement: (value, place) => readFlag(value, place) ?? null,
    collation: orNull(readName),
    charset: orNull(readName),
    onUpdate: orNull(readSql),
    invisible: (value, place) => readFlag(value, place) ?? null,
    storage: orNull(readStorage),
    compression: orNull(readName),
    comment: orNull(readText),
  } as const satisfies ReadersOf<ColumnChange> & {
    autoIncrement: Reader<true | null>;
    invisible: Reader<true | null>;
  };
  return (value, place) => {
    const type = typeOfChange(value, (given) => readType(given, inside(place, 'type')));
    const change = withMoments(value, { context, place, type });
    const { generated, stored, ...rest } = readOptions(readers, change, place);
    const expression = generatedOf(generated ?? undefined, stored, place);
    return {
      ...rest,
      ...(generated === null && { generated }),
      ...(expression && { generated: expression }),
    };
  };
}

/** The type that a change names, for what depends on it. */
function typeOfChange(change: unknown, read: (type: unknown) => string): string | undefined {
  const isNamed = typeof change === 'object' && change !== null && 'type' in change;
  return isNamed && change.type !== undefined ? read(change.type) : undefined;
}

function readIdentity(value: unknown, place: Place): Identity {
  const readGeneration = oneOf('always', 'by default');
  if (typeof value === 'string') return { generation: readGeneration(value, place) };
  const readers = { generation: readGeneration, ...sequenceReaders };
  const { generation, ...options } = readOptions(readers, value, place);
  return {
    generation: readGeneration(generation, inside(place, 'generation')),
    ...(Object.keys(options).length > 0 && { options }),
  };
}

function generatedOf(
  expression: string | undefined,
  stored: boolean | undefined,
  place: Place,
): GeneratedColumn | undefined {
  if (expression !== undefined) return { expression, stored: stored ?? true };
  if (stored === undefined) return undefined;
  throw wrongArgument(inside(place, 'stored'), { clause: 'needs the option "generated"' });
}

/** A column gets its value from one place (PostgreSQL refuses the others too, each with its own words). */
function refuseSeveralSources(options: ReadColumnOptions, place: Place): void {
  const sources = (['default', 'generated', 'identity', 'autoIncrement'] as const).filter(
    (name) => options[name] !== undefined,
  );
  if (sources.length <= 1) return;
  throw wrongArgument(place, {
    clause: `has both "${sources.join('" and "')}": a column gets its value from one of them`,
  });
}
