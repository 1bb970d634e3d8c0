import { driverErrorFacts, isSocketEnding, socketProblemOf } from '../common/driver-error-facts.js';
import type { DriverErrorKind } from '../common/session.js';

/**
 * Sorts an error of `mysql2`, or of something that wraps one, by its number (MySQL 8.0 Server Error Message Reference; MariaDB
 * manual, Error Codes) or by the code of the socket error.
 */
export function driverErrorKind(error: unknown): DriverErrorKind {
  const { number, code, message } = driverErrorFacts(error);
  if (LOST_NUMBERS.has(number) || isLostCode(code) || CLOSED.test(message)) return 'connectionLost';
  return KINDS.get(number) ?? 'other';
}

/** The number of the server's error, wherever in the chain of wrapped errors it stands; 0 for an error of the client. */
export const numberOf = (error: unknown): number => driverErrorFacts(error).number;

/** The message of an error of a number of the server's; undefined for any other error. */
export function messageOf(error: unknown, wanted: number): string | undefined {
  const { number, message } = driverErrorFacts(error);
  return number === wanted ? message : undefined;
}

/** A connect or log-in error in words, with host and port only; undefined for any other error. */
export function connectProblemOf(error: unknown): string | undefined {
  const facts = driverErrorFacts(error);
  const { number, code, message } = facts;
  const socket = socketProblemOf(facts);
  if (socket !== undefined) return socket;
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
  // Values that another type does not hold, in strict mode.
  ...[1264, 1265, 1292, 1366, 1406].map((number) => [number, 'constraint'] as const),
  ...[1146, 1049, 1051].map((number) => [number, 'missingTable'] as const),
  [1054, 'missingColumn'],
  ...[1305, 1128, 1360].map((number) => [number, 'missingObject'] as const),
  ...[1044, 1142, 1143, 1227, 1290, 1370].map((number) => [number, 'denied'] as const),
]);

/** Shut-downs, killed sessions, time-outs that end one. */
const LOST_NUMBERS = new Set([1053, 1152, 1159, 1161, 1184, 1927, 2006, 2013, 2055, 3169, 4031]);
const isLostCode = (code: string): boolean =>
  code === 'PROTOCOL_CONNECTION_LOST' || isSocketEnding(code);
const CLOSED =
  /^(Can't add new command when connection is in closed state|Connection lost|This socket has been ended)/;

/** No right to log in or to the database, no such database, too many sessions, a host that is not allowed. */
const LOGIN_NUMBERS = new Set([1040, 1044, 1045, 1049, 1129, 1130, 1203, 1226, 1698, 1820, 1862]);
