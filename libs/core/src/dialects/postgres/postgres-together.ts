import type { TogetherTexts } from '../common/session.js';
import { splitStatements } from './postgres-split.js';
import { SAME_TEXT } from './postgres-transaction.js';

/** Statements of a revision as one text of the simple protocol (PostgreSQL manual, 55.2.2.1, "Multiple Statements in a Simple Query"). */
export const postgresTogether: TogetherTexts = Object.freeze<TogetherTexts>({
  takes,
  // A semicolon behind a comment would belong to the comment.
  join: (texts) => texts.join(SEPARATOR),
  failedAt,
  sameText: SAME_TEXT,
});

/** Strings and quoted names that end where they seem to end. */
const CLOSED = /'[^'\\]*'|"[^"]*"/g;

/**
 * What may begin a comment, a string of another kind, an escape or another statement; what forgets settings of ours; what
 * waits for data of the client's; the body of a routine that has semicolons.
 */
const NOT_PLAIN = /['"$;\\]|--|\/\*|\b(?:reset|discard|deallocate|set_config|copy|atomic)\b/i;

/** Where something else than a closed string comes first, it is left standing. */
function takes(sql: string): boolean {
  return !NOT_PLAIN.test(sql.replace(CLOSED, ' '));
}

/**
 * The server reads the whole text before it runs any of it: a mistake of syntax comes before the first statement has
 * run, with its place in the text. All else is counted.
 */
function failedAt(texts: readonly string[], error: unknown, completed: number): number | undefined {
  if (texts.length === 1) return 0;
  const { severity, position } = (error ?? {}) as { severity?: unknown; position?: unknown };
  // No answer of the server: the connection was lost at any of them.
  if (typeof severity !== 'string') return undefined;
  const place = typeof position === 'string' ? Number(position) : undefined;
  if (completed === 0) return place === undefined ? undefined : textAt(texts, place);
  return textOfStatement(texts, completed);
}

/** @param position of a character in the joined text, counted from 1 as the server counts */
function textAt(texts: readonly string[], position: number): number {
  let end = 0;
  const at = texts.findIndex((text) => {
    end += [...text].length + SEPARATOR.length;
    return position <= end;
  });
  return at === -1 ? texts.length - 1 : at;
}

const SEPARATOR = '\n;\n';

function textOfStatement(texts: readonly string[], number: number): number | undefined {
  let statements = 0;
  const at = texts.findIndex((text) => {
    statements += splitStatements(text).length;
    return number < statements;
  });
  return at === -1 ? undefined : at;
}
