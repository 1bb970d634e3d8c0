import type { Session } from '../common/session.js';
import { transactionEnds } from '../common/transaction-ends.js';
import { connectProblemOf, driverErrorKind, hintFor } from './postgres-driver-errors.js';
import { postgresKeptTexts } from './postgres-kept-texts.js';
import { lockHolder, tryLock, unlock } from './postgres-lock.js';
import { prepare, serverInfo } from './postgres-prepare.js';
import { missingRight } from './postgres-missing-right.js';
import { mayChange, readOnlyStatements } from './postgres-read-only.js';
import { leftBehind } from './postgres-left-behind.js';
import { postgresScriptGuards } from './postgres-script-guards.js';
import { glance, prepareAndLock, survey } from './postgres-survey.js';
import { postgresTogether } from './postgres-together.js';
import {
  isAtomic,
  onlyReads,
  transactionControl,
  transactionEffect,
} from './postgres-transaction-control.js';
import { beginSetup, postgresGuards, timeOutStatements } from './postgres-transaction.js';

/** Lock and transactions on PostgreSQL (`reliability.md` §3.2–3.4). */
export const postgresSession: Session = Object.freeze({
  prepare,
  serverInfo,
  tryLock,
  unlock,
  lockHolder,
  glance,
  prepareAndLock,
  survey,
  guards: postgresGuards,
  together: postgresTogether,
  keptTexts: postgresKeptTexts,
  scriptGuards: postgresScriptGuards,
  beginSetup,
  ...transactionEnds,
  timeOutStatements,
  readOnlyStatements,
  mayChange,
  seeingAllRows: ['SET LOCAL row_security = off'],
  readOnly: { begin: ['START TRANSACTION READ ONLY'], end: ['ROLLBACK'] },
  beginStatement: 'BEGIN',
  isConnectionLost: (error: unknown) => driverErrorKind(error) === 'connectionLost',
  errorKind: driverErrorKind,
  isAtomic,
  leftBehind,
  hintFor,
  adviceFor: missingRight,
  onlyReads,
  transactionControl,
  transactionEffect,
  connectProblem: connectProblemOf,
});
