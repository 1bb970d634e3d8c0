import { driverErrorFacts, isSocketEnding, socketProblemOf } from '../common/driver-error-facts.js';
import type { DriverErrorKind } from '../common/session.js';

/**
 * Sorts an error of `pg`, or of something that wraps one, by its SQLSTATE (PostgreSQL manual, appendix A) or by the code
 * of the socket error.
 */
export function driverErrorKind(error: unknown): DriverErrorKind {
  const { code, message } = driverErrorFacts(error);
  if (isLost(code, message)) return 'connectionLost';
  if (isForgottenStatement(error)) return 'transient';
  return KINDS.get(code) ?? (/^23\d/.test(code) ? 'constraint' : 'other');
}

/** Begins the name of every statement that a session keeps for us. */
export const KEPT_NAME = 'nest_alembic_kept_';

/** True where a statement that was kept is not known to the session any more: someone else is at the other end, or forgot it. */
export function isForgottenStatement(error: unknown): boolean {
  const { code, message } = driverErrorFacts(error);
  return code === UNKNOWN_STATEMENT && message.includes(KEPT_NAME);
}

const UNKNOWN_STATEMENT = '26000';

/** See `Session.hintFor`: the time-outs that a run sets. */
export function hintFor(error: unknown): string | undefined {
  const { code, message } = driverErrorFacts(error);
  if (code === '55P03' && /timeout/.test(message))
    return 'another session has what it needs: pg_stat_activity and pg_blocking_pids() say who; statementLockTimeoutMs is how long to wait';
  if (code === '57014' && /statement timeout/.test(message))
    return 'statementTimeoutMs is how long it may run';
  return undefined;
}

/** A connect or log-in error in words, with host and port only; undefined for any other error. */
export function connectProblemOf(error: unknown): string | undefined {
  const facts = driverErrorFacts(error);
  const { code, message } = facts;
  const socket = socketProblemOf(facts);
  if (socket !== undefined) return socket;
  if (LOGIN_STATES.has(code)) return `the server answers: ${message} (${code})`;
  if (/^SASL: .*password must be/.test(message))
    return 'the server wants a password, none was given';
  if (/timeout|terminated|ended by the other party/i.test(message) && code === '')
    return 'the server does not answer in time, or ended the connection';
  if (/SSL|TLS|certificate|self.signed/i.test(`${code} ${message}`))
    return `the encrypted connection was refused: ${message}`;
  return undefined;
}

const KINDS = new Map<string, DriverErrorKind>([
  ['55P03', 'transient'],
  ['40P01', 'transient'],
  ['40001', 'transient'],
  ['25001', 'outsideOnly'],
  // A procedure or block that commits.
  ['2D000', 'outsideOnly'],
  ['55P04', 'newValue'],
  ['42P01', 'missingTable'],
  ['3F000', 'missingTable'],
  ['42703', 'missingColumn'],
  ['42883', 'missingObject'],
  ['42704', 'missingObject'],
  ['42804', 'missingObject'],
  ['42501', 'denied'],
  ['25006', 'readOnly'],
]);

/** Time-outs that end the session, shut-downs, and an administrator's command. */
const ENDING_STATES = new Set(['57P01', '57P02', '57P03', '57P05', '25P03', '25P04']);
const ENDED_MESSAGE =
  /^(Connection terminated|Client was closed|Client has encountered a connection error|This socket has been ended)/;

function isLost(code: string, message: string): boolean {
  // 08P01 is a protocol violation: a NUL in the text causes it, and the session lives on (reliability.md E12).
  if (code.startsWith('08')) return code !== '08P01';
  return ENDING_STATES.has(code) || isSocketEnding(code) || ENDED_MESSAGE.test(message);
}

/** Wrong password, role or database, no right to connect, no free slot, starting up or shutting down. */
const LOGIN_STATES = new Set(['28P01', '28000', '3D000', '42501', '53300', '57P03', '57P01']);
