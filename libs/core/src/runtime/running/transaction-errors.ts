import { MigrationError, isMigrationError } from '../../errors/migration-error.js';
import type { VersionChange } from '../../graph/step.js';
import { displayName } from '../../schema/object-name.js';
import type { MigrationSession } from '../session/migration-session.js';
import type { HeldStatement } from './held-statements.js';
import { statementFailed } from './revision-errors.js';
import { TextFailed, oneOfThemFailed } from './send-together.js';
import { CommitUnknown } from './work-unit.js';

/** A transaction whose text failed. */
export interface FailedTransaction {
  readonly session: MigrationSession;
  readonly expectedRows: readonly string[];
  /** Changes of version rows in it. */
  readonly changes: readonly VersionChange[];
}

/** The driver's error as it is told; with the statements that were held back where any of them may be meant. */
export type AsError = (error: unknown, meant: readonly HeldStatement[]) => unknown;

/** A text that failed. */
export interface FailedText {
  readonly failure: unknown;
  /** Statements of a revision in it. */
  readonly held: readonly HeldStatement[];
  readonly asError: AsError;
}

/** What is told of a text that failed: a check of ours that did not hold, the statement that was held back, or what `asError` makes of it. */
export function tellFailure(
  { failure, held, asError }: FailedText,
  transaction: FailedTransaction,
): unknown {
  if (!(failure instanceof TextFailed))
    return refusalOf(failure, transaction) ?? missing(failure, transaction) ?? asError(failure, []);
  const { cause, part } = failure;
  const refused = refusalOf(cause, transaction);
  if (refused !== undefined) return refused;
  if (part?.held) return part.held.failed(cause);
  return missing(cause, transaction) ?? asError(cause, part === undefined ? held : []);
}

function refusalOf(
  error: unknown,
  { session, expectedRows, changes }: FailedTransaction,
): MigrationError | undefined {
  const { dialect, versionTable } = session;
  const facts = { lockName: versionTable, versionTable, expectedRows, changes };
  return dialect.session.guards.refusal(error, facts);
}

/** The version table is asked for in every text that begins, so it is not the revision's own mistake. */
function missing(error: unknown, { session }: FailedTransaction): MigrationError | undefined {
  const table = displayName(session.versionTable);
  const isIt = error instanceof Error && namesTable(error.message, table);
  if (!isIt || session.dialect.session.errorKind(error) !== 'missingTable') return undefined;
  return new MigrationError('E4012', {
    problem: `the version table "${table}" disappeared during the run`,
    advice: 'Nothing of the next revision was run. Find out who dropped it before you go on.',
    facts: { versionTable: table },
    cause: error,
  });
}

/** Servers quote a name in their messages each in its own way, or not at all. */
const namesTable = (message: string, table: string): boolean =>
  message.split(/[^\p{L}\p{N}_.$-]+/u).some((word) => word === table);

/** What was in a last text. */
export interface EndText {
  readonly held: readonly HeldStatement[];
  /** What it wrote besides COMMIT, in plain words. */
  readonly written: readonly string[];
}

/** What is told of a last text that failed. */
export function endFailed(
  error: unknown,
  { versionTable, dialect: { session, versionTables } }: MigrationSession,
  { held, written }: EndText,
): unknown {
  if (isMigrationError(error)) return error;
  if (session.isConnectionLost(error)) return new CommitUnknown(error);
  if (held.length > 0) return oneOfThemFailed(held, error);
  const failed = statementFailed(written.join(';\n\n'), error);
  const own = versionTables.ownTables(versionTable).map(({ name }) => name);
  const isOurs = own.includes(String(failed.facts['table']));
  // Constraints that were deferred are checked at COMMIT, and conflicts are found there.
  const isAtCommit = ['constraint', 'transient'].includes(session.errorKind(error)) && !isOurs;
  return isAtCommit || written.length === 0
    ? statementFailed(session.commitStatement, error)
    : failed;
}
