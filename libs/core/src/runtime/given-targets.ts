import { MigrationError } from '../errors/migration-error.js';

/**
 * A target as a caller gave it. What comes from a request or from plain JavaScript may be anything.
 * @param command as in `upgrade`
 * @throws MigrationError E7013 for none, E7007 for what is no text
 */
export function givenTarget(value: unknown, command: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  if (value === undefined || value === null || value === '') throw noTarget(command);
  throw new MigrationError('E7007', {
    problem: `${command} takes a target as a text, and got ${shown(value)}`,
    advice: `Name a revision, or "head".`,
    facts: { command },
  });
}

/**
 * The same for a list of targets; a single text is none, since it would be read letter by letter.
 * @throws MigrationError E7007, E7013
 */
export function givenTargets(value: unknown, command: string): readonly string[] {
  if (value === undefined || value === null) throw noTarget(command);
  if (!Array.isArray(value))
    throw new MigrationError('E7007', {
      problem: `${command} takes a list of targets, and got ${shown(value)}`,
      advice: `Write them in brackets, as in ["head"].`,
      facts: { command },
    });
  return value.map((target) => givenTarget(target, command));
}

const noTarget = (command: string): MigrationError =>
  new MigrationError('E7013', {
    problem: `${command} needs a target`,
    advice: 'Name a revision, or "head".',
    facts: { command },
  });

const shown = (value: unknown): string =>
  typeof value === 'string' ? JSON.stringify(value) : `a value of type ${typeof value}`;
