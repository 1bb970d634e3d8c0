import { MigrationError, isMigrationError } from '../../errors/migration-error.js';
import { thrownText } from '../../errors/thrown-text.js';
import type { Revision } from '../../graph/revision.js';
import { lineIn } from './revision-line.js';

/** Where an error happened. */
export interface RevisionPlace {
  readonly revision: Revision;
  readonly direction: 'upgrade' | 'downgrade';
  /** What became of its work, in a sentence. */
  readonly advice: string;
}

/** What `Session.hintFor` and `Session.leftBehind` say of a statement that failed. */
export interface DialectSays {
  readonly hint?: string | undefined;
  readonly leftBehind?: string | undefined;
}

/** Longest piece of a statement in a message; the facts have all of it. */
const STATEMENT_IN_MESSAGE = 500;

/**
 * A driver's error for one statement, as E6003: revision, file, statement and the server's answer. Never its parameters,
 * and no password that stands in the statement.
 */
export function statementFailed(
  sql: string,
  error: unknown,
  dialect: DialectSays = {},
): MigrationError {
  const statement = redactSql(sql);
  const answer = messageOf(error).replace(/\.$/, '');
  const server = serverFacts(error);
  const hint = server['hint']?.replace(/\.$/, '') ?? dialect.hint;
  const { leftBehind } = dialect;
  return new MigrationError('E6003', {
    problem: `${answer}${hint === undefined ? '' : ` (${hint})`}, at: ${shorten(statement)}${leftBehind === undefined ? '' : `; ${leftBehind}`}`,
    facts: { statement, answer, ...server },
    cause: error,
  });
}

/** The same error with the revision and its file in front; what is no error of ours becomes E6004. */
export function inRevision(place: RevisionPlace, error: unknown): MigrationError {
  const { revision, direction } = place;
  const line = lineOf(revision, error);
  const where =
    revision.file === undefined ? '' : ` (${revision.file}${line === undefined ? '' : `:${line}`})`;
  const facts = { revision: revision.id, direction, file: revision.file, line };
  if (isMigrationError(error)) {
    if ('revision' in error.facts) return error;
    return new MigrationError(error.code, {
      problem: `${direction} of revision "${revision.id}"${where} failed: ${error.problem}`,
      advice: adviceOf(error, place),
      facts: { ...error.facts, ...facts },
      cause: error.cause ?? error,
    });
  }
  return new MigrationError('E6004', {
    problem: `${direction} of revision "${revision.id}"${where} failed: ${messageOf(error)}`,
    advice: place.advice,
    facts,
    cause: error,
  });
}

/** What helps against a refused statement, and what became of the work. */
function adviceOf({ code, advice }: MigrationError, place: RevisionPlace): string {
  if (advice === undefined) return place.advice;
  return code === 'E6003' ? `${advice} ${place.advice}` : advice;
}

function lineOf(revision: Revision, error: unknown): number | undefined {
  if (isMigrationError(error) && typeof error.facts['line'] === 'number')
    return error.facts['line'];
  return lineIn(revision.file, error instanceof Error ? error.stack : undefined);
}

/** Passwords in SQL: `PASSWORD '…'` of roles and user mappings, and those of connection strings. */
export function redactSql(sql: string): string {
  return sql
    .replace(/(\bpassword\s*(?:=\s*)?)(?:[eEnNuU]&?)?'(?:[^']|'')*'/gi, `$1'***'`)
    .replace(/(\bpassword\s*=\s*)[^\s';]+/gi, '$1***')
    .replace(/(:\/\/[^\s:/@']+:)[^\s@/']+@/g, '$1***@');
}

const shorten = (text: string): string =>
  text.length > STATEMENT_IN_MESSAGE ? `${text.slice(0, STATEMENT_IN_MESSAGE)}…` : text;

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return thrownText(error);
  // What Node adds to a module that is not found: who asked for it, whole paths long.
  const message = error.message.replace(/\nRequire stack:[\s\S]*$/, '');
  return message === '' ? error.name : message;
}

/** What the server says besides its message; DETAIL is left out, since it quotes values of rows. */
const SERVER_FACTS = ['code', 'schema', 'table', 'column', 'constraint', 'hint'] as const;

function serverFacts(error: unknown): Record<string, string> {
  const source = (error ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    SERVER_FACTS.flatMap((name) => {
      const value = source[name];
      if (typeof value !== 'string' || value === '') return [];
      return [[name === 'code' ? 'sqlState' : name, value]];
    }),
  );
}
