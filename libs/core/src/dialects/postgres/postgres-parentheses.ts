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
  let depth = 0;
  for (let position = 0; position < sql.length; position = skipToken(sql, position)) {
    if (sql.charAt(position) === '(') depth += 1;
    if (sql.charAt(position) === ')') depth -= 1;
    if (depth === 0) return position === sql.length - 1;
  }
  return false;
}
