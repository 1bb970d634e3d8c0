import type { TextRenaming } from '../common/dialect.js';
import { sqliteQuoting } from './sqlite-quoting.js';
import { isMeant, isSameName, nameIn, tokensOf } from './sqlite-tokens.js';

/**
 * An expression with a column renamed: see `Dialect.renameInText`. A name before a parenthesis is that of a function; names of
 * columns have no case. SQLite has neither types nor labels in its texts.
 */
export function renameInText(sql: string, { kind, from, to }: TextRenaming): string {
  if (kind !== 'column') return sql;
  const tokens = tokensOf(sql);
  return tokens
    .map((token, at) => {
      const isName = token.kind === 'word' || token.kind === 'name';
      if (!isName || !isSameName(nameIn(token) ?? '', from.name)) return token.text;
      const next = tokens.slice(at + 1).find(isMeant);
      return next?.text === '(' ? token.text : spelled(to.name, token.text);
    })
    .join('');
}

/** SQLite itself quotes the new name where the old one was quoted, or must be. */
const spelled = (name: string, replaced: string): string =>
  /^\w+$/.test(replaced) && /^[A-Za-z_]\w*$/.test(name) ? name : sqliteQuoting.identifier(name);
