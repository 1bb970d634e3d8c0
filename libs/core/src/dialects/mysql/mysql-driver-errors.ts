import type { DriverErrorKind } from '../common/session.js';

/** Facts of a driver's error, wherever in the chain of wrapped errors they stand. */
interface DriverErrorFacts {
  /** Number of the server's error; 0 for an error of the client. */
  readonly number: number;
  readonly code: string;
  readonly message: string;
  readonly address: string | undefined;
}

/**
 * Sorts an error of `mysql2`, or of something that wraps one, by its number (MySQL 8.0 Server Error Message Reference; MariaDB
 * manual, Error Codes) or by the code of the socket error.
 */
export function driverErrorKind(error: unknown): DriverErrorKind {
  const { number, code, message } = factsOf(error);
  if (LOST_NUMBERS.has(number) || LOST_CODES.has(code) || CLOSED.test(message))
    return 'connectionLost';
  return KINDS.get(number) ?? 'other';
}

/** The message of an error of a number of the server's; undefined for any other error. */
export function messageOf(error: unknown, wanted: number): string | undefined {
  const { number, message } = factsOf(error);
  return number === wanted ? message : undefined;
}

/** A connect or log-in error in words, with host and port only; undefined for any other error. */
export function connectProblemOf(error: unknown): string | undefined {
  const { number, code, message, address } = factsOf(error);
  const socket = SOCKET_PROBLEMS.get(code);
  if (socket !== undefined) return `${address ?? 'the server'} ${socket} (${code})`;
  if (LOGIN_NUMBERS.has(number)) return `the server answers: ${message} (${code})`;
  if (/connect ETIMEDOUT|connect timeout|Connection lost|closed state/i.test(message))
    return 'the server does not answer in time, or ended the connection';
  if (/SSL|TLS|certificate|self.signed/i.test(`${code} ${message}`))
    return `the encrypted connection was refused: ${message}`;
  return undefined;
}

const KINDS = new Map<number, DriverErrorKind>([
  // Lock wait time-out, deadlock, NOWAIT, a row that changed since it was read (MariaDB 11.6).
  ...[1205, 1213, 3572, 1020].map((number) => [number, 'transient'] as const),
  // Keys, references, NOT NULL, checks (MySQL, MariaDB), values that do not fit in strict mode.
  ...[1022, 1048, 1062, 1169, 1216, 1217, 1364, 1451, 1452, 1586, 1761, 3819, 4025].map(
    (number) => [number, 'constraint'] as const,
  ),
  ...[1146, 1049, 1051].map((number) => [number, 'missingTable'] as const),
  [1054, 'missingColumn'],
  ...[1305, 1128, 1360].map((number) => [number, 'missingObject'] as const),
  ...[1044, 1142, 1143, 1227, 1290, 1370].map((number) => [number, 'denied'] as const),
]);

/** Shut-downs, killed sessions, time-outs that end one. */
const LOST_NUMBERS = new Set([1053, 1152, 1159, 1161, 1184, 1927, 2006, 2013, 2055, 3169, 4031]);
const LOST_CODES = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTCONN',
]);
const CLOSED =
  /^(Can't add new command when connection is in closed state|Connection lost|This socket has been ended)/;

const SOCKET_PROBLEMS = new Map([
  ['ECONNREFUSED', 'refuses the connection: no server listens there'],
  ['ENOTFOUND', 'has no address'],
  ['EAI_AGAIN', 'has no address at the moment'],
  ['ENOENT', 'has no socket'],
  ['ETIMEDOUT', 'does not answer'],
  ['EHOSTUNREACH', 'cannot be reached'],
  ['ENETUNREACH', 'cannot be reached'],
  ['ECONNRESET', 'ended the connection'],
  ['EPIPE', 'ended the connection'],
  ['EACCES', 'may not be connected to'],
]);

/** No right to log in or to the database, no such database, too many sessions, a host that is not allowed. */
const LOGIN_NUMBERS = new Set([1040, 1044, 1045, 1049, 1129, 1130, 1203, 1226, 1698, 1820, 1862]);

function factsOf(error: unknown): DriverErrorFacts {
  const chain = chainOf(error).filter((link) => !isOurs(link));
  const coded = chain.find((link) => typeof link['code'] === 'string') ?? chain[0];
  return {
    number: typeof coded?.['errno'] === 'number' ? Math.max(0, coded['errno']) : 0,
    code: text(coded?.['code']),
    message: text(coded?.['message']),
    address: addressOf(coded),
  };
}

/** Wrappers keep the driver's error as `driverError`, `cause`, or (several addresses tried) in `errors`. */
function chainOf(error: unknown): readonly Record<string, unknown>[] {
  const chain: Record<string, unknown>[] = [];
  for (let link = error; isRecord(link) && chain.length < 5;) {
    chain.push(link);
    link = link['driverError'] ?? link['cause'] ?? firstOf(link['errors']);
  }
  return chain;
}

function addressOf(link: Record<string, unknown> | undefined): string | undefined {
  const source = firstOf(link?.['errors']) ?? link;
  if (!isRecord(source)) return undefined;
  const host = text(source['address'] ?? source['hostname']);
  const port = source['port'];
  if (host === '') return undefined;
  return typeof port === 'number' ? `${host}:${port}` : host;
}

/** Errors of ours carry a code as well, and the driver's as their cause. */
const isOurs = (link: Record<string, unknown>): boolean => /^E\d{4}$/.test(text(link['code']));

const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : undefined);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
