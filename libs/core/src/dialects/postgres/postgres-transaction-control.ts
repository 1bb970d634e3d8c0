import { splitStatements } from './postgres-split.js';
import { isBlankSql, skipToken } from './postgres-tokens.js';

const MAY_CONTROL = /begin|start|commit|end|rollback|abort|prepare/i;
const CONTROL = /^(begin|start\s+transaction|commit|end|rollback|abort|prepare\s+transaction)\b/i;

/**
 * The first statement of a text that begins or ends a transaction, with its comments; undefined when there is none.
 * Savepoints stay allowed: they end within the revision's transaction.
 */
export function transactionControl(sql: string): string | undefined {
  // Most statements have none of its words, and are not taken apart.
  if (!MAY_CONTROL.test(sql)) return undefined;
  return splitStatements(sql).find((statement) => {
    const text = withoutLeadingComments(statement);
    return CONTROL.test(text) && !/^rollback\s+(work\s+|transaction\s+)?to\b/i.test(text);
  });
}

/**
 * What one statement does to the transaction of its session: begins one, ends one, or neither. `COMMIT AND CHAIN` begins the
 * next one at once.
 */
export function transactionEffect(statement: string): 'begins' | 'ends' | undefined {
  const control = transactionControl(statement);
  if (control === undefined) return undefined;
  const text = withoutLeadingComments(control);
  return /^(begin|start)\b/i.test(text) || /\band\s+chain\b/i.test(text) ? 'begins' : 'ends';
}

/** What builds in several transactions of its own, or may commit inside. */
const SEVERAL_TRANSACTIONS = /^(call|do|vacuum|reindex|cluster|analyze)\b|\bconcurrently\b/i;

/** False for a statement that can leave something behind when it fails. */
export const isAtomic = (sql: string): boolean =>
  !SEVERAL_TRANSACTIONS.test(withoutLeadingComments(sql));

const READING = /^(select|values|table|with|show|explain)\b/i;
const WRITING =
  /\b(insert|update|delete|merge|truncate|into|analyze|nextval|setval|create|alter|drop|call|do|copy)\b/i;

/**
 * True for a statement that only looks, as far as its words say: a function that it calls may change data all the same. One
 * that is taken for a change by mistake costs two round trips.
 */
export const onlyReads = (sql: string): boolean =>
  READING.test(withoutLeadingComments(sql)) && !WRITING.test(sql);

function withoutLeadingComments(statement: string): string {
  let position = 0;
  while (position < statement.length) {
    const end = skipToken(statement, position);
    if (!isBlankSql(statement.slice(position, end))) break;
    position = end;
  }
  return statement.slice(position);
}
