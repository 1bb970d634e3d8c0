import { withoutParentheses } from './sqlite-parse-objects.js';
import { foldName, nameIn, wordsOf } from './sqlite-tokens.js';
import type { SqliteToken } from './sqlite-tokens.js';

/**
 * A form of an expression that is the same for texts that mean the same to SQLite: white space, comments, the case of words, the
 * way in which a name is quoted and parentheses around all of it say nothing. SQLite has no spelling of its own: it keeps what
 * was written.
 */
export function formOf(text: string): string {
  return wordsOf(withoutParentheses(text)).map(formOfToken).join(' ');
}

function formOfToken(token: SqliteToken): string {
  switch (token.kind) {
    case 'word':
    case 'name':
      return foldName(nameIn(token) ?? '');
    case 'blob':
    case 'number':
      return token.text.toLowerCase();
    default:
      return token.text;
  }
}

/** The form of a default: truth values are numbers, and a plus sign says nothing. */
export function formOfDefault(text: string): string {
  const form = formOf(text);
  if (form === 'true') return '1';
  if (form === 'false') return '0';
  return form.replace(/^\+ (?=[\d.])/, '').replace(/^- (?=[\d.])/, '-');
}
