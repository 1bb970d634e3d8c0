import { withoutLeadingBlanks } from '../common/sql-scan.js';
import { transactionWords } from '../common/transaction-words.js';
import { splitStatements } from './sqlite-split.js';
import { skipToken } from './sqlite-tokens.js';

const words = transactionWords({
  splitStatements,
  skipToken,
  mayControl: /begin|commit|end|rollback/i,
  control: /^(begin|commit|end|rollback)\b/i,
  partial: /^rollback\s+(transaction\s+)?to\b/i,
  begins: /^begin\b/i,
  commits: /^(commit|end)\b/i,
});

/** See `Session.transactionControl`. */
export const transactionControl = words.control;

/** See `Session.transactionEffect`. */
export const transactionEffect = words.effect;

/** Every statement of SQLite happens as a whole or not at all; a text may commit in its middle. */
export const isAtomic = (sql: string): boolean => !words.commitsMidway(sql);

const READING = /^(select|values|with|explain)\b/i;
const WRITING = /\b(insert|update|delete|replace|into|create|alter|drop|pragma|vacuum|attach)\b/i;

/** See `Session.onlyReads`. */
export const onlyReads = (sql: string): boolean =>
  !WRITING.test(sql) &&
  splitStatements(sql).every((statement) =>
    READING.test(withoutLeadingBlanks(statement, skipToken)),
  );
