import { closestName } from '../../errors/closest-name.js';
import type { Place } from './place.js';
import { inside, shown, wrongArgument, wrongType } from './place.js';
import type { Reader } from './read-argument.js';
import { readName, readText } from './read-argument.js';

/** A reader for each option that is known. */
export type Readers = Readonly<Record<string, Reader<unknown>>>;

/** A reader for each option of an options type; a forgotten option does not compile. */
export type ReadersOf<O> = { readonly [K in keyof Required<O>]: Reader<unknown> };

/** The options that were given, as they were read. */
export type ReadOptions<R extends Readers> = {
  readonly [K in keyof R]?: Exclude<ReturnType<R[K]>, undefined>;
};

/** The options that most directives take. */
export const placeReaders = { schema: readName } as const;

/** The mark of autogenerate. */
export const entityReaders = { entity: readText } as const;

/**
 * Reads an options object; what is undefined counts as not given.
 * @throws MigrationError E3013 no object, or an unknown option, with the nearest known one
 */
export function readOptions<R extends Readers>(
  readers: R,
  value: unknown,
  place: Place,
): ReadOptions<R> {
  if (value === undefined) return {};
  const given = Object.entries(readRecord(value, place)).filter(
    ([, option]) => option !== undefined,
  );
  const read = given.map(([name, option]) => {
    const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
    if (!reader) throw unknownOption(name, Object.keys(readers), place);
    return [name, reader(option, inside(place, name))] as const;
  });
  const said = read.filter(([, option]) => option !== undefined);
  return Object.fromEntries(said) as ReadOptions<R>;
}

/**
 * Reads an object with names for its members.
 * @throws MigrationError E3013
 */
export function readRecord(value: unknown, place: Place): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrongType(place, value, 'an object');
  }
  return value as Readonly<Record<string, unknown>>;
}

function unknownOption(name: string, known: readonly string[], place: Place): Error {
  const nearest = closestName(name, known);
  return wrongArgument(place, {
    clause: `has the unknown option ${shown(name)}`,
    advice: nearest ? `Did you mean "${nearest}"?` : `Known are: ${known.join(', ')}.`,
  });
}
