import { transactionWords } from '../common/transaction-words.js';
import { splitStatements } from './mysql-split.js';
import { skipToken, tokensOf, unwrapComments } from './mysql-tokens.js';

const words = transactionWords({
  splitStatements: (sql) => splitStatements(unwrapComments(sql)),
  skipToken,
  mayControl: /begin|start|commit|rollback|xa\b|autocommit|lock/i,
  control:
    /^(begin(?!\s+not\s+atomic)|start\s+transaction|commit|rollback|xa|(un)?lock\s+tables?|set\s+(session\s+|@@(session\.)?)?autocommit)\b/i,
  partial: /^rollback\s+(work\s+)?to\b/i,
  begins:
    /^(begin|start|xa\s+(start|begin)|lock)\b|\band\s+chain\b|autocommit\s*:?=\s*(0|off|false)/i,
  commits: /^(commit|begin|start|xa|(un)?lock|set)\b/i,
});

/** The first statement of a text that begins or ends a transaction, with its comments; undefined when there is none. */
export const transactionControl = words.control;

/** What a text leaves its session in: a transaction, none, or what was there before. */
export const transactionEffect = words.effect;

/** Statements that end a transaction by themselves (MySQL 8.0 manual, 15.3.3; MariaDB manual, SQL statements that cause an implicit commit). */
const COMMITTING =
  /^(alter|create|drop|rename|truncate|analyze|optimize|check|repair|cache|flush|reset|grant|revoke|install|uninstall|set password|change|purge|start (slave|replica)|stop|load index|import)\b/;
const TEMPORARY = /^(create (or replace )?temporary table|drop temporary table)\b/;

/** How many words say it. */
const FIRST_WORDS = 4;

/** True for a text with a statement that commits the open transaction, as every change of the schema does. */
export const commitsImplicitly = (sql: string): boolean =>
  splitStatements(sql).some((statement) => {
    const head = tokensOf(statement).slice(0, FIRST_WORDS).join(' ').toLowerCase();
    return COMMITTING.test(head) && !TEMPORARY.test(head);
  });

/** What may commit inside, or takes several objects that are changed one after the other. */
const SEVERAL =
  /^(call|execute|optimize|analyze|load|begin not atomic)\b|^(drop|rename) tables? [^,]*,/;

/** False for a text that can leave something behind when it fails. DDL of one object is atomic (MySQL 8.0, MariaDB 10.6). */
export function isAtomic(sql: string): boolean {
  const statements = splitStatements(sql);
  if (statements.length > 1 && statements.slice(0, -1).some(commitsImplicitly)) return false;
  return !SEVERAL.test(tokensOf(sql).join(' ').toLowerCase());
}

/** True for a text that only gets a statement ready to run: it changes nothing that outlives the session. */
export const onlyPrepares = (sql: string): boolean =>
  /^(set @(?!@)|prepare |deallocate )/i.test(
    tokensOf(sql)
      .join(' ')
      .replace(/^(set) @ /i, '$1 @'),
  );

const READING = /^(select|values|table|with|show|explain|describe|desc)\b/;
const WRITING =
  /\b(insert|update|delete|replace|truncate|into|analyze|create|alter|drop|call|do|get_lock|release_lock|nextval|setval)\b/;

/** True for a text whose statements all only look, as far as its words say. */
export const onlyReads = (sql: string): boolean =>
  splitStatements(sql).every((statement) => {
    const text = tokensOf(statement).join(' ').toLowerCase();
    return READING.test(text) && !WRITING.test(text);
  });
