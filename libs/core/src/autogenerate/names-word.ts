import type { SqlText } from '../schema/schema-model.js';

/** Whether a name stands in a text as a word, whatever it means there: as a column of any table, in a string too. */
export function namesWord(text: SqlText, name: string): boolean {
  const literal = name.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}_$])${literal}(?![\\p{L}\\p{N}_$])`, 'u').test(text);
}
