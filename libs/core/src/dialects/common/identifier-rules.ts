import { MigrationError } from '../../errors/migration-error.js';

/** What a dialect allows as a name. */
export interface IdentifierRules {
  /** Longest name, in bytes of UTF-8. */
  readonly maxBytes: number;
}

/**
 * Refuses what no database can hold as a name, before any SQL is made of it (`reliability.md` §5.2).
 *
 * @throws MigrationError E3008 empty or blank, E3005 NUL, E3006 lone surrogate, E3001 too long
 */
export function checkIdentifier(name: string, rules: IdentifierRules): void {
  if (name.trim() === '') {
    throw new MigrationError('E3008', {
      problem: name === '' ? 'a name is empty' : `the name ${JSON.stringify(name)} is blank`,
      advice: 'Give the object a name.',
      facts: { name },
    });
  }
  checkText(name, 'name');
  checkLength(name, rules.maxBytes);
}

/**
 * Refuses text that no database stores; nothing is stripped, because that would change the user's data.
 *
 * @throws MigrationError E3005 NUL, E3006 lone surrogate
 */
export function checkText(text: string, noun: 'name' | 'text'): void {
  if (isStorableText(text)) return;
  const isNul = text.includes('\0');
  throw new MigrationError(isNul ? 'E3005' : 'E3006', {
    problem: `the ${noun} ${JSON.stringify(text)} contains ${isNul ? 'NUL (U+0000)' : 'half of a surrogate pair'}`,
    advice: 'Remove that character.',
    facts: { text },
  });
}

/** True when every database can store the text: well-formed Unicode without NUL. */
export function isStorableText(text: string): boolean {
  return !/\0|\p{Surrogate}/u.test(text);
}

/**
 * Refuses a name longer than the server keeps: PostgreSQL would cut it without an error. Bytes count, not characters.
 *
 * @throws MigrationError E3001
 */
export function checkLength(name: string, maxBytes: number): void {
  const bytes = byteLength(name);
  if (bytes <= maxBytes) return;
  throw new MigrationError('E3001', {
    problem: `the name "${name}" has ${bytes} bytes, and the database keeps ${maxBytes}`,
    advice: 'Choose a shorter name.',
    facts: { name, bytes, maxBytes },
  });
}

/** Length of a text in bytes of UTF-8. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The longest beginning of a text that fits into so many bytes of UTF-8, without half a character. */
export function clipToBytes(text: string, maxBytes: number): string {
  let clipped = '';
  let bytes = 0;
  for (const character of text) {
    bytes += byteLength(character);
    if (bytes > maxBytes) break;
    clipped += character;
  }
  return clipped;
}
