import { splitStatements } from './postgres-split.js';
import { isBlankSql, skipToken } from './postgres-tokens.js';

const MAY_CONTROL = /begin|start|commit|end|rollback|abort|prepare/i;
const CONTROL = /^(begin|start\s+transaction|commit|end|rollback|abort|prepare\s+transaction)\b/i;
const COMMITTING = /^(commit|end|prepare\s+transaction)\b/i;
const CHAINED = /\band\s+chain\b/i;

/**
 * The first statement of a text that begins or ends a transaction, with its comments; undefined when there is none.
 * Savepoints stay allowed: they end within the revision's transaction.
 */
export function transactionControl(sql: string): string | undefined {
  // Most statements have none of its words, and are not taken apart.
  return MAY_CONTROL.test(sql) ? splitStatements(sql).find(controls) : undefined;
}

/**
 * What a text does to the transaction of its session: leaves one open that it began, leaves none open, or neither; the last
 * statement that begins or ends one decides. `COMMIT AND CHAIN` begins the next one at once.
 */
export function transactionEffect(sql: string): 'begins' | 'ends' | undefined {
  if (!MAY_CONTROL.test(sql)) return undefined;
  const control = splitStatements(sql).findLast(controls);
  if (control === undefined) return undefined;
  const text = withoutLeadingComments(control);
  return /^(begin|start)\b/i.test(text) || CHAINED.test(text) ? 'begins' : 'ends';
}

/** Whether one statement begins or ends a transaction. */
function controls(statement: string): boolean {
  const text = withoutLeadingComments(statement);
  return CONTROL.test(text) && !/^rollback\s+(work\s+|transaction\s+)?to\b/i.test(text);
}

/** Whether a text goes on after a COMMIT: what fails there leaves what was committed. */
function commitsMidway(sql: string): boolean {
  if (!MAY_CONTROL.test(sql)) return false;
  return splitStatements(sql)
    .slice(0, -1)
    .some((statement) => COMMITTING.test(withoutLeadingComments(statement)));
}

/** What builds in several transactions of its own, or may commit inside. */
const SEVERAL_TRANSACTIONS = /^(call|do|vacuum|reindex|cluster|analyze)\b|\bconcurrently\b/i;

/** False for a text that can leave something behind when it fails. */
export const isAtomic = (sql: string): boolean =>
  !SEVERAL_TRANSACTIONS.test(withoutLeadingComments(sql)) && !commitsMidway(sql);

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
  let position = 0;
  while (position < statement.length) {
    const end = skipToken(statement, position);
    if (!isBlankSql(statement.slice(position, end))) break;
    position = end;
  }
  return statement.slice(position);
}
