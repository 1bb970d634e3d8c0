import type { Table } from '@nest-alembic/core';
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

const STORAGES = [['STRICT'], ['WITHOUT ROWID'], ['STRICT', 'WITHOUT ROWID']];
const STRICT_TYPES = /^(?:int|integer|real|text|blob|any)$/i;

/** A table without rows takes it. */
const ADDS_TO_ROWS = /^Cannot add a NOT NULL column with default value NULL/;

const STRICT_FAMILIES = FAMILIES.map((family) => ({
  ...family,
  types: family.types.filter((type) => STRICT_TYPES.test(type)),
})).filter(({ types }) => types.length > 0);

/** A STRICT table has six types; one WITHOUT ROWID has a key, and no counter. Ours refers to nothing: links are made by row id. */
function fits({ storage = [], columns, primaryKey, foreignKeys }: Table): boolean {
  const isStrict = columns.every(({ type }) => STRICT_TYPES.test(type));
  const isKeyed =
    primaryKey !== undefined &&
    foreignKeys.length === 0 &&
    !columns.some(({ autoIncrement }) => autoIncrement);
  return (
    (isStrict || !storage.includes('STRICT')) && (isKeyed || !storage.includes('WITHOUT ROWID'))
  );
}

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
  fewFamilies: STRICT_FAMILIES,
  tableExtras: (table) =>
    STORAGES.map((storage) => ({ storage })).filter((extra) => fits({ ...table, ...extra })),
  fits,
  integer: 'integer',
  asText: (column) => `quote(${column})`,
  oneRow: (table) => `WHERE rowid = (SELECT rowid FROM ${table} LIMIT 1)`,
  insertNothing: 'DEFAULT VALUES',
  isOfRows: (error) => {
    const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
    return /^SQLITE_CONSTRAINT/.test(String(code)) || ADDS_TO_ROWS.test(String(message));
  },
};
