import type { ObjectName } from '../../schema/object-name.js';
import type { TextRenaming } from '../common/dialect.js';
import { unenclose } from '../common/quoting.js';
import { quoteAsServer } from './postgres-keywords.js';
import { skipToken } from './postgres-tokens.js';

/**
 * An expression with a column, a type or a label renamed: see `Dialect.renameInText`. In what `pg_get_expr` gives, a type stands
 * behind `::` and a column anywhere else; a name before a parenthesis is that of a function.
 */
export function renameInText(sql: string, renaming: TextRenaming): string {
  if (renaming.kind === 'label') return renameLabel(sql, renaming);
  const { kind, from, to } = renaming;
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

/** A label is a literal before `::` and its type; an array of them is one literal as well. */
function renameLabel(sql: string, { type, from, to }: TextRenaming & { kind: 'label' }): string {
  let renamed = '';
  let position = 0;
  while (position < sql.length) {
    const end =
      sql.charAt(position) === "'" ? endOfString(sql, position) : skipToken(sql, position);
    const token = sql.slice(position, end);
    const cast = sql.startsWith('::', end) ? nameChainAt(sql, end + 2) : undefined;
    if (!token.startsWith("'") || !cast || !names(cast, type)) renamed += token;
    else if (sql.startsWith('[]', cast.end)) renamed += renameElement(token, from.name, to.name);
    else renamed += token === literal(from.name) ? literal(to.name) : token;
    position = end;
  }
  return renamed;
}

function endOfString(sql: string, start: number): number {
  let end = skipToken(sql, start);
  while (sql.charAt(end) === "'") end = skipToken(sql, end);
  return end;
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** One element of an array's text (PostgreSQL 16 manual, 8.15.6): quoted where it must be. */
const ELEMENT = /"(?:[^"\\]|\\.)*"|[^{},"]+/g;

function renameElement(token: string, from: string, to: string): string {
  const text = token.slice(1, -1).replaceAll("''", "'");
  const quoted = (label: string) => `"${label.replaceAll(/["\\]/g, '\\$&')}"`;
  const spelledAs = (label: string) =>
    /^[A-Za-z0-9_-]+$/.test(label) && !/^null$/i.test(label) ? label : quoted(label);
  return literal(
    text.replaceAll(ELEMENT, (element) =>
      element === from || element === quoted(from) ? spelledAs(to) : element,
    ),
  );
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
