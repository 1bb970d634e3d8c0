import { isAtBeginning, isElsewhere } from '../common/version-sql.js';
import { assertionValue } from './sqlite-assertion.js';
import { sqliteQuoting } from './sqlite-quoting.js';
import { impossible } from '../common/ddl-clauses.js';
import type { KeptTexts } from '../common/revision-texts.js';
import type { ScriptGuards } from '../common/script-guards.js';
import type { Session } from '../common/session.js';
import { transactionEnds } from '../common/transaction-ends.js';
import {
  connectAdvice,
  connectProblemOf,
  driverErrorKind,
  isBusy,
  writeProblemOf,
} from './sqlite-driver-errors.js';
import { CHECK_IN_SCRIPT, REMEMBER_IN_SCRIPT } from './sqlite-foreign-keys.js';
import { lockHolder, tryLock, unlock } from './sqlite-lock.js';
import { prepare, serverInfo } from './sqlite-prepare.js';
import { SqliteRunConnection } from './sqlite-run-connection.js';
import { glance, prepareAndLock, survey } from './sqlite-survey.js';
import {
  isAtomic,
  onlyReads,
  transactionControl,
  transactionEffect,
} from './sqlite-transaction-control.js';
import { BEGIN, beginSetup, sqliteGuards } from './sqlite-transaction.js';
import { sqliteVersionTables } from './sqlite-version-tables.js';

/** SQLite has no statements that only run where a condition holds. */
const scriptGuards: ScriptGuards = Object.freeze<ScriptGuards>({
  begin: (versionTable, beginning) => {
    const holds = isAtBeginning(sqliteQuoting, versionTable, beginning);
    const value = assertionValue(holds, 'rows', sqliteQuoting.literal(isElsewhere(beginning)));
    return [
      `INSERT INTO ${sqliteQuoting.qualified(versionTable)} SELECT NULL WHERE ${value} IS NULL`,
    ];
  },
  open: () => {
    throw impossible(
      'SQLite has no statement that runs only where a condition holds, so a script cannot be --idempotent',
      'Write the script from the revision that the database has: from:to.',
    );
  },
  step: () => '',
  close: () => [],
});

/** Parsing costs SQLite next to nothing, and there is nobody to keep a text: what is kept are the texts themselves. */
const keptTexts = (): KeptTexts => ({
  begin: sqliteGuards.begin,
  stillOpen: sqliteGuards.stillOpen,
  changeOne: sqliteVersionTables.changeOne,
  insertLog: sqliteVersionTables.insertLog,
  keep: '',
  forget: '',
  mayForget: () => false,
  isForgotten: () => false,
});

/** Lock and transactions on SQLite (`reliability.md` §3.8). */
export const sqliteSession: Session = Object.freeze<Session>({
  forRun: (connection, { lockTimeoutMs }) => new SqliteRunConnection(connection, lockTimeoutMs),
  prepare,
  serverInfo,
  tryLock,
  unlock,
  lockHolder,
  glance,
  prepareAndLock,
  survey,
  guards: sqliteGuards,
  keptTexts,
  scriptGuards,
  beginSetup,
  ...transactionEnds,
  // SQLite has none: what waits are our own tries, and nothing ends a statement that runs long.
  timeOutStatements: () => [],
  readOnly: {
    begin: ['PRAGMA query_only = ON', 'BEGIN'],
    end: ['ROLLBACK', 'PRAGMA query_only = OFF'],
  },
  beginStatement: BEGIN,
  script: {
    // Without the first the client would go on after an error, and commit.
    head: ['.bail on', 'PRAGMA foreign_keys = OFF;', `${REMEMBER_IN_SCRIPT};`],
    beforeCommit: [CHECK_IN_SCRIPT],
  },
  isConnectionLost: (error: unknown) => driverErrorKind(error) === 'connectionLost',
  errorKind: driverErrorKind,
  isAtomic,
  onlyReads,
  transactionControl,
  transactionEffect,
  connectProblem: connectProblemOf,
  connectAdvice,
  writeProblem: writeProblemOf,
  isBusy,
});
