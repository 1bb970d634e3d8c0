import type { LiteralValue } from '../../schema/literal-value.js';
import type { SqlText } from '../../schema/schema-model.js';
import type { DirectiveContext } from './directive-context.js';
import type { Place } from './place.js';
import { isPortableNow, spellerOf } from './read-portable.js';
import { wrongArgument, wrongType } from './place.js';
import type { Reader } from './read-argument.js';
import { isSqlFragment, readSql, readText } from './read-argument.js';

/** What a reader of values needs from outside. */
export type ValueContext = Pick<DirectiveContext, 'literal' | 'portable'>;

/** Makes a reader of a value that is a literal, or SQL when `op.sql` made it. `null` is the literal NULL. */
export function valueReader(context: ValueContext): Reader<SqlText> {
  return (value, place) => {
    if (isSqlFragment(value)) return readSql(value, place);
    if (isPortableNow(value)) return spellerOf(context, place).now(undefined);
    if (isLiteralValue(value)) return context.literal(readLiteralValue(value, place));
    throw wrongType(place, value, `${LITERALS} or op.sql(…)`);
  };
}

/** Makes a reader of a value that becomes a literal. */
export function literalReader({ literal }: Pick<DirectiveContext, 'literal'>): Reader<SqlText> {
  return (value, place) => literal(readLiteralValue(value, place));
}

const LITERALS = 'a string, number, bigint, boolean, null';

/**
 * Reads a value that a literal can be made of.
 * @throws MigrationError E3005, E3006, E3013 for anything else
 */
export function readLiteralValue(value: unknown, place: Place): LiteralValue {
  if (typeof value === 'string') return readText(value, place);
  if (typeof value === 'number') return readFinite(value, place);
  if (isLiteralValue(value)) return value;
  throw wrongType(place, value, LITERALS);
}

function isLiteralValue(value: unknown): value is LiteralValue {
  return value === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
}

/** Makes a reader of a default: a value, where `null` means none. */
export function defaultReader(context: ValueContext): Reader<SqlText | undefined> {
  const read = valueReader(context);
  return (value, place) => (value === null ? undefined : read(value, place));
}

function readFinite(value: number, place: Place): number {
  if (Number.isFinite(value)) return value;
  throw wrongArgument(place, { clause: `is ${value}, which no number type of SQL writes so` });
}
