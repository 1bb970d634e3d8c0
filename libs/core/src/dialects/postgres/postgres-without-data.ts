import type { ObjectStatement } from '../common/object-texts.js';
import { tokensOf } from './postgres-words.js';

/** The statement so that it runs no query: a materialized view is not filled. */
export function withoutData({ sql, head }: ObjectStatement): string {
  if (head.kind !== 'view' || !head.materialized) return sql;
  const end = endOf(sql);
  if (end.isEmpty) return sql;
  // On a line of its own: the text may end with a comment.
  return `${sql.slice(0, end.at)}\nWITH NO DATA`;
}

/** True for a materialized view that the text asks not to be filled. */
export function isAskedWithoutData({ sql }: ObjectStatement): boolean {
  return endOf(sql).isEmpty;
}

function endOf(sql: string): { readonly at: number; readonly isEmpty: boolean } {
  const last = tokensOf(sql).slice(-3);
  const words = last.map(({ text }) => text.toLowerCase());
  if (words.join(' ') === 'with no data') return { at: sql.length, isEmpty: true };
  const isFilled = words.slice(-2).join(' ') === 'with data';
  return { at: isFilled ? (last.at(-2)?.at ?? sql.length) : sql.length, isEmpty: false };
}
