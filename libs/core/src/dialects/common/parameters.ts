import type { LiteralValue } from '../../schema/literal-value.js';
import { MigrationError } from '../../errors/migration-error.js';

/** Values for the `:name` places of a statement. */
export type Parameters = Readonly<Record<string, LiteralValue>>;

/** A place in SQL text outside of strings, quoted names and comments: `:name`, or `\:` for a colon that is none. */
export interface ParameterPlace {
  /** Absent for an escaped colon. */
  readonly name?: string;
  readonly start: number;
  readonly end: number;
}

/** A statement with places of the driver (`$1`), and their values in this order. */
export interface BoundStatement {
  readonly sql: string;
  readonly parameters: readonly LiteralValue[];
}

/** The text with each place replaced: a name by what `write` makes of its value, an escaped colon by a colon. */
export function replaceParameters(
  sql: string,
  places: readonly ParameterPlace[],
  write: (name: string) => string,
): string {
  let end = 0;
  const pieces = places.map((place) => {
    const before = sql.slice(end, place.start);
    end = place.end;
    return before + (place.name === undefined ? ':' : apart(write(place.name), sql, place));
  });
  return pieces.join('') + sql.slice(end);
}

/**
 * Checks that every name in the text has a value, and every value a place.
 * @throws MigrationError E3013
 */
export function checkParameters(places: readonly ParameterPlace[], parameters: Parameters): void {
  const names = new Set(places.flatMap(({ name }) => name ?? []));
  const missing = [...names].filter((name) => !Object.hasOwn(parameters, name));
  const unused = Object.keys(parameters).filter((name) => !names.has(name));
  if (missing.length + unused.length === 0) return;
  throw new MigrationError('E3013', {
    problem:
      missing.length > 0
        ? `op.execute was given no value for ${inWords(missing)}`
        : `op.execute was given a value for ${inWords(unused)}, which its SQL does not have`,
    advice: 'Give each :name of the SQL its value; write \\: for a colon that is no parameter.',
    facts: { missing, unused },
  });
}

const inWords = (names: readonly string[]): string => names.map((name) => `:${name}`).join(', ');

/** A literal beside a quote or a word would become a part of it. */
function apart(text: string, sql: string, { start, end }: ParameterPlace): string {
  const before = /['"$\w]/.test(sql.charAt(start - 1)) ? ' ' : '';
  const after = /['"$\w]/.test(sql.charAt(end)) ? ' ' : '';
  return before + text + after;
}
