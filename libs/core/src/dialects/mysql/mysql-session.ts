import { isAtBeginning, isElsewhere } from '../common/version-sql.js';
import { assertion } from './mysql-assertion.js';
import { mysqlQuoting } from './mysql-quoting.js';
import { MigrationError } from '../../errors/migration-error.js';
import type { KeptTexts } from '../common/revision-texts.js';
import type { ScriptGuards } from '../common/script-guards.js';
import type { Session } from '../common/session.js';
import { transactionEnds } from '../common/transaction-ends.js';
import { adviceFor } from './mysql-advice.js';
import { connectProblemOf, driverErrorKind } from './mysql-driver-errors.js';
import { lockHolder, tryLock, unlock } from './mysql-lock.js';
import { SET_MODE, prepare, serverInfo } from './mysql-prepare.js';
import { glance, prepareAndLock, survey } from './mysql-survey.js';
import { terminated } from './mysql-split.js';
import {
  commitsImplicitly,
  isAtomic,
  onlyPrepares,
  onlyReads,
  transactionControl,
  transactionEffect,
} from './mysql-transaction-control.js';
import { beginSetup, mysqlGuards, timeOutStatements } from './mysql-transaction.js';
import { mysqlVersionTables } from './mysql-version-tables.js';

/** Parsing costs this server little: nothing is kept. */
const plainTexts = (): KeptTexts => ({
  begin: mysqlGuards.begin,
  stillOpen: mysqlGuards.stillOpen,
  changeOne: mysqlVersionTables.changeOne,
  insertLog: mysqlVersionTables.insertLog,
  keep: 'DO 0',
  forget: 'DO 0',
  mayForget: () => false,
  isForgotten: () => false,
});

const cannotGuard = (): never => {
  throw new MigrationError('E3012', {
    problem:
      'this database has no blocks outside of stored programs, and commits every change of the schema by itself',
    advice: 'Write the script without --idempotent, from the revision that the database is at.',
  });
};

const scriptGuards: ScriptGuards = Object.freeze<ScriptGuards>({
  begin: (versionTable, beginning) => [
    ...assertion(
      isAtBeginning(mysqlQuoting, versionTable, beginning),
      'rows',
      mysqlQuoting.literal(isElsewhere(beginning)),
    ).split(';\n'),
  ],
  open: cannotGuard,
  step: cannotGuard,
  close: cannotGuard,
});

/** Texts of a script are read as ours are, and what does not fit is an error. */
const SCRIPT_HEAD = ['SET NAMES utf8mb4;', `${SET_MODE};`];

/** Lock and transactions on MySQL and MariaDB (`reliability.md` §3.7). */
export const mysqlSession: Session = Object.freeze<Session>({
  prepare,
  serverInfo,
  tryLock,
  unlock,
  lockHolder,
  glance,
  prepareAndLock,
  survey,
  guards: mysqlGuards,
  keptTexts: plainTexts,
  scriptGuards,
  beginSetup,
  ...transactionEnds,
  timeOutStatements,
  readOnly: { begin: ['START TRANSACTION READ ONLY'], end: ['ROLLBACK'] },
  script: { head: SCRIPT_HEAD, beforeCommit: [], terminated },
  beginStatement: 'START TRANSACTION',
  isConnectionLost: (error: unknown) => driverErrorKind(error) === 'connectionLost',
  errorKind: driverErrorKind,
  adviceFor,
  commitsImplicitly,
  isAtomic,
  onlyReads,
  onlyPrepares,
  transactionControl,
  transactionEffect,
  connectProblem: connectProblemOf,
});
