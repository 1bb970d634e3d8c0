import type { DriverErrorKind } from '../common/session.js';

interface DriverErrorFacts {
  /** `SQLITE_BUSY`, `SQLITE_CONSTRAINT_UNIQUE`; empty where the driver gives none (sql.js). */
  readonly code: string;
  readonly message: string;
}

/**
 * Sorts an error of `better-sqlite3` or `sql.js`, or of something that wraps one, by its result code (SQLite, "Result and Error
 * Codes") where the driver tells it, else by its message, which SQLite has in English only.
 */
export function driverErrorKind(error: unknown): DriverErrorKind {
  const { code, message } = factsOf(error);
  return KINDS.find(([pattern]) => pattern.test(`${code} ${message}`))?.[1] ?? 'other';
}

/** True when someone else is writing: a second try may do. */
export const isBusy = (error: unknown): boolean => driverErrorKind(error) === 'transient';

const KINDS: readonly (readonly [RegExp, DriverErrorKind])[] = [
  [
    /database connection is not open|^ ?the session is closed|^ ?Database closed|out of memory \(sqlite3_close/,
    'connectionLost',
  ],
  [/SQLITE_(BUSY|LOCKED)|database (table |schema )?is locked/, 'transient'],
  [/SQLITE_CONSTRAINT|constraint failed/, 'constraint'],
  [/SQLITE_(READONLY|PERM|AUTH)|attempt to write a readonly database/, 'denied'],
  [
    /(within|inside) a transaction|database within transaction|from within transaction/,
    'outsideOnly',
  ],
  [/no such table/, 'missingTable'],
  [/no such column|has no column named/, 'missingColumn'],
  [/no such (function|index|view|trigger|collation sequence|module)/, 'missingObject'],
];

/** An error of opening the file in words; undefined for any other error. */
export function connectProblemOf(error: unknown): string | undefined {
  const { code, message } = factsOf(error);
  if (
    /SQLITE_CANTOPEN|unable to open database file|directory does not exist/.test(
      `${code} ${message}`,
    )
  )
    return `${fileOf(error)} cannot be opened: ${message}`;
  if (
    /SQLITE_(NOTADB|CORRUPT)|is not a database|disk image is malformed/.test(`${code} ${message}`)
  )
    return `${fileOf(error)} is no SQLite database, or is damaged: ${message}`;
  // Of the operating system, where a library reads the file by itself.
  if (SYSTEM_CODES.has(code)) return `${fileOf(error)} cannot be opened: ${message}`;
  return undefined;
}

const SYSTEM_CODES = new Set([
  'EACCES',
  'EEXIST',
  'EISDIR',
  'ELOOP',
  'ENOENT',
  'ENOTDIR',
  'EPERM',
  'EROFS',
]);

/** What to look at where a file cannot be opened. */
export const connectAdvice =
  'Check the path, the rights to the file and its folder, and that no other program has damaged the file.';

/** Who opens the file says which it was. */
function fileOf(error: unknown): string {
  const { file } = error as { readonly file?: unknown };
  return typeof file === 'string' ? `the file ${file}` : 'the file';
}

/** Why nothing more can be written, in words; undefined for any other error. */
export function writeProblemOf(error: unknown): string | undefined {
  const { code, message } = factsOf(error);
  const facts = `${code} ${message}`;
  if (/SQLITE_FULL|database or disk is full/.test(facts))
    return `the disk, or the file up to its limit, is full: ${message}`;
  return /SQLITE_IOERR|disk I\/O error/.test(facts) ? `the disk fails: ${message}` : undefined;
}

function factsOf(error: unknown): DriverErrorFacts {
  for (let link = error, depth = 0; isErrorLike(link) && depth < 5; depth += 1) {
    const { code, message } = link;
    const next = link.driverError ?? link.cause;
    const isWrapped = isErrorLike(next) && !/^SQLITE_/.test(String(code));
    if (!isWrapped) return { code: typeof code === 'string' ? code : '', message };
    link = next;
  }
  return { code: '', message: String(error) };
}

interface ErrorLike {
  readonly message: string;
  readonly code?: unknown;
  readonly driverError?: unknown;
  readonly cause?: unknown;
}

/** Errors of a library may be of another realm, which `instanceof` does not know. */
const isErrorLike = (value: unknown): value is ErrorLike =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { message?: unknown }).message === 'string';
