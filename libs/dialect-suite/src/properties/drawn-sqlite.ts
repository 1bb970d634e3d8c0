import { SQLITE } from '../tested-dialects.js';
import type { DrawnDialect, TypeFamily } from './drawn-dialect.js';

const above = (column: string): string => `${column} > 0`;
const longer = (column: string): string => `length(${column}) > 1`;
const TEXTS = ['varchar(40)', 'varchar (80)', 'TEXT'];

const FAMILIES: readonly TypeFamily[] = [
  {
    types: ['integer', 'bigint', 'smallint'],
    defaults: ['0', '7', '(1 + 1)', '-5'],
    value: (n) => String(n),
    check: above,
  },
  {
    types: ['numeric', 'decimal(10,2)', 'numeric(14, 2)'],
    defaults: ['0', '1.50', '(1.5)'],
    value: (n) => `${n}.25`,
    check: above,
  },
  {
    types: ['real', 'double precision', 'float'],
    defaults: ['0', '0.5'],
    value: (n) => `${n}.5`,
    check: above,
  },
  {
    types: TEXTS,
    defaults: ["''", "'it''s'", "'a\\b'", "(lower('X'))", "'two\nlines'"],
    value: (n) => `'value ${n}'`,
    check: longer,
    collations: ['RTRIM'],
  },
  { types: ['boolean'], defaults: ['true', 'FALSE', '1'], value: (n) => String(n % 2) },
  {
    types: ['date', 'datetime'],
    defaults: ['CURRENT_DATE', "'2026-01-31'", "(datetime('now'))", 'CURRENT_TIMESTAMP'],
    value: (n) => `'2026-01-0${n % 10}'`,
  },
  { types: ['json', 'jsonb'], defaults: ["'[]'", `'{"a": [1]}'`], value: (n) => `'[${n}]'` },
  { types: ['blob'], defaults: ["x'00ff'"], value: (n) => `x'0${n % 10}ff'` },
  { types: ['uuid'], defaults: ['(hex(randomblob(16)))'], value: (n) => `'uuid ${n}'` },
];

/** SQLite, as schemas are drawn for it. */
export const DRAWN_SQLITE: DrawnDialect = {
  tested: SQLITE,
  families: FAMILIES,
  keyTypes: new Set(['integer', 'bigint', 'smallint', ...TEXTS, 'uuid', 'numeric', 'blob']),
  indexesVirtual: true,
  needsKeys: false,
  counterTypes: ['integer'],
  words: [
    'account',
    'Order Line',
    'it"s',
    'naïve',
    'select',
    'a.b',
    "o'clock",
    '日本',
    '[x]`',
    'x',
  ],
  actions: [undefined, 'cascade', 'set null', 'restrict', 'set default'],
  specialIndexes: [
    {
      tag: 'lower',
      types: TEXTS,
      element: (column) => ({ expression: `lower("${column.replaceAll('"', '""')}")` }),
    },
    {
      tag: 'nocase',
      types: TEXTS,
      element: (column) => ({ column, collation: 'NOCASE' }),
    },
  ],
  keyOptions: [{ onUpdate: 'cascade' }, { deferrable: 'initially deferred' }],
  uniqueOptions: [{ onConflict: 'replace' }, { onConflict: 'ignore' }],
  elementOptions: { d: { order: 'desc' } },
  hasVirtualColumns: true,
  integer: 'integer',
  asText: (column) => `quote(${column})`,
  oneRow: (table) => `WHERE rowid = (SELECT rowid FROM ${table} LIMIT 1)`,
  insertNothing: 'DEFAULT VALUES',
  isOfRows: (error) => /^SQLITE_CONSTRAINT/.test(String((error as { code?: unknown }).code)),
};
