import type { PartitionBounds } from '../../schema/server-objects.js';
import { skipToken } from './postgres-tokens.js';

/** The bounds that `pg_get_expr` tells of a partition: `FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`. */
export function parseBounds(text: string): PartitionBounds {
  const [first = [], second = []] = listsOf(text);
  if (text.startsWith('FOR VALUES FROM')) return { from: first, to: second };
  if (text.startsWith('FOR VALUES IN')) return { in: first };
  if (!text.startsWith('FOR VALUES WITH')) return { default: true };
  const [modulus, remainder] = first.map((part) => Number(/\d+/.exec(part)?.[0]));
  return { modulus: modulus ?? 0, remainder: remainder ?? 0 };
}

/** The items of each list in parentheses; a comma inside of a string or of further parentheses separates nothing. */
function listsOf(text: string): readonly (readonly string[])[] {
  const lists: string[][] = [];
  let depth = 0;
  for (let position = 0; position < text.length;) {
    const end = skipToken(text, position);
    const token = text.slice(position, end);
    position = end;
    depth -= Number(token === ')');
    if (depth === 0 && token === '(') lists.push(['']);
    else if (depth === 1 && token === ',') lists.at(-1)?.push('');
    else if (depth > 0) append(lists, token);
    depth += Number(token === '(');
  }
  return lists.map((items) => items.map((item) => item.trim()));
}

function append(lists: readonly string[][], token: string): void {
  const list = lists.at(-1);
  if (list) list[list.length - 1] += token;
}
