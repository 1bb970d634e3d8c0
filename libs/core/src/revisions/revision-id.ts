import { randomUUID } from 'node:crypto';
import { MigrationError } from '../errors/migration-error.js';

const RESERVED = new Set(['head', 'heads', 'base', 'current']);
const DEVICE_NAME = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** A new random revision id: the last 12 hexadecimal digits of a UUID, as Alembic's. */
export function newRevisionId(): string {
  return randomUUID().slice(-12);
}

/**
 * Refuses an id that a new revision cannot have: it becomes part of a file name, of a 32 character column and of targets.
 * @throws MigrationError E1010 reserved word, E1011 wrong character, E1012 wrong length, E7003 a path out of the folder
 */
export function assertNewRevisionId(id: string): void {
  const facts = { revision: id };
  if (id.length === 0 || id.length > 32) {
    throw new MigrationError('E1012', {
      problem: `revision id ${quote(id)} has ${id.length} characters`,
      advice: 'Use 1 to 32 letters, digits or underscores.',
      facts,
    });
  }
  if (id.split(/[\\/]/).includes('..')) {
    throw new MigrationError('E7003', {
      problem: `a file named by revision id ${quote(id)} would lie outside of the version location`,
      advice: 'Nothing was written. Use 1 to 32 letters, digits or underscores.',
      facts,
    });
  }
  if (!/^\w+$/.test(id)) {
    throw new MigrationError('E1011', {
      problem: `character(s) ${quote(oddCharacters(id))} not allowed in revision identifier ${quote(id)}`,
      advice: 'Use 1 to 32 letters, digits or underscores.',
      facts,
    });
  }
  if (RESERVED.has(id.toLowerCase()) || DEVICE_NAME.test(id)) {
    throw new MigrationError('E1010', {
      problem: `"${id}" is a reserved word`,
      advice: 'Choose another revision id.',
      facts,
    });
  }
}

/** CLI-30: each once, sorted, with commas between. */
const oddCharacters = (id: string): string => [...new Set(id.match(/\W/gu))].sort().join(', ');

const quote = (id: string): string => JSON.stringify(id.length > 60 ? `${id.slice(0, 60)}…` : id);
