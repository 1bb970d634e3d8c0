import { MigrationError } from '../../errors/migration-error.js';
import type { LiteralValue } from '../../schema/literal-value.js';

/** Wraps a text in a quote character, doubling those inside. */
export function enclose(text: string, quote: '"' | "'" | '`'): string {
  return quote + text.replaceAll(quote, quote + quote) + quote;
}

/** Undoes {@link enclose}. The text must be one that it made. */
export function unenclose(text: string, quote: '"' | "'" | '`'): string {
  return text.slice(1, -1).replaceAll(quote + quote, quote);
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
