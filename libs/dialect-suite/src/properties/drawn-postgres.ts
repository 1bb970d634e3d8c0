import { POSTGRES } from '../tested-dialects.js';
import type { DrawnDialect, TypeFamily } from './drawn-dialect.js';

const above = (column: string): string => `${column} > 0`;
const longer = (column: string): string => `length((${column})::text) > 1`;
const TEXTS = ['varchar(40)', 'character varying(80)', 'text'];

const FAMILIES: readonly TypeFamily[] = [
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
    types: TEXTS,
    defaults: ["''", "'it''s'", "'a\\b'", "lower('X')", "'two\nlines'"],
    value: (n) => `'value ${n}'`,
    check: longer,
    collations: ['C'],
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

const KEYS = ['integer', 'bigint', 'smallint', 'uuid', ...TEXTS, 'date', 'numeric'];

/** PostgreSQL, as schemas are drawn for it. */
export const DRAWN_POSTGRES: DrawnDialect = {
  tested: POSTGRES,
  families: FAMILIES,
  keyTypes: new Set(KEYS),
  indexesVirtual: true,
  needsKeys: false,
  counterTypes: [],
  words: ['account', 'Order Line', 'it"s', 'naïve', 'select', 'a.b', "o'clock", '日本', 'x'],
  actions: [undefined, 'cascade', 'set null', 'restrict'],
  specialIndexes: [
    {
      tag: 'lower',
      types: TEXTS,
      element: (column) => ({ expression: `lower(("${column.replaceAll('"', '""')}")::text)` }),
    },
    { tag: 'hash', types: KEYS, method: 'hash', element: (column) => ({ column }) },
    {
      tag: 'gin',
      types: ['jsonb', 'integer[]', 'text[]'],
      method: 'gin',
      element: (column) => ({ column }),
    },
  ],
  keyOptions: [
    { onUpdate: 'cascade' },
    { match: 'full' },
    { deferrable: 'initially deferred' },
    { deferrable: 'initially immediate' },
  ],
  uniqueOptions: [{ nullsNotDistinct: true }, { deferrable: 'initially deferred' }],
  elementOptions: {
    d: { order: 'desc' },
    f: { nulls: 'first' },
    l: { order: 'desc', nulls: 'last' },
  },
  indexOptions: ([column]) => (column ? [{ include: [column.name] }] : []),
  exclusion: { type: 'int4range', definition: (column) => `USING gist (${column} WITH &&)` },
  hasVirtualColumns: false,
  integer: 'integer',
  asText: (column) => `${column}::text`,
  oneRow: (table) => `WHERE ctid = (SELECT ctid FROM ${table} LIMIT 1)`,
  insertNothing: 'DEFAULT VALUES',
  isOfRows: (error) => /^(22|23)/.test(String((error as { code?: unknown }).code)),
};
