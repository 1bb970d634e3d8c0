import type { ErrorCode } from './error-codes.js';

/** What a {@link MigrationError} is made of. */
export interface MigrationErrorInit {
  /** What is wrong with which object: lower-case clause, names in double quotes, no full stop at the end. */
  readonly problem: string;
  /** What to do next: a whole sentence, or several. */
  readonly advice?: string;
  /** The facts as data, for programs (`--json`) and tests. Never a password, never a URL with one. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** The error that was met on the way. */
  readonly cause?: unknown;
}

/**
 * Base of every error that nest-alembic throws on purpose. `code` is stable; `message` is the problem and the advice
 * in one text, fit to be read once at night.
 */
export class MigrationError extends Error {
  override readonly name: string = 'MigrationError';
  readonly code: ErrorCode;
  readonly problem: string;
  readonly advice: string | undefined;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, init: MigrationErrorInit) {
    super(init.advice ? `${init.problem}. ${init.advice}` : init.problem, { cause: init.cause });
    this.code = code;
    this.problem = init.problem;
    this.advice = init.advice;
    this.facts = Object.freeze({ ...init.facts });
  }
}

/** True for errors of ours, also across two copies of this package. */
export function isMigrationError(error: unknown): error is MigrationError {
  return (
    error instanceof Error &&
    /^E\d{4}$/.test(String((error as { code?: unknown }).code)) &&
    'facts' in error
  );
}
