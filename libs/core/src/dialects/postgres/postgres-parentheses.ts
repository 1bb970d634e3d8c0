import { skipToken } from './postgres-tokens.js';

/**
 * An expression without the parentheses around all of it. The server puts them around most expressions, and leaves
 * them out around a function call; people mostly leave them out.
 */
export function withoutOuterParentheses(sql: string): string {
  const text = sql.trim();
  return isEnclosed(text) ? withoutOuterParentheses(text.slice(1, -1)) : text;
}

/** True when the first parenthesis is closed by the last character. */
function isEnclosed(sql: string): boolean {
  if (!sql.startsWith('(') || !sql.endsWith(')')) return false;
  const next = HIDES_PARENTHESES.test(sql) ? skipToken : skipCharacter;
  let depth = 0;
  for (let position = 0; position < sql.length; position = next(sql, position)) {
    if (sql.charAt(position) === '(') depth += 1;
    if (sql.charAt(position) === ')') depth -= 1;
    if (depth === 0) return position === sql.length - 1;
  }
  return false;
}

/** Where strings, quoted names and comments begin: a parenthesis in one of them is none. */
const HIDES_PARENTHESES = /['"$]|--|\/\*/;

const skipCharacter = (_sql: string, position: number): number => position + 1;
