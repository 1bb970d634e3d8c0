import { MigrationError } from '../errors/migration-error.js';
import type { HeaderLiteral, HeaderScan, HeaderValue } from './read-header.js';
import { readHeader } from './read-header.js';
import { scanTokens } from './scan-text.js';

/** Which down revision gives way to which. */
export interface DownRevisionChange {
  /** Of several, the one to replace; null for a base. */
  readonly from: string | null;
  /** Null makes a base. */
  readonly to: string | null;
}

/**
 * The text of a revision file with another down revision. Only the literal changes, in the quotes that it has; every other
 * character stays.
 * @throws MigrationError E7032 when the text does not have the down revision as a literal
 */
export function rewriteDownRevision(text: string, change: DownRevisionChange): string {
  const scan = readHeader(text);
  const literal = scan.values.get('downRevision');
  if (literal === undefined) throw notLiteral(scan);
  const { at, end, code } = replacementOf(text, scan, { literal, change });
  const rewritten = text.slice(0, at) + code + text.slice(end);
  assertReads(rewritten, namesAfter(literal.value, change));
  return rewritten;
}

interface Replacement {
  readonly at: number;
  readonly end: number;
  readonly code: string;
}

function replacementOf(
  text: string,
  scan: HeaderScan,
  { literal, change }: { readonly literal: HeaderLiteral; readonly change: DownRevisionChange },
): Replacement {
  const { at, end, value } = literal;
  if (change.to === null) return { at, end, code: 'null' };
  if (Array.isArray(value) && value.length > 0) {
    const item = itemOf(text, literal, value.indexOf(change.from));
    return { ...item, code: quotedAs(text, item.at, change.to) };
  }
  const quoteAt = typeof value === 'string' ? at : (scan.values.get('revision')?.at ?? at);
  const code = quotedAs(text, quoteAt, change.to);
  return { at, end, code: Array.isArray(value) ? `[${code}]` : code };
}

/** The place of an item of an array of strings. */
function itemOf(
  text: string,
  { at, end }: HeaderLiteral,
  place: number,
): Omit<Replacement, 'code'> {
  const items = [...scanTokens(text.slice(at, end))].filter(
    ({ kind }) => kind === 'string' || kind === 'template',
  );
  const item = items[place];
  return item === undefined ? { at, end } : { at: at + item.at, end: at + item.end };
}

/** An id in the quotes that another text has: an id needs no escapes. */
function quotedAs(text: string, at: number, id: string): string {
  const quote = /['"`]/.exec(text.charAt(at))?.[0] ?? "'";
  return quote + id + quote;
}

function namesAfter(value: HeaderValue, { from, to }: DownRevisionChange): readonly string[] {
  if (to === null) return [];
  if (!Array.isArray(value) || value.length === 0) return [to];
  return (value as readonly string[]).map((name) => (name === from ? to : name));
}

function assertReads(text: string, names: readonly string[]): void {
  const value = readHeader(text).values.get('downRevision')?.value;
  const read = value === null || value === undefined ? [] : [value].flat();
  if (read.join() === names.join()) return;
  throw new MigrationError('E7032', {
    problem: 'downRevision cannot be replaced in this text',
    advice: 'Nothing was written. Change it by hand.',
  });
}

function notLiteral({ computed }: HeaderScan): MigrationError {
  return new MigrationError('E7032', {
    problem: computed.has('downRevision')
      ? 'downRevision is computed'
      : 'the file does not export downRevision',
    advice:
      "Nothing was written. Make it a literal, such as `export const downRevision = '1975ea83b712';`.",
  });
}
