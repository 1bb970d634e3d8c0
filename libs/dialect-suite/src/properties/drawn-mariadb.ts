import type { Column, Table } from '@nest-alembic/core';
import { MARIADB } from '../tested-dialects.js';
import type { DrawnDialect, TypeFamily } from './drawn-dialect.js';

const above = (column: string): string => `${column} > 0`;
const longer = (column: string): string => `char_length(${column}) > 1`;
const SHORT_TEXTS = ['varchar(40)', 'varchar(80)'];
const LONG_TEXTS = ['text', 'longtext'];

const NOW_ON_UPDATE = { onUpdate: 'CURRENT_TIMESTAMP(6)' };

const FAMILIES: readonly TypeFamily[] = [
  {
    types: ['smallint', 'int', 'bigint'],
    defaults: ['0', '7', '(1 + 1)', '-5'],
    value: (n) => String(n),
    check: above,
  },
  {
    types: ['int unsigned', 'bigint unsigned'],
    defaults: ['0', '7'],
    value: (n) => String(n),
    check: above,
  },
  {
    types: ['int(5) unsigned zerofill', 'int(8) unsigned zerofill'],
    defaults: ['0', '7'],
    value: (n) => String(n),
    check: above,
  },
  { types: ['point'], defaults: [], value: (n) => `point(${n}, ${n})` },
  {
    types: ['decimal(10,2)', 'decimal(14,2)', 'numeric(16,4)'],
    defaults: ['0', '1.50', "'3'"],
    value: (n) => `${n}.25`,
    check: above,
  },
  {
    types: ['float', 'double'],
    defaults: ['0', '0.5'],
    value: (n) => `${n}.5`,
    check: above,
  },
  {
    types: [...SHORT_TEXTS, ...LONG_TEXTS],
    defaults: ["''", "'it''s'", "'a\\\\b'", "lower('X')", "'two\nlines'"],
    value: (n) => `'value ${n}'`,
    check: longer,
    collations: ['utf8mb4_bin', 'utf8mb4_unicode_ci', 'latin1_swedish_ci'],
  },
  { types: ['char(12)'], defaults: ["'x'"], value: (n) => `'v${n}'` },
  { types: ['boolean', 'tinyint(1)'], defaults: ['true', 'FALSE'], value: (n) => String(n % 2) },
  {
    types: ['date'],
    defaults: ['(curdate())', "'2026-01-31'"],
    value: (n) => `date '2026-01-01' + interval ${n} day`,
  },
  {
    types: ['datetime', 'datetime(3)'],
    defaults: ["'2026-01-31 10:00:00'", '(now() + interval 1 day)'],
    value: (n) => `timestamp '2026-01-01 00:00:00' + interval ${n} minute`,
  },
  {
    types: ['datetime(6)'],
    defaults: ['CURRENT_TIMESTAMP(6)', 'now(6)'],
    value: (n) => `timestamp '2026-01-01 00:00:00' + interval ${n} minute`,
  },
  {
    types: ['timestamp'],
    defaults: ['CURRENT_TIMESTAMP', "'2026-01-31 10:00:00'"],
    value: (n) => `timestamp '2026-01-01 00:00:00' + interval ${n} minute`,
  },
  { types: ['time'], defaults: ["'10:00'"], value: (n) => `'00:00:0${n % 10}'` },
  { types: ['year'], defaults: ['2026'], value: (n) => String(2000 + n) },
  {
    types: ['uuid'],
    defaults: ['(uuid())'],
    value: (n) => `'00000000-0000-0000-0000-${String(n).padStart(12, '0')}'`,
  },
  { types: ['json'], defaults: ["'[]'", "'{}'"], value: (n) => `'[${n}]'` },
  {
    types: ['varbinary(20)', 'varbinary(40)'],
    defaults: ["x'6100'", "'ab'"],
    value: (n) => `x'${n.toString(16).padStart(4, '0')}'`,
  },
  { types: ['blob', 'longblob'], defaults: [], value: (n) => `'b${n}'` },
  { types: ['inet6'], defaults: ["'::1'"], value: (n) => `'::${n}'` },
  {
    types: ["enum('new','it''s')", "enum('new','it''s','x,y')"],
    defaults: ["'new'", "'it''s'"],
    value: (n) => (n % 2 === 0 ? "'new'" : "'it''s'"),
  },
  { types: ["set('a','b')"], defaults: ["'a,b'", "''"], value: (n) => (n % 2 ? "'a'" : "'b'") },
  { types: ['bit(3)'], defaults: ["b'101'"], value: (n) => String(n % 8) },
];

/** MariaDB, as schemas are drawn for it. */
export const DRAWN_MARIADB: DrawnDialect = {
  tested: MARIADB,
  families: FAMILIES,
  keyTypes: new Set([
    ...['smallint', 'int', 'bigint', 'int unsigned', 'bigint unsigned'],
    ...[...SHORT_TEXTS, 'uuid', 'date', 'decimal(10,2)', 'varbinary(20)'],
  ]),
  indexesVirtual: false,
  needsKeys: true,
  counterTypes: ['int', 'bigint', 'int unsigned'],
  words: ['account', 'Order Line', 'it`s "x"', 'naïve', 'select', 'a.b', "o'clock", '日本', 'x'],
  actions: [undefined, 'cascade', 'set null', 'restrict'],
  specialIndexes: [
    { tag: 'prefix', types: LONG_TEXTS, element: (column) => ({ column, prefix: 10 }) },
    {
      tag: 'words',
      types: [...SHORT_TEXTS, ...LONG_TEXTS],
      method: 'fulltext',
      element: (column) => ({ column }),
    },
    {
      tag: 'places',
      types: ['point'],
      method: 'spatial',
      needsNotNull: true,
      element: (column) => ({ column }),
    },
  ],
  keyOptions: [{ onUpdate: 'cascade' }, { onUpdate: 'set null' }],
  uniqueOptions: [],
  elementOptions: { d: { order: 'desc' } },
  indexOptions: () => [{ comment: "it's" }],
  hasVirtualColumns: true,
  integer: 'int',
  extras: (column) => [
    ...(column.nullable ? [{ invisible: true as const }] : []),
    ...(column.type === 'datetime(6)' && column.default ? [NOW_ON_UPDATE] : []),
  ],
  fits: (table) => showsSomething(table) && table.columns.every((one) => fitsIn(table, one)),
  asText: (column) => `hex(concat(${column}))`,
  oneRow: () => 'LIMIT 1',
  insertNothing: '() VALUES ()',
  isOfRows: (error) => OF_ROWS.has(Number((error as { errno?: unknown }).errno)),
};

/** A table without a column that is seen is refused. */
const showsSomething = ({ columns }: Table): boolean => columns.some(({ invisible }) => !invisible);

/** What is not seen, and is never NULL, needs a default; what a SPATIAL index is over is never NULL. */
const fitsIn = ({ indexes }: Table, { name, nullable, invisible, default: value }: Column) =>
  nullable
    ? !indexes.some(
        ({ method, elements }) =>
          method === 'spatial' && elements.some(({ column }) => column === name),
      )
    : !invisible || value !== undefined;

/** Duplicates, NULLs, orphans, checks, and values that do not fit ("MariaDB Error Codes"). */
const OF_ROWS = new Set([
  1062, 1048, 1138, 1171, 1216, 1217, 1264, 1265, 1292, 1366, 1406, 1451, 1452, 4025,
]);
