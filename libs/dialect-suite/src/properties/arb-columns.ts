import type { Column, EnumType } from '@nest-alembic/core';
import * as fc from 'fast-check';

/** Draws values of arbitraries one after the other, so that a later one can depend on an earlier one. */
export type Draw = fc.GeneratorValue;

/** Any of the values, itself: a generator may give an equal value of an earlier draw instead. */
export function oneOf<T>(g: Draw, values: readonly T[]): T {
  return values[g(fc.integer, { min: 0, max: values.length - 1 })] as T;
}

/** True so often in a hundred. */
export function sometimes(g: Draw, percent: number): boolean {
  return g(fc.integer, { min: 0, max: 99 }) < percent;
}

/** Some of the values, in their order. */
export function someOf<T>(g: Draw, values: readonly T[], most = values.length): readonly T[] {
  const picked = values.filter(() => sometimes(g, 50));
  return picked.slice(0, most);
}

/** What a type is, with what it can have. */
export interface TypeFamily {
  /** Types that values can go between, narrower ones first. */
  readonly types: readonly string[];
  readonly defaults: readonly string[];
  /** SQL of a value that is different for each `n` from 1 on, and that every check of ours accepts. */
  value(n: number): string;
  /** A check of a column, where the family has one. */
  check?(column: string): string;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const above = (column: string): string => `${quoted(column)} > 0`;
const longer = (column: string): string => `length((${quoted(column)})::text) > 1`;

/** The families of types, with parameters, that the generator knows. */
export const FAMILIES: readonly TypeFamily[] = [
  {
    types: ['smallint', 'integer', 'bigint'],
    defaults: ['0', '7', '(1 + 1)', '-5'],
    value: (n) => String(n),
    check: above,
  },
  {
    types: ['numeric(10,2)', 'numeric(14,2)', 'numeric'],
    defaults: ['0', '1.50', "'3'"],
    value: (n) => `${n}.25`,
    check: above,
  },
  {
    types: ['real', 'double precision'],
    defaults: ['0', '0.5'],
    value: (n) => `${n}.5`,
    check: above,
  },
  {
    types: ['varchar(40)', 'character varying(80)', 'text'],
    defaults: ["''", "'it''s'", "'a\\b'", "lower('X')", "'two\nlines'"],
    value: (n) => `'value ${n}'`,
    check: longer,
  },
  { types: ['char(12)'], defaults: ["'x'"], value: (n) => `'v${n}'` },
  { types: ['boolean'], defaults: ['true', 'FALSE'], value: (n) => String(n % 2 === 0) },
  {
    types: ['date'],
    defaults: ['CURRENT_DATE', "'2026-01-31'"],
    value: (n) => `date '2026-01-01' + ${n}`,
  },
  {
    types: ['timestamptz', 'timestamp(3) with time zone'],
    defaults: ['now()', "'2026-01-31 10:00+02'"],
    value: (n) => `timestamptz '2026-01-01 00:00+00' + interval '${n} minutes'`,
  },
  {
    types: ['timestamp', 'timestamp(3)'],
    defaults: ['LOCALTIMESTAMP', 'now()'],
    value: (n) => `timestamp '2026-01-01' + interval '${n} minutes'`,
  },
  {
    types: ['time', 'time(0) without time zone'],
    defaults: ["'10:00'"],
    value: (n) => `time '00:00' + interval '${n} seconds'`,
  },
  {
    types: ['interval'],
    defaults: ["'1 day'", "interval '90 minutes'"],
    value: (n) => `interval '${n} hours'`,
  },
  {
    types: ['uuid'],
    defaults: ['gen_random_uuid()'],
    value: (n) => `'00000000-0000-0000-0000-${String(n).padStart(12, '0')}'`,
  },
  { types: ['jsonb'], defaults: ["'{}'", `'{"a": [1]}'::jsonb`], value: (n) => `'{"n": ${n}}'` },
  { types: ['json'], defaults: ["'[]'"], value: (n) => `'[${n}]'` },
  {
    types: ['bytea'],
    defaults: ["'\\x00ff'"],
    value: (n) => `'\\x${n.toString(16).padStart(4, '0')}'`,
  },
  { types: ['inet'], defaults: ["'127.0.0.1'"], value: (n) => `'10.0.0.${n}'` },
  { types: ['integer[]'], defaults: ["'{}'", 'ARRAY[1, 2]'], value: (n) => `'{${n}}'` },
  { types: ['text[]'], defaults: [`'{"a b",c}'`], value: (n) => `'{v${n}}'` },
  { types: ['int4range'], defaults: ["'[1,5)'"], value: (n) => `'[${n},${n + 1})'` },
  { types: ['bit(3)'], defaults: ["B'101'"], value: (n) => `${n % 8}::bit(3)` },
];

/** The family of a type; of an enum, one with its labels. */
export function familyOf(type: string, enums: readonly EnumType[]): TypeFamily {
  const known = FAMILIES.find(({ types }) => types.includes(type));
  if (known) return known;
  const found = enums.find((one) => one.name === type);
  if (!found) throw new Error(`no family has ${type}`);
  const labels = found.labels.map((label) => `'${label.replaceAll("'", "''")}'`);
  return { types: [type], defaults: labels, value: (n) => labels[n % labels.length] ?? 'NULL' };
}

/** Families whose values are all different, and that B-tree indexes and keys can stand on. */
const KEY_TYPES: ReadonlySet<string> = new Set([
  'integer',
  'bigint',
  'smallint',
  'uuid',
  'text',
  'varchar(40)',
  'character varying(80)',
  'date',
  'numeric',
]);
/** True where a column can be in a key. */
export const isKeyType = (type: string): boolean => KEY_TYPES.has(type);

/** A column of any type, plain, generated or an identity. */
export function drawColumn(
  g: Draw,
  name: string,
  { enums, others }: { readonly enums: readonly EnumType[]; readonly others: readonly Column[] },
): Column {
  const kind = g(fc.integer, { min: 0, max: 19 });
  const source = others.find(({ type, generated }) => type === 'integer' && !generated);
  if (kind === 0 && !others.some(({ identity }) => identity)) {
    const generation = oneOf(g, ['always', 'by default'] as const);
    return {
      name,
      type: oneOf(g, ['integer', 'bigint']),
      nullable: false,
      identity: { generation },
    };
  }
  if (kind === 1 && source) {
    const expression = `${quoted(source.name)} * ${g(fc.integer, { min: 2, max: 4 })}`;
    return { name, type: 'integer', nullable: true, generated: { expression, stored: true } };
  }
  const type =
    kind === 2 && enums.length > 0 ? oneOf(g, enums).name : oneOf(g, oneOf(g, FAMILIES).types);
  return withDefault(g, { name, type, nullable: sometimes(g, 70), ...comment(g) }, enums);
}

/** The column with another default, or without one. */
export function withDefault(g: Draw, column: Column, enums: readonly EnumType[]): Column {
  const { default: _before, ...rest } = column;
  if (!sometimes(g, 40)) return rest;
  return { ...rest, default: oneOf(g, familyOf(column.type, enums).defaults) };
}

/** A comment, seldom. */
export function comment(g: Draw): { readonly comment?: string } {
  if (!sometimes(g, 15)) return {};
  return { comment: oneOf(g, ['plain', "it's", 'two\nlines', '`${x}` */ --', '日本語']) };
}

export { quoted };
