import { hash } from 'node:crypto';
import { readRevisionBytes } from './read-revision-text.js';
import { isSource } from './revision-files.js';

/**
 * The checksum of a revision file: SHA-256, hexadecimal, of its text with Unix line ends, since version control may change
 * those; `js:` before it for JavaScript, which a compiler may have made of the same revision.
 * @throws MigrationError E2009 too large, E2011 cannot be opened
 */
export function checksumOf(file: string): string {
  const sum = hash('sha256', withUnixLineEnds(readRevisionBytes(file)), 'hex');
  return isSource(file) ? sum : `${COMPILED}${sum}`;
}

/** Without a byte order mark. */
function withUnixLineEnds(bytes: Buffer): Buffer {
  // In nearly every file there is neither.
  if (!bytes.includes('\r\n') && bytes[0] !== MARK.charCodeAt(0)) return bytes;
  const text = bytes.toString('latin1');
  const unmarked = text.startsWith(MARK) ? text.slice(MARK.length) : text;
  return Buffer.from(unmarked.replaceAll('\r\n', '\n'), 'latin1');
}

/** The byte order mark of UTF-8, a character for each byte. */
const MARK = '\u00ef\u00bb\u00bf';

const COMPILED = 'js:';

/** Whether two checksums are of the same kind of file, so that a difference means that somebody changed it. */
export function isComparable(left: string, right: string): boolean {
  return left.startsWith(COMPILED) === right.startsWith(COMPILED);
}
