import { withoutLeadingBlanks } from '../common/sql-scan.js';
import { transactionWords } from '../common/transaction-words.js';
import { splitStatements } from './postgres-split.js';
import { skipToken } from './postgres-tokens.js';

const words = transactionWords({
  splitStatements,
  skipToken,
  mayControl: /begin|start|commit|end|rollback|abort|prepare/i,
  control: /^(begin|start\s+transaction|commit|end|rollback|abort|prepare\s+transaction)\b/i,
  // Savepoints stay allowed: they end within the revision's transaction.
  partial: /^rollback\s+(work\s+|transaction\s+)?to\b/i,
  // `COMMIT AND CHAIN` begins the next one at once.
  begins: /^(begin|start)\b|\band\s+chain\b/i,
  commits: /^(commit|end|prepare\s+transaction)\b/i,
});

/** See `Session.transactionControl`. */
export const transactionControl = words.control;

/** See `Session.transactionEffect`. */
export const transactionEffect = words.effect;

/** What builds in several transactions of its own, or may commit inside. */
const SEVERAL_TRANSACTIONS = /^(call|do|vacuum|reindex|cluster|analyze)\b|\bconcurrently\b/i;

/** False for a text that can leave something behind when it fails. */
export const isAtomic = (sql: string): boolean =>
  !SEVERAL_TRANSACTIONS.test(withoutLeadingComments(sql)) && !words.commitsMidway(sql);

const READING = /^(select|values|table|with|show|explain)\b/i;
const WRITING =
  /\b(insert|update|delete|merge|truncate|into|analyze|nextval|setval|create|alter|drop|call|do|copy)\b/i;

/**
 * True for a text whose statements all only look, as far as its words say: a function that it calls may change data all the same. One
 * that is taken for a change by mistake costs two round trips.
 */
export const onlyReads = (sql: string): boolean =>
  READING.test(withoutLeadingComments(sql)) &&
  !WRITING.test(sql) &&
  splitStatements(sql).every((statement) => READING.test(withoutLeadingComments(statement)));

function withoutLeadingComments(statement: string): string {
  return withoutLeadingBlanks(statement, skipToken);
}
