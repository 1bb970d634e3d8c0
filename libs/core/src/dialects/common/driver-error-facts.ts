/** Facts of a driver's error, wherever in the chain of wrapped errors they stand. */
export interface DriverErrorFacts {
  /** Code of the server or of the socket; empty where the driver gives none. */
  readonly code: string;
  /** Number of the server's error, where the driver has numbers; 0 for an error of the client. */
  readonly number: number;
  readonly message: string;
  /** Host and port that were tried; never a user, a password or a URL. */
  readonly address: string | undefined;
}

/** Reads what an error of a driver, or of something that wraps one, says of itself. Never throws. */
export function driverErrorFacts(error: unknown): DriverErrorFacts {
  const chain = chainOf(error).filter((link) => !isOurs(link));
  const coded = chain.find((link) => typeof link['code'] === 'string') ?? chain[0];
  const number = coded?.['errno'];
  return {
    code: text(coded?.['code']),
    number: typeof number === 'number' ? Math.max(0, number) : 0,
    message: text(coded?.['message']),
    address: addressOf(coded),
  };
}

/** A server that could not be reached, in words with host and port only; undefined for any other error. */
export function socketProblemOf({ code, address }: DriverErrorFacts): string | undefined {
  const problem = SOCKET_PROBLEMS.get(code);
  return problem && `${address ?? 'the server'} ${problem} (${code})`;
}

/** True where the operating system ended the connection, or could not make one. */
export const isSocketEnding = (code: string): boolean => SOCKET_ENDINGS.has(code);

const SOCKET_ENDINGS = new Set([
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
