import type { DiffDialect } from './diff-part.js';
import type { SqlText } from '../schema/schema-model.js';

/** Whether a name stands in a text as a word, whatever it means there: as a column of any table, in a string too. */
export function namesWord(text: SqlText, name: string): boolean {
  const literal = name.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}_$])${literal}(?![\\p{L}\\p{N}_$])`, 'u').test(text);
}

/** Whether a text names a column of its table: a rename of the column would change the text. */
export function namesColumn(text: SqlText, column: string, dialect: DiffDialect): boolean {
  const from = { schema: null, name: column };
  const to = { schema: null, name: `${column}_` };
  return dialect.renameInText(text, { kind: 'column', from, to }) !== text;
}
