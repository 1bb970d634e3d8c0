import { isUtf8 } from 'node:buffer';
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { MigrationError } from '../errors/migration-error.js';

/** Larger files are not revisions somebody wrote (B040). */
const MAX_BYTES = 10 * 1024 * 1024;
/** Nearly every revision fits: then reading one costs neither an allocation nor a question for its size. */
const shared = Buffer.allocUnsafeSlow(64 * 1024);
/** A read that ends inside of a block is the last one; only one that ends with a block may have been cut short. */
const BLOCK = 512;

/**
 * The text of a revision file.
 * @throws MigrationError E2008 no UTF-8, E2009 too large, E2011 cannot be opened
 */
export function readRevisionText(file: string): string {
  const { bytes, length } = readWhole(file);
  const text = bytes.toString('utf8', 0, length);
  // Every second byte of UTF-16; code never has one.
  if (text.includes('\0')) throw notUtf8(file, bytes.subarray(0, length));
  // What is no UTF-8 became this character, which may of course stand there by itself.
  if (!text.includes('\uFFFD') || isUtf8(bytes.subarray(0, length))) return text;
  throw notUtf8(file, bytes.subarray(0, length));
}

/**
 * The bytes of a revision file, until the next call.
 * @throws MigrationError E2009 too large, E2011 cannot be opened
 */
export function readRevisionBytes(file: string): Buffer {
  const { bytes, length } = readWhole(file);
  return bytes.subarray(0, length);
}

/** The first bytes of a buffer: to make a buffer of them costs as much as to turn them into text. */
interface FilledBytes {
  readonly bytes: Buffer;
  readonly length: number;
}

function readWhole(file: string): FilledBytes {
  try {
    return readBytes(file);
  } catch (error) {
    if (error instanceof MigrationError) throw error;
    throw new MigrationError('E2011', {
      problem: `revision file "${file}" cannot be opened: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
      advice: 'Give the user that runs this the right to read it, or take it out of the folder.',
      facts: { file },
      cause: error,
    });
  }
}

function readBytes(file: string): FilledBytes {
  const descriptor = openSync(file, 'r');
  try {
    let length = 0;
    while (length < shared.length) {
      const count = readSync(descriptor, shared, length, shared.length - length, null);
      length += count;
      if (count % BLOCK !== 0 || count === 0) return { bytes: shared, length };
    }
    refuseTooLarge(file, fstatSync(descriptor).size);
  } finally {
    closeSync(descriptor);
  }
  const bytes = readFileSync(file);
  return { bytes, length: bytes.length };
}

function refuseTooLarge(file: string, bytes: number): void {
  if (bytes <= MAX_BYTES) return;
  throw new MigrationError('E2009', {
    problem: `revision file "${file}" has ${bytes} bytes`,
    advice: `The limit is ${MAX_BYTES}. Keep data outside of the revision and read it in \`upgrade\`.`,
    facts: { file, bytes },
  });
}

function notUtf8(file: string, bytes: Buffer): MigrationError {
  const line = firstBadLine(bytes);
  return new MigrationError('E2008', {
    problem: `revision file "${file}:${line}" is not UTF-8 text`,
    advice: 'Save it as UTF-8.',
    facts: { file, line },
  });
}

/** Bytes of a line never are part of a character of another: 0x0a occurs nowhere else in UTF-8. */
function firstBadLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end === -1 ? bytes.length : end;
    if (!isUtf8(bytes.subarray(start, stop))) return line;
    start = stop + 1;
  }
  return 1;
}
