import { createHash } from 'node:crypto';
import { readRevisionBytes } from './read-revision-text.js';
import { isSource } from './revision-files.js';

/**
 * The checksum of a revision file: SHA-256, hexadecimal, of its text with Unix line ends, since version control may change
 * those; `js:` before it for JavaScript, which a compiler may have made of the same revision.
 * @throws MigrationError E2009 too large, E2011 cannot be opened
 */
export function checksumOf(file: string): string {
  const text = readRevisionBytes(file)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .replaceAll('\r\n', '\n');
  const sum = createHash('sha256').update(text, 'latin1').digest('hex');
  return isSource(file) ? sum : `${COMPILED}${sum}`;
}

const COMPILED = 'js:';

/** Whether two checksums are of the same kind of file, so that a difference means that somebody changed it. */
export function isComparable(left: string, right: string): boolean {
  return left.startsWith(COMPILED) === right.startsWith(COMPILED);
}
