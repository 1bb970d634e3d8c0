import { mariadbDialect } from '@nest-alembic/core';
import type { Connection, Operation } from '@nest-alembic/core';
import { createMysqlDatabase, type TestDatabase } from '@nest-alembic/testing';

/** What a session of migrations has. */
const STRICT = `SET SESSION sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'`;

const table = { schema: null, name: 'Odd `t`' };
const own = { table } as const;

interface Case {
  /** Of the table, in SQL; the column that is asked about is `a b`. */
  readonly columns: string;
  readonly values: string;
  readonly operation: Operation;
  /** How many are in the way; 0 where the server takes the operation and every value is what it was. */
  readonly rows: number;
  /** The server has no word against it: the values become others. */
  readonly silent?: true;
}

type Alteration = Extract<Operation, { kind: 'alterColumn' }>['to'];
const alter = (to: Alteration, from: Alteration = {}): Operation => ({
  ...own,
  kind: 'alterColumn',
  name: 'a b',
  from,
  to,
});
const type = (from: string, to: string): Operation =>
  alter({ ...WHOLE, type: to }, { ...WHOLE, type: from });
const WHOLE = {
  nullable: true,
  default: null,
  onUpdate: null,
  generated: null,
  autoIncrement: null,
  charset: null,
  collation: null,
  invisible: null,
  comment: null,
} as const;

const typed = (from: string, to: string, values: string, rows: number, silent?: true) =>
  [
    `${from} to ${to}: ${values}`,
    {
      columns: `\`a b\` ${from}`,
      values,
      operation: type(from, to),
      rows,
      ...(silent && { silent }),
    },
  ] as const;
const unique: Operation = {
  ...own,
  kind: 'addConstraint',
  added: { type: 'unique', constraint: { name: 'u', columns: ['a b', 'c'] } },
};
const check: Operation = {
  ...own,
  kind: 'addConstraint',
  added: { type: 'check', constraint: { name: 'k', expression: '`a b` > 0' } },
};
const refers: Operation = {
  ...own,
  kind: 'addConstraint',
  added: {
    type: 'foreignKey',
    constraint: { name: 'f', columns: ['c'], referencedTable: table, referencedColumns: ['a b'] },
  },
};
const index = (prefix?: number): Operation => ({
  ...own,
  kind: 'createIndex',
  index: {
    name: 'i',
    unique: true,
    elements: [{ column: 'a b', ...(prefix !== undefined && { prefix }) }],
  },
});
const newColumn = (column: object): Operation => ({
  ...own,
  kind: 'addColumn',
  column: { name: 'n', type: 'int', nullable: false, ...column } as never,
});

const CASES: readonly (readonly [string, Case])[] = [
  [
    'a column that must not be null, without a default',
    {
      columns: 'c int',
      values: '(1), (2)',
      operation: newColumn({}),
      rows: 2,
      silent: true,
    },
  ],
  [
    'one with a default',
    { columns: 'c int', values: '(1)', operation: newColumn({ default: '1' }), rows: 0 },
  ],
  [
    'nulls',
    {
      columns: '`a b` int',
      values: '(1), (NULL)',
      operation: alter({ ...WHOLE, type: 'int', nullable: false }, { ...WHOLE, type: 'int' }),
      rows: 1,
    },
  ],
  [
    'no nulls',
    {
      columns: '`a b` int',
      values: '(1)',
      operation: alter({ ...WHOLE, type: 'int', nullable: false }, { ...WHOLE, type: 'int' }),
      rows: 0,
    },
  ],
  [
    'values that are there twice, but for nulls',
    {
      columns: '`a b` int, c int',
      values: '(1, 1), (1, 1), (2, NULL), (2, NULL)',
      operation: unique,
      rows: 1,
    },
  ],
  [
    'values that differ in one column',
    { columns: '`a b` int, c int', values: '(1, 1), (1, 2)', operation: unique, rows: 0 },
  ],
  [
    'texts that the collation takes as equal',
    { columns: '`a b` varchar(9)', values: "('a'), ('A')", operation: index(), rows: 1 },
  ],
  [
    'texts that begin alike, under a prefix',
    { columns: '`a b` varchar(9)', values: "('abcd'), ('abce')", operation: index(3), rows: 1 },
  ],
  [
    'texts that begin otherwise, under a prefix',
    { columns: '`a b` varchar(9)', values: "('abcd'), ('abxe')", operation: index(3), rows: 0 },
  ],
  [
    'rows that refer to nothing',
    {
      columns: '`a b` int PRIMARY KEY, c int',
      values: '(1, 1), (2, 7), (3, NULL)',
      operation: refers,
      rows: 1,
    },
  ],
  [
    'rows that refer to each other',
    {
      columns: '`a b` int PRIMARY KEY, c int',
      values: '(1, 2), (2, 1)',
      operation: refers,
      rows: 0,
    },
  ],
  [
    'a check that does not hold, but for null',
    { columns: '`a b` int', values: '(1), (0), (NULL)', operation: check, rows: 1 },
  ],
  ['a check that holds', { columns: '`a b` int', values: '(1)', operation: check, rows: 0 }],
  typed('bigint', 'int', '(2147483647), (2147483648), (NULL)', 1),
  typed('int', 'int unsigned', '(1), (-1)', 1),
  typed('int', 'tinyint', '(127), (-128), (128)', 1),
  typed('bigint unsigned', 'bigint', '(1), (18446744073709551615)', 1),
  typed('decimal(10,2)', 'int', '(1.00), (1.50)', 1, true),
  typed('decimal(10,2)', 'decimal(6,1)', '(1.50), (1.55)', 1, true),
  typed('decimal(10,2)', 'decimal(4,2)', '(99.99), (100.00)', 1),
  typed('double', 'decimal(6,2)', '(1.25), (-9999)', 0),
  typed('double', 'decimal(6,2)', '(1.255), (10000)', 2),
  typed('varchar(9)', 'int', "('12'), ('-3')", 0),
  typed('varchar(9)', 'int', "('12'), ('1a'), ('')", 2),
  typed('varchar(9)', 'decimal(4,1)', "('1.5'), ('x')", 1),
  typed('varchar(9)', 'varchar(3)', "('abc'), ('äöü'), ('abcd')", 1),
  typed('varchar(9)', 'char(3)', "('abc'), ('a ')", 1, true),
  typed('text', 'varchar(3)', "('abc'), ('abcd')", 1),
  typed('longtext', 'tinytext', "('abc'), (REPEAT('x', 256))", 1),
  typed('longtext', 'text', "(REPEAT('ä', 40000))", 1),
  typed('varbinary(9)', 'varbinary(2)', "(X'0102'), (X'010203')", 1),
  typed('blob', 'tinyblob', "(X'01'), (REPEAT('x', 256))", 1),
  typed("enum('a','b')", "enum('a')", "('a'), ('b')", 1),
  typed("enum('a','b')", "enum('b','a','c')", "('a'), ('b')", 0),
  typed("set('a','b')", "set('a')", "('a'), ('a,b')", 1),
  typed('varchar(9)', "enum('a','b')", "('a'), ('c'), ('')", 2),
  typed('varchar(20)', 'datetime', "('2020-01-01'), ('soon')", 1),
  typed('datetime(6)', 'datetime', "('2020-01-01 10:00:00.5'), ('2020-01-01 10:00:00')", 1, true),
  typed('datetime(6)', 'datetime(3)', "('2020-01-01 10:00:00.123')", 0),
  typed('datetime', 'date', "('2020-01-01 10:00:00'), ('2020-01-02')", 1, true),
  typed('datetime', 'timestamp', "('2020-01-01 10:00:00'), ('1900-01-01 10:00:00')", 1),
  typed('int', 'year', '(2020), (1)', 1, true),
  typed('bit(8)', 'bit(4)', "(b'1111'), (b'11111')", 1),
  typed('longtext', 'json', `('{"a": 1}'), ('{a')`, 1),
  typed('varchar(36)', 'uuid', "('6ccd780c-baba-1026-9564-5b8c65602401'), ('x')", 1),
];

let database: TestDatabase;
let connection: Connection;
beforeAll(async () => {
  database = await createMysqlDatabase();
  connection = await database.connect();
  await connection.script(STRICT);
});
afterAll(() => database.drop());

const name = mariadbDialect.quoting.identifier(table.name);
/** Every row as texts: numbers and moments without needless digits, whatever their type. */
const values = async () => {
  const { rows: columns } = await connection.query(`SHOW COLUMNS FROM ${name}`);
  const texts = columns.map(({ Field, Type }, at) => {
    const column = mariadbDialect.quoting.identifier(String(Field));
    const isBytes = /binary|blob|^bit/.test(String(Type));
    return `${isBytes ? `HEX(${column})` : `CAST(${column} AS CHAR)`} AS c${at}`;
  });
  const { rows } = await connection.query(`SELECT ${texts.join(', ')} FROM ${name}`);
  return rows.map((row) => JSON.stringify(Object.values(row).map(plain))).sort();
};
const plain = (value: unknown): unknown =>
  /^[-\d :]+\.\d+$/.test(String(value)) ? String(value).replace(/\.?0*$/, '') : value;

it.each(CASES)('counts the rows in the way: %s', async (_, item) => {
  const { columns, values: inserted, operation, rows, silent } = item;
  await connection.script(
    `DROP TABLE IF EXISTS ${name}; CREATE TABLE ${name} (${columns}); INSERT INTO ${name} VALUES ${inserted}`,
  );
  let found = 0;
  for (const { sql } of mariadbDialect.prechecks(operation)) {
    const [row] = (await connection.query(sql)).rows;
    found += Number(row?.['rows']);
  }
  expect(found).toBe(rows);
  const before = await values();
  const refused = await connection.script(mariadbDialect.compile(operation).join(';\n')).then(
    () => false,
    () => true,
  );
  // What the count says is so: the server refuses, or makes other values of them.
  expect(refused).toBe(rows > 0 && silent !== true);
  if (refused || operation.kind === 'addColumn') return;
  const after = await values();
  expect(after.join() === before.join()).toBe(rows === 0);
});
