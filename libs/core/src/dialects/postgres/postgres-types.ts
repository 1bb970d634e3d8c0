import { quoteAsServer } from './postgres-keywords.js';
import { parseType } from './postgres-type-parse.js';
import type { ParsedType } from './postgres-type-parse.js';

/**
 * The spelling of a type that `format_type` gives: `varchar(255)` is `character varying(255)`. A serial is the integer
 * that its column has. Names of the user's own types are kept, quoted only where they must be; a text that does not
 * look like a type is left as it is. Idempotent.
 */
export function canonicalType(type: string): string {
  const parsed = parseType(type);
  if (parsed === undefined) return type.trim();
  return elementType(parsed) + (parsed.isArray ? '[]' : '');
}

/** The type of an array's elements, or undefined where the type is no array. The type must be canonical. */
export function elementOf(type: string): string | undefined {
  return type.endsWith('[]') ? type.slice(0, -2) : undefined;
}

/** A canonical type without length, precision and fields: `character varying`, `interval`. */
export function baseOf(type: string): string {
  if (/^interval\b/.test(type)) return 'interval';
  return type.replace(/\([^()"]*\)(?=$| with)/, '');
}

/** The numbers in the parentheses of a canonical type; empty where it has none. */
export function modifiersOf(type: string): readonly number[] {
  const inside = /\(([\d,-]+)\)/.exec(type)?.[1];
  return inside === undefined ? [] : inside.split(',').map(Number);
}

/** `pg_catalog` is always searched first, so the server never prints it. */
function elementType(parsed: ParsedType): string {
  const isBuiltIn = parsed.schema === undefined || parsed.schema === 'pg_catalog';
  if (!isBuiltIn) return `${quoteAsServer(parsed.schema)}.${ownSpelling(parsed)}`;
  const isWord = !parsed.isQuoted && parsed.schema === undefined;
  const name = isWord ? grammarName(parsed.name) : INTERNAL_NAMES.get(parsed.name);
  return name === undefined ? ownSpelling(parsed) : spell(name, parsed);
}

function ownSpelling({ name, modifiers }: ParsedType): string {
  return quoteAsServer(name) + inParentheses(modifiers);
}

/** Names that only the grammar knows, to the name that the server prints. */
const GRAMMAR_NAMES = new Map([
  ['int', 'integer'],
  ['decimal', 'numeric'],
  ['dec', 'numeric'],
  ['char', 'character'],
  ['nchar', 'character'],
  ['national character', 'character'],
  ['national char', 'character'],
  ['char varying', 'character varying'],
  ['nchar varying', 'character varying'],
  ['national character varying', 'character varying'],
  ['national char varying', 'character varying'],
  ['serial', 'integer'],
  ['serial4', 'integer'],
  ['bigserial', 'bigint'],
  ['serial8', 'bigint'],
  ['smallserial', 'smallint'],
  ['serial2', 'smallint'],
]);

/** Names of `pg_type` that the server prints otherwise; they work quoted and qualified too. */
const INTERNAL_NAMES = new Map([
  ['int2', 'smallint'],
  ['int4', 'integer'],
  ['int8', 'bigint'],
  ['float4', 'real'],
  ['float8', 'double precision'],
  ['bool', 'boolean'],
  ['varchar', 'character varying'],
  ['bpchar', 'bpchar'],
  ['varbit', 'bit varying'],
  ['timestamptz', 'timestamptz'],
  ['timetz', 'timetz'],
  ['numeric', 'numeric'],
  ['timestamp', 'timestamp'],
  ['time', 'time'],
  ['interval', 'interval'],
]);

/** Names that are printed as they are spelled, though quoting them would name another type. */
const PLAIN_NAMES = new Set([
  'integer',
  'smallint',
  'bigint',
  'real',
  'double precision',
  'boolean',
  'character',
  'character varying',
  'bit',
  'bit varying',
  'float',
]);

function grammarName(name: string): string | undefined {
  if (PLAIN_NAMES.has(name) || name.startsWith('interval ')) return name;
  return GRAMMAR_NAMES.get(name) ?? INTERNAL_NAMES.get(name);
}

function spell(name: string, { modifiers, zone }: ParsedType): string {
  if (name === 'timestamp' || name === 'time') return withZone(name, zone, modifiers);
  if (name === 'timestamptz') return withZone('timestamp', 'with time zone', modifiers);
  if (name === 'timetz') return withZone('time', 'with time zone', modifiers);
  if (name.startsWith('interval')) return name + inParentheses(modifiers.map(seconds));
  return spellSized(name, modifiers);
}

function spellSized(name: string, modifiers: readonly string[]): string {
  const [first] = modifiers;
  if (name === 'float') return spellFloat(first);
  if (name === 'bpchar') return first === undefined ? name : `character(${first})`;
  if (name === 'character' || name === 'bit') return `${name}(${first ?? 1})`;
  if (name === 'numeric' && modifiers.length === 1) return `numeric(${String(first)},0)`;
  return name + inParentheses(modifiers);
}

/** A float is named by its binary digits: up to 24 are single precision. */
function spellFloat(digits: string | undefined): string {
  return Number(digits ?? 53) <= 24 ? 'real' : 'double precision';
}

function withZone(name: string, zone: string | undefined, modifiers: readonly string[]): string {
  return `${name}${inParentheses(modifiers.map(seconds))} ${zone ?? 'without time zone'}`;
}

/** Digits of a second: the server keeps 6 at most, with a warning. */
function seconds(digits: string): string {
  return Number(digits) > 6 ? '6' : digits;
}

function inParentheses(modifiers: readonly string[]): string {
  return modifiers.length === 0 ? '' : `(${modifiers.join(',')})`;
}
