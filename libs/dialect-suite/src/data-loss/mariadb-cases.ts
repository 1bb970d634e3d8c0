import type { KeptCase } from './data-loss-case.js';
import { entity } from './data-loss-case.js';
import { OTHER_TABLE, columnCasesOn, everywhereKept, varchar } from './everywhere-cases.js';
import { LOSS_MARIADB } from './loss-dialect.js';
import { RENAME_CASES } from './rename-cases.js';

const optional = { nullable: true } as const;
const labels = (...names: readonly string[]) => ({ type: 'enum', enum: [...names] }) as const;
const mariadb = columnCasesOn(LOSS_MARIADB);

/** Changes on MariaDB after which every value is still there, but for those that are asked about first. */
export const MARIADB_KEPT_CASES: readonly KeptCase[] = [
  ...RENAME_CASES,
  ...everywhereKept(LOSS_MARIADB),
  mariadb({
    id: 'DL-3',
    change: 'varchar(10) becomes varchar(20)',
    from: varchar(10),
    to: varchar(20),
    values: [["'abc'", 'abc']],
  }),
  mariadb({
    id: 'DL-8',
    change: 'double becomes decimal, which has fewer digits',
    from: { type: 'double', ...optional },
    to: { type: 'decimal', precision: 10, scale: 2, ...optional },
    values: [['1.25', '1.25']],
    asks: ['narrow-column', 'convert'],
  }),
  mariadb({
    id: 'DL-11',
    change: 'text becomes an enum',
    from: { type: 'text', ...optional },
    to: { ...labels('a', 'b'), ...optional },
    values: [["'b'", 'b']],
  }),
  mariadb({
    id: 'DL-12',
    change: 'an enum becomes text',
    from: { ...labels('a', 'b'), ...optional },
    to: { type: 'text', ...optional },
    values: [["'b'", 'b']],
  }),
  mariadb({
    id: 'DL-14',
    change: 'text becomes uuid',
    from: { ...varchar(40), ...optional },
    to: { type: 'uuid', ...optional },
    values: [["'00000000-0000-0000-0000-00000000000a'", '00000000-0000-0000-0000-00000000000a']],
  }),
  mariadb({
    id: 'DL-17',
    change: 'a label that is new is the default at once',
    from: { ...labels('a'), ...optional },
    to: { ...labels('a', 'b'), ...optional, default: 'b' },
    values: [
      ["'a'", 'a'],
      ['NULL', null],
    ],
  }),
  mariadb({
    id: 'DL-36',
    change: 'a JSON column with a default that is an expression stays as it is',
    from: { type: 'json', default: () => `('[]')` },
    to: { type: 'json', default: () => `('[]')` },
    values: [[`'[1]'`, '[1]']],
  }),
  mariadb({
    id: 'DL-42',
    change: 'a time loses its fractions of a second',
    from: { type: 'datetime', precision: 6 },
    to: { type: 'datetime', precision: 0 },
    values: [["'2020-01-01 12:00:00.7'", '2020-01-01 12:00:00']],
    asks: ['narrow-column', 'convert'],
  }),
  OTHER_TABLE,
  {
    id: 'DL-43',
    change: 'an entity is not registered any more',
    before: [entity({ name: 'dl_43' }), entity({ name: 'dl_43_gone' })],
    after: [entity({ name: 'dl_43' })],
    insert: 'INSERT INTO dl_43 () VALUES (); INSERT INTO dl_43_gone () VALUES ()',
    query: 'SELECT id FROM dl_43',
    found: [{ id: 1 }],
    answers: { 'drop-table:dl_43_gone': 'drop' },
  },
];
