import { skipToken } from './mysql-tokens.js';

/** A column as SHOW CREATE TABLE writes it, in parts. */
export interface Definition {
  readonly type: string;
  readonly charset?: string;
  readonly collation?: string;
  readonly generated?: string;
  /** Absent where the server stores none: DEFAULT NULL. */
  readonly default?: string;
  readonly onUpdate?: string;
}

/** The columns of a CREATE TABLE that the server wrote, by name, and its checks. */
export interface Definitions {
  readonly columns: ReadonlyMap<string, Definition>;
  readonly checks: ReadonlyMap<string, string>;
}

/** Takes the text of SHOW CREATE TABLE apart: one line for each part, as MySQL and MariaDB write it. */
export function readDefinitions(sql: string): Definitions {
  const columns = new Map<string, Definition>();
  const checks = new Map<string, string>();
  for (const words of partsOf(sql)) {
    const [first = '', ...rest] = words;
    if (first.startsWith('`')) columns.set(unquoted(first), definitionOf(rest));
    else if (/^constraint$/i.test(first) && /^check$/i.test(words[2] ?? ''))
      checks.set(unquoted(words[1] ?? ''), inParentheses(words[3]));
  }
  return { columns, checks };
}

const unquoted = (name: string): string => name.slice(1, -1).replaceAll('``', '`');

/** What stands in a group of parentheses. */
const inParentheses = (group = ''): string => group.slice(1, -1);

/** The words of each part of the table's body; a group of parentheses is one word, and what no blank parts: `0.00`. */
function partsOf(sql: string): readonly (readonly string[])[] {
  const parts: string[][] = [[]];
  let before = ' ';
  for (const word of piecesOf(sql)) {
    const part = parts.at(-1) ?? [];
    if (word === ',') parts.push([]);
    else if (isJoined(before, word)) part.push((part.pop() ?? '') + word);
    else if (word.trim() !== '') part.push(word);
    before = word;
  }
  return parts;
}

const isJoined = (before: string, word: string): boolean =>
  [before, word].every((piece) => piece !== ',' && piece.trim() !== '' && !piece.startsWith('('));

/** Words, groups, commas and blanks of the table's body. */
function piecesOf(sql: string): readonly string[] {
  const pieces: string[] = [];
  let position = sql.indexOf('(') + 1;
  while (position < sql.length && sql.charAt(position) !== ')') {
    const end = sql.charAt(position) === '(' ? endOfGroup(sql, position) : endOfWord(sql, position);
    pieces.push(sql.slice(position, end));
    position = end;
  }
  return pieces;
}

function endOfGroup(sql: string, start: number): number {
  let depth = 0;
  let position = start;
  while (position < sql.length) {
    const end = skipToken(sql, position);
    const token = sql.slice(position, end);
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    position = end;
    if (depth === 0) return position;
  }
  return position;
}

/** A string with doubled quotes is one word. */
function endOfWord(sql: string, start: number): number {
  const quote = sql.charAt(start);
  let end = skipToken(sql, start);
  if (!/['"`]/.test(quote)) return end;
  while (sql.charAt(end) === quote) end = skipToken(sql, end);
  return end;
}

/** The words that begin a part of a column. */
const CLAUSES =
  /^(character|collate|generated|as|not|null|default|on|auto_increment|comment|check|invisible|virtual|stored|persistent|unique|primary|references|srid)$/i;

function definitionOf(words: readonly string[]): Definition {
  const clauses = clausesOf(words);
  const last = (name: string): string | undefined => clauses.get(name)?.at(-1);
  const value = textOf(clauses.get('default'));
  const generated = [...(clauses.get('as') ?? []), ...(clauses.get('generated') ?? [])];
  const found: { readonly [K in keyof Definition]: Definition[K] | undefined } = {
    type: textOf(clauses.get('')) ?? '',
    charset: last('character'),
    collation: last('collate'),
    generated: groupIn(generated),
    default: /^null$/i.test(value ?? 'null') ? undefined : value,
    onUpdate: textOf(clauses.get('on')?.slice(1)),
  };
  return Object.fromEntries(
    Object.entries(found).filter(([, text]) => text !== undefined),
  ) as unknown as Definition;
}

/** What stands in the first group of parentheses. */
function groupIn(words: readonly string[]): string | undefined {
  const group = words.find((word) => word.startsWith('('));
  return group === undefined ? undefined : inParentheses(group);
}

/** Words by the clause that they belong to; those of the type come first, under an empty name. */
function clausesOf(words: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const clauses = new Map<string, string[]>([['', []]]);
  let name = '';
  for (const word of words) {
    const isClause = CLAUSES.test(word) && !(name === 'default' && clauses.get(name)?.length === 0);
    if (isClause) {
      name = word.toLowerCase();
      clauses.set(name, []);
    } else clauses.get(name)?.push(word);
  }
  return clauses;
}

/** Words as they stood: a group follows its word at once, everything else after a blank. */
function textOf(words: readonly string[] | undefined): string | undefined {
  if (words === undefined) return undefined;
  return words.reduce((text, word) => {
    const isApart = text !== '' && !word.startsWith('(');
    return text + (isApart ? ' ' : '') + word;
  }, '');
}
