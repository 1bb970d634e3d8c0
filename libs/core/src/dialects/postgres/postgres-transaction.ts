import type { MigrationError } from '../../errors/migration-error.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { Connection, QueryResult } from '../common/connection.js';
import type { RefusalFacts } from '../common/refusals.js';
import {
  lockLost,
  notAlone,
  notOneRow,
  otherRows,
  rowsHidden,
  transactionEnded,
  transactionLeftOpen,
} from '../common/refusals.js';
import type {
  RevisionGuard,
  Session,
  TransactionGuards,
  TransactionToken,
} from '../common/session.js';
import { INNER_KEY, isHeldHere, releaseLock, tableKey } from './postgres-lock.js';
import { postgresQuoting } from './postgres-quoting.js';
import { assertion, assertions, failedAssertion } from './postgres-assertion.js';

const RESETS = ['RESET SESSION AUTHORIZATION', 'RESET ROLE', 'RESET ALL'];

/** The transaction of a text begins with its first statement, unless one is open already. */
const IS_OUTSIDE = 'now() = statement_timestamp()';

/**
 * The checks of a revision's transaction as SQL that fails where they do not hold: sent in one text with what they protect,
 * they cost no round trip of their own, and what follows them in the text does not run.
 */
export const postgresGuards: TransactionGuards = Object.freeze<TransactionGuards>({
  begin,
  stillOpen: (token) => stillOpen(idText(token)),
  outside: assertion(IS_OUTSIDE, 'open'),
  tokenIn,
  release: (lockName) => [...RESETS, releaseLock(lockName)].join(';\n'),
  releasedIn: (results) => answersOf(results).released === true,
  refusal,
});

/** Where `prepare` keeps the search path of the session. */
export const FIRST_SEARCH_PATH = 'nest_alembic.search_path';

/** Where the server can watch the socket while a statement runs, a dead client's work ends at once (§3.4, K3). */
const WATCH_CLIENT = `CASE WHEN current_setting('server_version_num')::int >= 140000 AND version() LIKE '%linux%'
    THEN ${setLocal('client_connection_check_interval', "'2s'")} END`;

/**
 * A revision that sets another search path, as scripts of `pg_dump` do, says nothing about where the objects of the next
 * one go: they would depend on how many revisions one run takes.
 */
const RESTORE_SEARCH_PATH = `CASE WHEN current_setting('${FIRST_SEARCH_PATH}', true) <> ''
    THEN set_config('search_path', current_setting('${FIRST_SEARCH_PATH}', true), false) END`;

/** Milliseconds that the server takes at most: it has 31 bits for them. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** @param value an SQL expression of type text */
function setLocal(name: string, value: string): string {
  return `set_config('${name}', ${value}, true)`;
}

const timeOut = (name: string, milliseconds: number): string =>
  setLocal(name, `'${Math.min(Math.max(0, Math.trunc(milliseconds)), LONGEST_TIMEOUT_MS)}'`);

/** See `Session.timeOutStatements`. */
export const timeOutStatements: Session['timeOutStatements'] = ({
  statementLockTimeoutMs,
  statementTimeoutMs,
}) => [
  `SELECT ${timeOut('lock_timeout', statementLockTimeoutMs)}`,
  ...(statementTimeoutMs ? [`SELECT ${timeOut('statement_timeout', statementTimeoutMs)}`] : []),
];

/** Its first statement; READ COMMITTED whatever the default. */
export const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE';

/**
 * The ownership of the outer lock, the inner lock. BEGIN inside of a transaction is only a warning, and our COMMIT would be
 * its end, so that is looked for first. One query: parsing and planning are most of what the checks cost.
 */
const checkAlone = (lockName: ObjectName): string =>
  assertions(
    [IS_OUTSIDE, 'open'],
    [isHeldHere(lockName), 'lost'],
    [`pg_try_advisory_xact_lock(${INNER_KEY}, ${tableKey(lockName)})`, 'busy'],
  );

/** The same, and the settings of the transaction. */
export function checkAndSet(guard: Omit<RevisionGuard, 'expectedRows'>): string {
  const { lockName, lockTimeoutMs, statementTimeoutMs } = guard;
  const settings = [
    timeOut('lock_timeout', lockTimeoutMs),
    ...(statementTimeoutMs ? [timeOut('statement_timeout', statementTimeoutMs)] : []),
    WATCH_CLIENT,
    ...(guard.resumes ? [] : [RESTORE_SEARCH_PATH]),
  ];
  return `${checkAlone(lockName)}, concat(${settings.join(',\n  ')}) AS settings`;
}

function begin(guard: RevisionGuard): string {
  const { literal } = postgresQuoting;
  const expected = rowsInOrder(guard.expectedRows).map(literal).join(', ');
  const rows = checkRows(guard.versionTable, `ARRAY[${expected}]::text[]`);
  return [BEGIN, checkAndSet(guard), rows].join(';\n');
}

/** As {@link checkRows} compares them. */
export const rowsInOrder = (rows: readonly string[]): readonly string[] => [...rows].sort();

/**
 * Comes after both locks: without them the rows may be locked by whoever has them, and this would wait for that.
 * @param expected an SQL expression of type text[]
 */
export function checkRows(versionTable: ObjectName, expected: string): string {
  // A row with NULL is one too: `stamp --purge` removes it.
  const rows = `SELECT coalesce(version_num::text, 'null') AS version_num FROM ${postgresQuoting.qualified(versionTable)} FOR UPDATE`;
  return `WITH locked AS MATERIALIZED (${rows}), found AS (
   SELECT coalesce(array_agg(version_num ORDER BY version_num COLLATE "C"), '{}') AS rows FROM locked)
   ${assertion(`found.rows = ${expected}`, 'rows', 'to_json(found.rows)::text')},
   ${setLocal(CURRENT_ID, 'pg_current_xact_id()::text')} AS xid FROM found`;
}

/** Ends with the transaction, as its id does. */
const CURRENT_ID = 'nest_alembic.xid';

/** See `TogetherTexts.sameText`. */
export const SAME_TEXT: TransactionToken = Object.freeze({ id: '' });

/** The id of a transaction as SQL. */
export const idText = (token: TransactionToken): string =>
  token === SAME_TEXT
    ? `coalesce(current_setting('${CURRENT_ID}', true), '')`
    : postgresQuoting.literal(token.id);

/** @param id an SQL expression of type text */
export const stillOpen = (id: string): string => assertion(isOpen(id), 'ended');

/** The condition that a transaction is the open one. @param id an SQL expression of type text */
export const isOpen = (id: string): string =>
  `coalesce(pg_current_xact_id_if_assigned()::text, 'none') = ${id}`;

/** Begins the transaction that makes the version tables: see `Session.beginSetup`. */
export async function beginSetup(connection: Connection, lockName: ObjectName): Promise<void> {
  try {
    await connection.script([BEGIN, checkAlone(lockName)].join(';\n'));
  } catch (error) {
    // The first error is the one to tell; on a lost connection there is nothing to roll back.
    await connection.script('ROLLBACK').catch(() => undefined);
    const facts = { lockName, versionTable: lockName, expectedRows: [], changes: [] };
    throw refusal(error, facts) ?? error;
  }
}

interface Answers {
  readonly xid?: string;
  readonly released?: boolean;
}

const answersOf = (results: readonly QueryResult[]): Answers =>
  Object.assign({}, ...results.map(({ rows }) => rows[0])) as Answers;

/** Looked for from the start: what the revision's own statements answer comes later. */
function tokenIn(results: readonly QueryResult[]): TransactionToken {
  const found = results.find(({ rows }) => rows[0] !== undefined && 'xid' in rows[0]);
  return { id: String(found?.rows[0]?.['xid']) };
}

function refusal(error: unknown, facts: RefusalFacts): MigrationError | undefined {
  const failed = failedAssertion(error);
  switch (failed?.name) {
    case 'lost':
      return lockLost(facts.lockName);
    case 'busy':
      return notAlone(facts.lockName);
    case 'rows':
      return otherRows(facts, JSON.parse(failed.detail) as readonly string[]);
    case 'hidden':
      return rowsHidden(facts, JSON.parse(failed.detail) as readonly string[]);
    case 'ended':
      return transactionEnded();
    case 'open':
      return transactionLeftOpen();
    case 'count':
      return otherCount(facts, failed.detail);
    default:
      return undefined;
  }
}

/** @param detail place of the change, a colon, and how many rows it met */
function otherCount(facts: RefusalFacts, detail: string): MigrationError {
  const [at = 0, count = 0] = detail.split(':').map(Number);
  return notOneRow(facts, at, count);
}
