import { EntitySchema } from 'typeorm';
import { columnCase, entity } from './data-loss-case.js';
import type { KeptCase } from './data-loss-case.js';
import { ENUM_CASES } from './enum-cases.js';
import { everywhereKept, varchar } from './everywhere-cases.js';
import { LOSS_POSTGRES } from './loss-dialect.js';
import { RENAME_CASES, TABLE_RENAME_CASES } from './rename-cases.js';

const optional = { nullable: true } as const;

/** Changes after which every value is still there, but for those that are asked about first. */
export const KEPT_CASES: readonly KeptCase[] = [
  ...ENUM_CASES,
  ...RENAME_CASES,
  ...TABLE_RENAME_CASES,
  ...everywhereKept(LOSS_POSTGRES),
  columnCase({
    id: 'DL-1',
    change: 'varchar(10) becomes varchar(20)',
    from: varchar(10),
    to: varchar(20),
    values: [["'abc'", 'abc']],
  }),
  columnCase({
    id: 'DL-2',
    change: 'varchar(10) that may be null becomes varchar(20)',
    from: { ...varchar(10), ...optional },
    to: { ...varchar(20), ...optional },
    values: [
      ["'abc'", 'abc'],
      ['NULL', null],
    ],
  }),
  columnCase({
    id: 'DL-6',
    change: 'timestamp becomes timestamptz, in a zone that is asked for',
    from: { type: 'timestamp', ...optional },
    to: { type: 'timestamptz', ...optional },
    values: [["'2020-01-01 12:00'", '2020-01-01 11:00:00+00']],
    asks: ['narrow-column', `using: "c" AT TIME ZONE 'Europe/Berlin'`],
  }),
  columnCase({
    id: 'DL-7',
    change: 'json becomes jsonb',
    from: { type: 'json', ...optional },
    to: { type: 'jsonb', ...optional },
    values: [[`'{"a":1}'`, '{"a": 1}']],
  }),
  columnCase({
    id: 'DL-8',
    change: 'float becomes numeric, which has fewer digits',
    from: { type: 'double precision', ...optional },
    to: { type: 'numeric', ...optional },
    values: [['1.25', '1.25']],
    asks: ['narrow-column', 'convert'],
  }),
  columnCase({
    id: 'DL-9',
    change: 'text becomes a list of one',
    from: { type: 'text', ...optional },
    to: { type: 'text', array: true, ...optional },
    values: [
      ["'a b'", '{"a b"}'],
      ['NULL', null],
    ],
    asks: ['narrow-column', 'convert'],
  }),
  columnCase({
    id: 'DL-10',
    change: 'a simple-array becomes a list, taken apart as the answer says',
    from: { type: 'simple-array', ...optional },
    to: { type: 'text', array: true, ...optional },
    values: [["'a,b'", '{a,b}']],
    asks: ['narrow-column', `using:string_to_array("c", ',')`],
  }),
  columnCase({
    id: 'DL-11',
    change: 'text becomes an enum',
    from: { type: 'text', ...optional },
    to: { type: 'enum', enum: ['a', 'b'], ...optional },
    values: [["'b'", 'b']],
  }),
  columnCase({
    id: 'DL-12',
    change: 'an enum becomes text, and the type goes',
    from: { type: 'enum', enum: ['a', 'b'], ...optional },
    to: { type: 'text', ...optional },
    values: [["'b'", 'b']],
  }),
  columnCase({
    id: 'DL-13',
    change: 'int becomes boolean',
    from: { type: 'int', ...optional },
    to: { type: 'boolean', ...optional },
    values: [
      ['0', 'false'],
      ['7', 'true'],
    ],
    asks: ['narrow-column', 'convert'],
  }),
  columnCase({
    id: 'DL-14a',
    change: 'text becomes uuid',
    from: { type: 'text', ...optional },
    to: { type: 'uuid', ...optional },
    values: [["'00000000-0000-0000-0000-00000000000a'", '00000000-0000-0000-0000-00000000000a']],
  }),
  columnCase({
    id: 'DL-14b',
    change: 'simple-json becomes jsonb',
    from: { type: 'simple-json', ...optional },
    to: { type: 'jsonb', ...optional },
    values: [[`'{"a":[1]}'`, '{"a": [1]}']],
  }),
  columnCase({
    id: 'DL-14c',
    change: 'varchar(10)[] becomes varchar(20)[]',
    from: { ...varchar(10), array: true, ...optional },
    to: { ...varchar(20), array: true, ...optional },
    values: [[`'{a,"b c"}'`, '{a,"b c"}']],
  }),
  {
    id: 'DL-24',
    change: 'an entity has its table in another schema',
    before: [entity({ name: 'dl_24', columns: { a: { type: 'enum', enum: ['x'] } } })],
    after: [
      entity({ name: 'dl_24', schema: 'other', columns: { a: { type: 'enum', enum: ['x'] } } }),
    ],
    insert: `INSERT INTO dl_24 (a) VALUES ('x')`,
    query: `INSERT INTO other.dl_24 (a) VALUES ('x') RETURNING id, (SELECT a::text FROM other.dl_24) AS first`,
    found: [{ id: 2, first: 'x' }],
  },
  {
    id: 'DL-26',
    change: 'an int key that others refer to becomes a bigint',
    before: parentAndChild('int'),
    after: parentAndChild('bigint'),
    insert: `INSERT INTO dl_26 (name) VALUES ('a'), ('b'); INSERT INTO dl_26_child (parent) VALUES (2)`,
    query: `SELECT c.parent::text AS parent, p.name, (SELECT format_type(seqtypid, null) FROM pg_sequence
      WHERE seqrelid = pg_get_serial_sequence('dl_26', 'id')::regclass) AS counter
      FROM dl_26_child c JOIN dl_26 p ON p.id = c.parent`,
    found: [{ parent: '2', name: 'b', counter: 'bigint' }],
  },
  {
    id: 'DL-35',
    change: 'a join table is an entity with a column of its own, and nothing changes',
    before: joined(),
    after: joined(),
    insert: `INSERT INTO dl_35 DEFAULT VALUES; INSERT INTO dl_35_b DEFAULT VALUES;
      INSERT INTO dl_35_join VALUES (1, 1, 42)`,
    query: 'SELECT extra FROM dl_35_join',
    found: [{ extra: 42 }],
  },
  columnCase({
    id: 'DL-42',
    change: 'a time loses its fractions of a second',
    from: { type: 'timestamp', precision: 6 },
    to: { type: 'timestamp', precision: 0 },
    values: [["'2020-01-01 12:00:00.7'", '2020-01-01 12:00:01']],
    asks: ['narrow-column', 'convert'],
  }),
  {
    id: 'DL-43',
    change: 'an entity is not registered any more',
    before: [entity({ name: 'dl_43' }), entity({ name: 'dl_43_gone' })],
    after: [entity({ name: 'dl_43' })],
    insert: 'INSERT INTO dl_43 DEFAULT VALUES; INSERT INTO dl_43_gone DEFAULT VALUES',
    query: `SELECT count(*)::int AS count, to_regclass('dl_43_gone') AS gone FROM dl_43`,
    found: [{ count: 1, gone: null }],
    answers: { 'drop-table:dl_43_gone': 'drop' },
  },
];

function parentAndChild(type: 'int' | 'bigint') {
  return [
    entity({ name: 'dl_26', id: { type }, columns: { name: { type: 'text' } } }),
    entity({
      name: 'dl_26_child',
      relations: {
        parent: { type: 'many-to-one', target: 'dl_26', joinColumn: { name: 'parent' } },
      },
    }),
  ];
}

function joined() {
  const joinTable = {
    name: 'dl_35_join',
    joinColumn: { name: 'a' },
    inverseJoinColumn: { name: 'b' },
  };
  return [
    entity({
      name: 'dl_35',
      relations: { others: { type: 'many-to-many', target: 'dl_35_b', joinTable } },
    }),
    entity({ name: 'dl_35_b' }),
    new EntitySchema({
      name: 'dl_35_join',
      columns: {
        a: { type: 'int', primary: true },
        b: { type: 'int', primary: true },
        extra: { type: 'int', default: 0 },
      },
    }),
  ];
}
