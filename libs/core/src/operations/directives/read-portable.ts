import type { PortableNow, PortableSql, PortableType } from '../../schema/portable-type.js';
import type { DirectiveContext } from './directive-context.js';
import type { Place } from './place.js';
import { inside, wrongArgument } from './place.js';
import { portableDirectives } from './portable-directives.js';
import type { Reader } from './read-argument.js';
import { readSql } from './read-argument.js';

/** What a reader of portable values needs from outside. */
export type PortableContext = Pick<DirectiveContext, 'portable'>;

/**
 * Makes a reader of the type of a column: SQL, or a portable type, which becomes SQL.
 * @throws MigrationError (from the reader) E3005, E3006, E3013
 */
export function typeReader(context: PortableContext): Reader<string> {
  return (value, place) => {
    const name = portableName(value);
    if (name === undefined) return readSql(value, place);
    if (!Object.hasOwn(portableDirectives.type, name))
      throw wrongArgument(place, { clause: `is the portable value "${name}", which is no type` });
    return spellerOf(context, place).type(value as PortableType);
  };
}

/** True for what `op.now` made. */
export const isPortableNow = (value: unknown): value is PortableNow =>
  portableName(value) === 'now';

/**
 * The dialect's words for what is portable.
 * @throws MigrationError E3013 where operations are made without a dialect
 */
export function spellerOf({ portable }: PortableContext, place: Place): PortableSql {
  if (portable !== undefined) return portable;
  throw wrongArgument(place, {
    clause: 'is a portable value, and no dialect is there to spell it',
    advice: 'Give createOperations the "portable" of a dialect.',
  });
}

function portableName(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('portable' in value)) return undefined;
  return typeof value.portable === 'string' ? value.portable : undefined;
}

/**
 * The options of a column with `op.now()` in the words of the dialect, which may depend on the column's type. Anything else stays.
 * @throws MigrationError E3013 where operations are made without a dialect
 */
export function withMoments(options: unknown, { context, place, type }: MomentPlace): unknown {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return options;
  const entries = Object.entries(options);
  if (!entries.some(([, value]) => isPortableNow(value))) return options;
  return Object.fromEntries(
    entries.map(([name, value]: readonly [string, unknown]) =>
      isPortableNow(value)
        ? [name, { sql: spellerOf(context, inside(place, name)).now(type) }]
        : [name, value],
    ),
  );
}

/** Where options with moments stand. */
export interface MomentPlace {
  readonly context: PortableContext;
  readonly place: Place;
  /** Native type of the column, where it is known. */
  readonly type: string | undefined;
}
