import { MigrationError } from '../../errors/migration-error.js';

/** The error for a run that its AbortSignal ended. @param during what it was doing, in words */
export function interrupted(signal: AbortSignal, during: string): MigrationError {
  return new MigrationError('E6013', {
    problem: `interrupted while ${during}`,
    advice: 'Revisions that had finished stay applied; run the command again to go on.',
    facts: { during },
    cause: signal.reason,
  });
}
