import { EntitySchema } from 'typeorm';
import { columnCase, entity } from './data-loss-case.js';
import type { KeptCase } from './data-loss-case.js';

const optional = { nullable: true } as const;
const labels = (...names: readonly string[]) => ({ type: 'enum', enum: [...names] }) as const;

/** Changes of enums after which every row says what it said, or what was answered. */
export const ENUM_CASES: readonly KeptCase[] = [
  {
    ...columnCase({
      id: 'DL-15',
      change: 'an enum loses a label that rows have: they get the one that was answered',
      from: labels('a', 'b'),
      to: labels('a'),
      values: [
        ["'b'", 'a'],
        ["'a'", 'a'],
      ],
    }),
    answers: { 'remove-label:dl_15_c_enum.b': 'replace:a' },
  },
  {
    ...columnCase({
      id: 'DL-16',
      change: 'a label has another name, also as the default and in a check',
      from: { ...labels('x', 'y'), default: 'x' },
      to: { ...labels('xx', 'y'), default: 'xx' },
      values: [
        ["'x'", 'xx'],
        ["'y'", 'y'],
      ],
    }),
    answers: { 'rename-label:dl_16_c_enum.xx': 'from:x' },
  },
  columnCase({
    id: 'DL-17a',
    change: 'a label that is new is the default at once',
    from: { ...labels('a'), ...optional },
    to: { ...labels('a', 'b'), ...optional, default: 'b' },
    values: [
      ["'a'", 'a'],
      ['NULL', null],
    ],
  }),
  {
    id: 'DL-17b',
    change: 'a label that is new is in a check at once',
    before: [entity({ name: 'dl_17b', columns: { c: labels('a') } })],
    after: [
      entity({
        name: 'dl_17b',
        columns: { c: labels('a', 'b') },
        checks: [{ name: 'ck_dl_17b', expression: "c IN ('a', 'b')" }],
      }),
    ],
    insert: `INSERT INTO dl_17b (c) VALUES ('a')`,
    query: 'SELECT c::text AS c FROM dl_17b',
    found: [{ c: 'a' }],
  },
  {
    id: 'DL-18',
    change: 'an enum loses a label, and an index has a predicate on the column',
    before: [withPartialIndex('a', 'b', 'c')],
    after: [withPartialIndex('a', 'b')],
    insert: `INSERT INTO dl_18 (c) VALUES ('a')`,
    query: `SELECT c::text AS c, (SELECT count(*)::int FROM pg_indexes WHERE indexname = 'ix_dl_18') AS indexes FROM dl_18`,
    found: [{ c: 'a', indexes: 1 }],
    answers: { 'remove-label:dl_18_c_enum.c': 'drop' },
  },
  {
    id: 'DL-19',
    change: 'an enum loses a label, and a view reads the column',
    before: withView('a', 'b', 'c'),
    after: withView('a', 'b'),
    insert: `INSERT INTO dl_19 (c) VALUES ('a'), ('c'), ('b')`,
    query: `SELECT id, c::text AS c FROM dl_19_view ORDER BY id`,
    found: [
      { id: 1, c: 'a' },
      { id: 2, c: 'b' },
      { id: 3, c: 'b' },
    ],
    answers: { 'remove-label:dl_19_c_enum.c': 'replace:b' },
  },
];

function withPartialIndex(...names: readonly string[]) {
  return entity({
    name: 'dl_18',
    columns: { c: labels(...names) },
    indices: [{ name: 'ix_dl_18', columns: ['id'], where: "c = 'a'" }],
  });
}

function withView(...names: readonly string[]) {
  return [
    entity({ name: 'dl_19', columns: { c: labels(...names) } }),
    new EntitySchema<{ id: number }>({
      name: 'dl_19_view',
      type: 'view',
      expression: 'SELECT id, c FROM dl_19',
      columns: {},
    }),
  ];
}
