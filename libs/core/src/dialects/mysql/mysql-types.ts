import { tokensOf } from './mysql-tokens.js';

/**
 * The spelling of a type that `information_schema` gives, without the display widths of integers (MySQL 8.0.19 has none, MariaDB
 * prints those that it always had): `integer` is `int`, `boolean` is `tinyint(1)`, `dec(8)` is `decimal(8,0)`. A text that
 * does not look like a type is left as it is. Idempotent.
 */
export function canonicalType(type: string): string {
  const parsed = parseType(type);
  if (parsed === undefined) return type.trim();
  const { name, modifiers, attributes } = named(parsed);
  return [name + inParentheses(modifiers), ...ordered(attributes)].join(' ');
}

/** A canonical type without what stands in parentheses and behind: `varchar`, `int`. */
export const baseOf = (type: string): string =>
  /^[a-z0-9_ ]+?(?=\(| unsigned| zerofill|$)/.exec(type)?.[0] ?? type;

/** What stands in the parentheses of a canonical type; empty where it has none. */
export const modifiersOf = (type: string): readonly string[] => parseType(type)?.modifiers ?? [];

/** The numbers among them. */
export const numbersOf = (type: string): readonly number[] => modifiersOf(type).map(Number);

/** The labels of a canonical `enum` or `set`, unquoted; undefined for any other type. */
export function labelsOf(type: string): readonly string[] | undefined {
  if (!/^(enum|set)\(/.test(type)) return undefined;
  return modifiersOf(type).map((text) =>
    text.slice(1, -1).replaceAll("''", "'").replaceAll('\\\\', '\\'),
  );
}

/** True for a type whose values have a character set. */
export const isText = (type: string): boolean =>
  /^(var)?char\b|text$|^(enum|set|json)\b/.test(baseOf(canonicalType(type)));

/** True for a canonical number type without negative values. */
export const isUnsigned = (type: string): boolean => / unsigned\b/.test(type);

interface ParsedType {
  /** Words in lower case, with one blank between them. */
  readonly name: string;
  readonly modifiers: readonly string[];
  readonly attributes: readonly string[];
}

const SEVERAL_WORDS =
  /^(double precision|(?:national )?(?:char|character|varchar) varying|national (?:char|character|varchar)|long (?:varchar|varbinary|char varying)|(?:char|character) varying)\b/;
const ATTRIBUTES =
  /^(?: ?(unsigned|signed|zerofill|(?:character set|charset) \S+|collate \S+|binary|ascii|unicode|byte))/;

/** Takes a type's spelling apart; undefined where it does not look like a type. */
function parseType(type: string): ParsedType | undefined {
  const tokens = tokensOf(type);
  const open = tokens.indexOf('(');
  const close = tokens.indexOf(')');
  const hasModifiers = open > 0 && close > open;
  const head = (hasModifiers ? tokens.slice(0, open) : tokens).join(' ').toLowerCase();
  const several = SEVERAL_WORDS.exec(head)?.[0];
  const name = several ?? /^[a-z][a-z0-9_]*/.exec(head)?.[0];
  if (name === undefined) return undefined;
  const tail = hasModifiers
    ? tokens
        .slice(close + 1)
        .join(' ')
        .toLowerCase()
    : '';
  const attributes = attributesIn(`${head.slice(name.length)} ${tail}`.trim());
  return attributes && { name, modifiers: modifiersIn(tokens.slice(open + 1, close)), attributes };

  function modifiersIn(inside: readonly string[]): readonly string[] {
    return hasModifiers ? joined(inside) : [];
  }
}

/** The texts between commas. A doubled quote is two tokens of one string. */
function joined(tokens: readonly string[]): readonly string[] {
  const texts: string[] = [''];
  for (const token of tokens) {
    if (token === ',') texts.push('');
    else texts[texts.length - 1] += token;
  }
  return texts.map(spelledString);
}

/** As the server prints a label: in apostrophes. */
function spelledString(text: string): string {
  if (text.startsWith("'")) {
    const content = text.slice(1, -1).replaceAll("''", "\\'");
    return /\\[^'\\]/.test(content) ? text : `'${content.replaceAll("\\'", "''")}'`;
  }
  if (text.startsWith('"'))
    return `'${text.slice(1, -1).replaceAll('""', '"').replaceAll("'", "''")}'`;
  return text;
}

function attributesIn(text: string): readonly string[] | undefined {
  const attributes: string[] = [];
  let left = text;
  while (left !== '') {
    const found = ATTRIBUTES.exec(left);
    if (found?.[1] === undefined) return undefined;
    attributes.push(found[1].replace(/^charset /, 'character set '));
    left = left.slice(found[0].length).trim();
  }
  return attributes;
}

/** `signed` says nothing, and what is filled with zeros is unsigned. */
function ordered(attributes: readonly string[]): readonly string[] {
  const has = (attribute: string): boolean => attributes.includes(attribute);
  const rest = attributes.filter((one) => !/^(un)?signed$|^zerofill$/.test(one));
  return [
    ...(has('unsigned') || has('zerofill') ? ['unsigned'] : []),
    ...(has('zerofill') ? ['zerofill'] : []),
    ...rest,
  ];
}

/** Other names of types. */
const SYNONYMS = new Map([
  ['integer', 'int'],
  ['int4', 'int'],
  ['int1', 'tinyint'],
  ['int2', 'smallint'],
  ['int3', 'mediumint'],
  ['middleint', 'mediumint'],
  ['int8', 'bigint'],
  ['dec', 'decimal'],
  ['numeric', 'decimal'],
  ['fixed', 'decimal'],
  ['number', 'decimal'],
  ['double precision', 'double'],
  ['real', 'double'],
  ['float8', 'double'],
  ['float4', 'float'],
  ['character', 'char'],
  ['character varying', 'varchar'],
  ['char varying', 'varchar'],
  ['varcharacter', 'varchar'],
  ['varchar2', 'varchar'],
  ['long varchar', 'mediumtext'],
  ['long varbinary', 'mediumblob'],
  ['long', 'mediumtext'],
  ['geomcollection', 'geometrycollection'],
]);

const INTEGERS = new Set(['tinyint', 'smallint', 'mediumint', 'int', 'bigint']);
const TIMES = new Set(['datetime', 'timestamp', 'time']);

function named({ name: given, modifiers, attributes }: ParsedType): ParsedType {
  if (given === 'bool' || given === 'boolean')
    return { name: 'tinyint', modifiers: ['1'], attributes };
  const name = SYNONYMS.get(given) ?? given;
  return { ...sized(name, modifiers, attributes), attributes };
}

type Sized = Pick<ParsedType, 'name' | 'modifiers'>;

function sized(name: string, modifiers: readonly string[], attributes: readonly string[]): Sized {
  const [first] = modifiers;
  if (INTEGERS.has(name)) return { name, modifiers: displayWidth(name, first, attributes) };
  if (name === 'float') return sizedFloat(modifiers);
  if (name === 'decimal') return { name, modifiers: decimal(modifiers) };
  if (hasNone(name, first)) return { name, modifiers: [] };
  return { name, modifiers: ONE_LONG.has(name) ? [first ?? '1'] : modifiers };
}

const decimal = ([digits = '10', scale = '0']: readonly string[]) => [digits, scale];

/** A year has four digits, and a time no fractions, whether that is said or not. */
const hasNone = (name: string, first: string | undefined): boolean =>
  name === 'year' || (TIMES.has(name) && first === '0');

/** One number tells the binary digits; two are digits in all and behind the point. */
function sizedFloat(modifiers: readonly string[]): Sized {
  if (modifiers.length !== 1) return { name: 'float', modifiers };
  return { name: Number(modifiers[0]) > 24 ? 'double' : 'float', modifiers: [] };
}

/** Types that are of length 1 where they do not say it. */
const ONE_LONG = new Set(['char', 'binary', 'bit']);

/** It says something only for `tinyint(1)`, which is a boolean by custom, and for what is filled with zeros. */
function displayWidth(
  name: string,
  width: string | undefined,
  attributes: readonly string[],
): readonly string[] {
  const isTold =
    (name === 'tinyint' && width === '1' && attributes.length === 0) ||
    attributes.includes('zerofill');
  return isTold && width !== undefined ? [width] : [];
}

const inParentheses = (modifiers: readonly string[]): string =>
  modifiers.length === 0 ? '' : `(${modifiers.join(',')})`;
