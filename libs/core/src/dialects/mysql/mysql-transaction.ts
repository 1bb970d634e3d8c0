import type { MigrationError } from '../../errors/migration-error.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { Connection, QueryResult } from '../common/connection.js';
import type { RefusalFacts } from '../common/refusals.js';
import {
  lockLost,
  notOneRow,
  otherRows,
  transactionEnded,
  transactionLeftOpen,
} from '../common/refusals.js';
import type {
  RevisionGuard,
  Session,
  TransactionGuards,
  TransactionToken,
} from '../common/session.js';
import type { AssertionName } from './mysql-assertion.js';
import { assertion, failedAssertion } from './mysql-assertion.js';
import { messageOf } from './mysql-driver-errors.js';
import { isHeld, isHeldHere, lockLiteral, releaseLock, wasReleased } from './mysql-lock.js';
import { RESET, statementTimeout } from './mysql-prepare.js';
import { mysqlQuoting } from './mysql-quoting.js';

const { literal, qualified } = mysqlQuoting;

/** Present as long as the transaction of a revision is: COMMIT, ROLLBACK and every change of the schema remove it. */
const SAVEPOINT = 'nest_alembic_revision';

/** An error within a transaction (1568); outside it says how the next one reads. */
const IS_OUTSIDE = 'SET TRANSACTION ISOLATION LEVEL READ COMMITTED';
const NO_SAVEPOINT = 1305;
const IN_TRANSACTION = 1568;

/**
 * The checks of a revision's transaction as SQL that fails where they do not hold. A transaction begins for version rows, the
 * ledger and rows of the user's; what changes the schema commits by itself, and runs between two of them.
 */
export const mysqlGuards: TransactionGuards = Object.freeze<TransactionGuards>({
  begin,
  tokenIn,
  stillOpen: ({ id }) => `RELEASE SAVEPOINT ${SAVEPOINT};\n${assertion(isHeld(id), 'lost')}`,
  outside: IS_OUTSIDE,
  release: (lockName) => `${RESET};\n${releaseLock(lockName)}`,
  releasedIn: wasReleased,
  refusal,
});

/** Seconds that the server takes at most: a year. */
const LONGEST_WAIT_S = 31_536_000;

/** Whole seconds, at least one: 0 would give up at once on MariaDB, and means for ever to us. */
const secondsOf = (milliseconds: number): number =>
  milliseconds === 0
    ? LONGEST_WAIT_S
    : Math.min(Math.max(1, Math.ceil(milliseconds / 1000)), LONGEST_WAIT_S);

/** Waits for metadata locks and for rows alike: their defaults are a day or a year, and everyone else queues behind (M8). */
const lockTimeout = (milliseconds: number): string => {
  const seconds = secondsOf(milliseconds);
  return `SET SESSION lock_wait_timeout = ${seconds}, SESSION innodb_lock_wait_timeout = ${seconds}`;
};

/** See `Session.timeOutStatements`. */
export const timeOutStatements: Session['timeOutStatements'] = ({
  statementLockTimeoutMs,
  statementTimeoutMs,
}) => [
  lockTimeout(statementLockTimeoutMs),
  ...(statementTimeoutMs ? statementTimeout(statementTimeoutMs) : []),
];

const beginAlone = (lockName: ObjectName): readonly string[] => [
  IS_OUTSIDE,
  'START TRANSACTION READ WRITE',
  `SAVEPOINT ${SAVEPOINT}`,
  assertion(isHeldHere(lockName), 'lost'),
  `SELECT ${literal(lockLiteral(lockName))} AS lock_literal`,
];

/** The name of the lock, which is looked for again at the end: a time-out or a statement may have given it away. */
function tokenIn(results: readonly QueryResult[]): TransactionToken {
  const found = results.find(({ rows }) => rows[0] && 'lock_literal' in rows[0]);
  return { id: String(found?.rows[0]?.['lock_literal']) };
}

function begin(guard: RevisionGuard): string {
  const { lockName, versionTable, lockTimeoutMs, statementTimeoutMs, expectedRows } = guard;
  const expected = literal([...expectedRows].sort().join(','));
  return [
    lockTimeout(lockTimeoutMs),
    ...(statementTimeoutMs ? statementTimeout(statementTimeoutMs) : []),
    ...beginAlone(lockName),
    // A row with NULL is one too: `stamp --purge` removes it.
    `SELECT COALESCE(GROUP_CONCAT(COALESCE(version_num, 'null') ORDER BY BINARY version_num SEPARATOR ','), '')
  FROM ${qualified(versionTable)} FOR UPDATE INTO @nest_alembic_rows`,
    assertion(`BINARY @nest_alembic_rows = BINARY ${expected}`, 'rows', '@nest_alembic_rows'),
  ].join(';\n');
}

/** Begins the transaction that makes the version tables: see `Session.beginSetup`. The first of them ends it. */
export async function beginSetup(connection: Connection, lockName: ObjectName): Promise<void> {
  try {
    await connection.script(beginAlone(lockName).join(';\n'));
  } catch (error) {
    // The first error is the one to tell; on a lost connection there is nothing to roll back.
    await connection.script('ROLLBACK').catch(() => undefined);
    const facts = { lockName, versionTable: lockName, expectedRows: [], changes: [] };
    throw refusal(error, facts) ?? error;
  }
}

function refusal(error: unknown, facts: RefusalFacts): MigrationError | undefined {
  if (messageOf(error, IN_TRANSACTION) !== undefined) return transactionLeftOpen();
  if (messageOf(error, NO_SAVEPOINT)?.includes(SAVEPOINT)) return transactionEnded();
  const failed = failedAssertion(error);
  return failed && REFUSALS[failed.name](failed.detail, facts);
}

const REFUSALS: Readonly<
  Record<AssertionName, (detail: string, facts: RefusalFacts) => MigrationError>
> = {
  lost: (_, { lockName }) => lockLost(lockName),
  rows: (detail, facts) => otherRows(facts, detail === '' ? [] : detail.split(',')),
  count: (detail, facts) => {
    const [at = 0, count = 0] = detail.split(':').map(Number);
    return notOneRow(facts, at, count);
  },
};
