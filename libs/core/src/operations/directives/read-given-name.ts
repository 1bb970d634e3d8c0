import type { FinalName, GivenName, NamedSubject } from '../naming-convention.js';
import { conventionalName } from '../naming-convention.js';
import type { DirectiveContext } from './directive-context.js';
import type { Place } from './place.js';
import { inside, wrongArgument } from './place.js';
import type { Reader } from './read-argument.js';
import { readName } from './read-argument.js';

/** Reads a name: a string, or what `op.f` made. */
export const readGivenName: Reader<GivenName> = (value, place) =>
  isFinalName(value)
    ? { final: readName(value.final, inside(place, 'final')) }
    : readName(value, place);

/** Gives what is named its name by the naming convention, as `{ name }` or `{}` for the server's choice. */
export type NameOf = (
  given: GivenName | undefined,
  subject: NamedSubject,
) => { readonly name?: string };

/** How the directives of a context name things. */
export function namer({ namingConvention }: Pick<DirectiveContext, 'namingConvention'>): NameOf {
  return (given, subject) => {
    const name = conventionalName(given, subject, namingConvention);
    return name === undefined ? {} : { name };
  };
}

/** How the directives of a context name what must have a name. @throws MigrationError E3013 where there is none */
export function requiredNamer(
  context: Pick<DirectiveContext, 'namingConvention'>,
): (given: GivenName | undefined, subject: NamedSubject, place: Place) => string {
  const nameOf = namer(context);
  return (given, subject, place) => {
    const { name } = nameOf(given, subject);
    if (name !== undefined) return name;
    throw wrongArgument(place, { clause: 'is missing, and the naming convention gives none' });
  };
}

function isFinalName(value: unknown): value is FinalName {
  return typeof value === 'object' && value !== null && Object.keys(value).join() === 'final';
}
