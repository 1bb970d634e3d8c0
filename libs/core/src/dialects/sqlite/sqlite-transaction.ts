import type { MigrationError } from '../../errors/migration-error.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { Connection } from '../common/connection.js';
import type { RefusalFacts } from '../common/refusals.js';
import { notOneRow, otherRows, transactionEnded, transactionLeftOpen } from '../common/refusals.js';
import type { RevisionGuard, TransactionGuards } from '../common/session.js';
import { assertion, failedAssertion } from './sqlite-assertion.js';
import { sqliteQuoting } from './sqlite-quoting.js';

/** Begins at once as a writer: one that begins as a reader fails when someone else has written meanwhile (reliability.md S3). */
export const BEGIN = 'BEGIN IMMEDIATE';

/** Ends with the transaction that it was made in, whoever ends that. */
const SAVEPOINT = 'nest_alembic_revision';

/** See {@link TransactionGuards}. The ownership of the lock and foreign keys are looked after by the connection of the run. */
export const sqliteGuards: TransactionGuards = Object.freeze<TransactionGuards>({
  begin: ({ versionTable, expectedRows }: RevisionGuard) =>
    [BEGIN, checkRows(versionTable, expectedRows), `SAVEPOINT ${SAVEPOINT}`].join(';\n'),
  stillOpen: () => `RELEASE ${SAVEPOINT}`,
  // The first fails inside of a transaction, and takes no lock.
  outside: 'BEGIN;\nCOMMIT',
  tokenIn: () => ({ id: SAVEPOINT }),
  // The connection of the run gives the lock back when it ends, which is at once.
  release: () => '',
  releasedIn: () => true,
  refusal,
});

function checkRows({ schema, name }: ObjectName, expectedRows: readonly string[]): string {
  const { literal, qualified } = sqliteQuoting;
  const table = qualified({ schema: schema ?? 'main', name });
  // A row with NULL is one too: `stamp --purge` removes it.
  const rows = `SELECT coalesce(CAST(version_num AS text), 'null') AS version_num FROM ${table} ORDER BY 1`;
  const expected = [...expectedRows].sort().map(literal).join(', ');
  const found = `(SELECT json_group_array(version_num) FROM (${rows}))`;
  return assertion(`${found} = json_array(${expected})`, 'rows', found);
}

/** Begins the transaction that makes the version tables: see `Session.beginSetup`. */
export async function beginSetup(connection: Connection, lockName: ObjectName): Promise<void> {
  try {
    await connection.script(BEGIN);
  } catch (error) {
    await connection.script('ROLLBACK').catch(() => undefined);
    const facts = { lockName, versionTable: lockName, expectedRows: [], changes: [] };
    throw refusal(error, facts) ?? error;
  }
}

function refusal(error: unknown, facts: RefusalFacts): MigrationError | undefined {
  const failed = failedAssertion(error);
  if (failed?.name === 'rows')
    return otherRows(facts, JSON.parse(failed.detail) as readonly string[]);
  if (failed?.name === 'count') {
    const [at = 0, count = 0] = failed.detail.split(':').map(Number);
    return notOneRow(facts, at, count);
  }
  return transactionRefusal(error);
}

function transactionRefusal(error: unknown): MigrationError | undefined {
  const message = error instanceof Error ? error.message : '';
  if (message.includes('cannot start a transaction within a transaction'))
    return transactionLeftOpen();
  const isEnded =
    message.includes(`no such savepoint: ${SAVEPOINT}`) ||
    message.includes('no transaction is active');
  return isEnded ? transactionEnded() : undefined;
}
