import { MigrationError } from '../../errors/migration-error.js';
import type { LiteralValue } from '../../schema/literal-value.js';
import type { ObjectName } from '../../schema/object-name.js';

/** Wraps a text in a quote character, doubling those inside. */
export function enclose(text: string, quote: '"' | "'" | '`'): string {
  return quote + text.replaceAll(quote, quote + quote) + quote;
}

/** Undoes {@link enclose}. The text must be one that it made. */
export function unenclose(text: string, quote: '"' | "'" | '`'): string {
  return text.slice(1, -1).replaceAll(quote + quote, quote);
}

/** Quotes a name with that of its schema (an attached database, on SQLite) before it. */
export function qualifiedBy(identifier: (name: string) => string): (name: ObjectName) => string {
  return ({ schema, name }) =>
    schema === null ? identifier(name) : `${identifier(schema)}.${identifier(name)}`;
}

/** Values as SQL that needs no rules of a dialect but how a text is written. @param text writes one */
export function literalBy(text: (text: string) => string): (value: LiteralValue) => string {
  return (value) => {
    if (value === null) return 'NULL';
    if (typeof value === 'string') return text(value);
    return typeof value === 'number' ? numberLiteral(value) : String(value);
  };
}

/**
 * A number as SQL.
 *
 * @throws MigrationError E3013 for NaN and the infinities, which have no literal that every numeric type takes
 */
export function numberLiteral(value: number): string {
  if (Number.isFinite(value)) return String(value);
  throw new MigrationError('E3013', {
    problem: `the number ${String(value)} has no literal in SQL`,
    advice: "Write it as SQL, for example op.sql(`'NaN'`).",
    facts: { value: String(value) },
  });
}

/**
 * The number that a text spells, or undefined. Integers beyond 2^53 become a bigint, so that no digit is lost; a text
 * that JavaScript would spell otherwise (`1.50`, `007`) is no literal of ours.
 */
export function parseNumber(text: string): LiteralValue | undefined {
  if (!/^-?\d/.test(text)) return undefined;
  const value = Number(text);
  if (/^-?\d+$/.test(text) && !Number.isSafeInteger(value)) {
    return String(BigInt(text)) === text ? BigInt(text) : undefined;
  }
  return Number.isFinite(value) && String(value) === text ? value : undefined;
}
