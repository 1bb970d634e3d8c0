import type { ObjectName } from '../../schema/object-name.js';
import type { TextRenaming } from '../common/dialect.js';
import { unenclose } from '../common/quoting.js';
import { quoteAsServer } from './postgres-keywords.js';
import { skipToken } from './postgres-tokens.js';

/**
 * An expression with a column or a type renamed: see `Dialect.renameInText`. In what `pg_get_expr` gives, a type stands
 * behind `::` and a column anywhere else; a name before a parenthesis is that of a function.
 */
export function renameInText(sql: string, { kind, from, to }: TextRenaming): string {
  let renamed = '';
  let position = 0;
  while (position < sql.length) {
    const chain = nameChainAt(sql, position);
    const end = chain?.end ?? skipToken(sql, position);
    const isMeant = chain !== undefined && isKind(kind, sql, { start: position, end });
    renamed += isMeant && names(chain, from) ? spelled(to) : sql.slice(position, end);
    position = end;
  }
  return renamed;
}

/** One name, or several that are joined by dots. */
interface NameChain {
  readonly names: readonly string[];
  readonly end: number;
}

function nameChainAt(sql: string, start: number): NameChain | undefined {
  const names: string[] = [];
  let end = start;
  for (let position = start; isNameStart(sql.charAt(position)); position = end + 1) {
    const next = endOfName(sql, position);
    names.push(nameOf(sql.slice(position, next)));
    end = next;
    if (sql.charAt(end) !== '.') break;
  }
  return names.length === 0 ? undefined : { names, end };
}

const isNameStart = (character: string): boolean => /["A-Za-z_\u0080-\uffff]/.test(character);

/** A doubled quote inside a quoted name is the end of one token and the beginning of the next. */
function endOfName(sql: string, start: number): number {
  let end = skipToken(sql, start);
  if (sql.charAt(start) !== '"') return end;
  while (sql.charAt(end) === '"') end = skipToken(sql, end);
  return end;
}

const nameOf = (token: string): string =>
  token.startsWith('"') ? unenclose(token, '"') : token.toLowerCase();

function isKind(
  kind: TextRenaming['kind'],
  sql: string,
  { start, end }: { readonly start: number; readonly end: number },
): boolean {
  const before = sql.slice(Math.max(0, start - 10), start);
  if (kind === 'type') return before.endsWith('::');
  // A quote behind a word belongs to a literal such as B'101'.
  return !/(\.|::|\bCOLLATE )$/.test(before) && !/^\s*[(']/.test(sql.slice(end));
}

function names({ names: chain }: NameChain, { schema, name }: ObjectName): boolean {
  const wanted = schema === null ? [name] : [schema, name];
  return chain.length === wanted.length && chain.every((part, at) => part === wanted[at]);
}

const spelled = ({ schema, name }: ObjectName): string =>
  (schema === null ? [name] : [schema, name]).map(quoteAsServer).join('.');
