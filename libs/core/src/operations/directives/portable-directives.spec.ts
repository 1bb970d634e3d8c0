import { MigrationError } from '../../errors/migration-error.js';
import { syntaxOf } from '../../dialects/mysql/mysql-syntax.js';
import { postgresSyntax } from '../../dialects/postgres/postgres-syntax.js';
import { sqliteSyntax } from '../../dialects/sqlite/sqlite-syntax.js';
import type { PortableType } from '../../schema/portable-type.js';
import { createOperations } from '../create-operations.js';
import type { Operation, OperationOf } from '../operation.js';
import type { Operations } from '../operations-api.js';
import { portableDirectives } from './portable-directives.js';

const DIALECTS = [postgresSyntax, syntaxOf('mariadb'), syntaxOf('mysql'), sqliteSyntax];
const { type } = portableDirectives;

/** What a call of `op` makes on PostgreSQL, MariaDB, MySQL and SQLite. */
function madeOnEach(call: (op: Operations) => unknown): readonly Operation[] {
  return DIALECTS.map(({ quoting, portable }) => {
    const made: Operation[] = [];
    const submit = async (one: Operation): Promise<void> => void made.push(one);
    call(createOperations({ literal: quoting.literal, portable, submit }));
    return made[0] as Operation;
  });
}

const SPELLINGS: readonly (readonly [PortableType, readonly string[]])[] = [
  [type.string(50), ['character varying(50)', 'varchar(50)', 'varchar(50)', 'varchar(50)']],
  [type.string(), ['character varying', 'varchar(255)', 'varchar(255)', 'varchar']],
  [type.text(), ['text', 'text', 'text', 'text']],
  [type.integer(), ['integer', 'int', 'int', 'integer']],
  [type.smallint(), ['smallint', 'smallint', 'smallint', 'smallint']],
  [type.bigint(), ['bigint', 'bigint', 'bigint', 'bigint']],
  [type.boolean(), ['boolean', 'tinyint', 'tinyint', 'boolean']],
  [type.decimal(12, 2), ['numeric(12,2)', 'decimal(12,2)', 'decimal(12,2)', 'decimal(12,2)']],
  [type.decimal(8), ['numeric(8,0)', 'decimal(8,0)', 'decimal(8,0)', 'decimal(8,0)']],
  [type.float(), ['real', 'float', 'float', 'float']],
  [type.double(), ['double precision', 'double', 'double', 'double precision']],
  [type.date(), ['date', 'date', 'date', 'date']],
  [type.time(), ['time without time zone', 'time', 'time', 'time']],
  [type.time({ precision: 3 }), ['time(3) without time zone', 'time(3)', 'time(3)', 'time(3)']],
  [type.timestamp(), ['timestamp without time zone', 'datetime(6)', 'datetime(6)', 'datetime']],
  [
    type.timestamp({ precision: 0 }),
    ['timestamp(0) without time zone', 'datetime', 'datetime', 'datetime(0)'],
  ],
  [
    type.timestamp({ timezone: true }),
    ['timestamp with time zone', 'timestamp(6)', 'timestamp(6)', 'datetime'],
  ],
  [type.json(), ['json', 'json', 'json', 'json']],
  [type.json({ binary: true }), ['jsonb', 'json', 'json', 'jsonb']],
  [type.uuid(), ['uuid', 'uuid', 'varchar(36)', 'varchar']],
  [type.binary(), ['bytea', 'blob', 'blob', 'blob']],
];

it.each(SPELLINGS)('%j is spelled as %j', (portable, spelled) => {
  expect(DIALECTS.map((dialect) => dialect.portable.type(portable))).toEqual(spelled);
});

it('what an operation has is the canonical spelling of its dialect', () => {
  for (const dialect of DIALECTS) {
    for (const [portable] of SPELLINGS) {
      const spelled = dialect.portable.type(portable);
      expect(dialect.canonicalType(spelled)).toBe(spelled);
    }
  }
});

it('a portable type is frozen data, the same for every database', () => {
  expect(type.timestamp({ timezone: true, precision: 3 })).toEqual({
    portable: 'timestamp',
    timezone: true,
    precision: 3,
  });
  expect(type.timestamp({ timezone: false })).toEqual({ portable: 'timestamp' });
  expect(Object.isFrozen(type.string(5))).toBe(true);
});

it('a new column takes a portable type', () => {
  const made = madeOnEach((op) => op.addColumn('t', 'c', op.type.boolean(), { default: true }));
  expect(made.map((one) => (one as OperationOf<'addColumn'>).column)).toEqual([
    { name: 'c', type: 'boolean', nullable: true, default: 'true' },
    { name: 'c', type: 'tinyint', nullable: true, default: 'true' },
    { name: 'c', type: 'tinyint', nullable: true, default: 'true' },
    { name: 'c', type: 'boolean', nullable: true, default: '1' },
  ]);
});

it('a change of type takes one on both sides, and so does a batch', () => {
  const change = [{ type: type.bigint() }, { from: { type: type.integer() } }] as const;
  for (const call of [
    (op: Operations) => op.alterColumn('t', 'c', ...change),
    (op: Operations) => op.batchAlterTable('t', (batch) => batch.alterColumn('c', ...change)),
  ]) {
    const [postgres, mariadb] = madeOnEach(call);
    expect(JSON.stringify(postgres)).toContain('"to":{"type":"bigint"},"from":{"type":"integer"}');
    expect(JSON.stringify(mariadb)).toContain('"to":{"type":"bigint"},"from":{"type":"int"}');
  }
});

it('a batch adds a column of a portable type', () => {
  const made = madeOnEach((op) =>
    op.batchAlterTable('t', (batch) =>
      batch.addColumn('c', op.type.timestamp(), { default: op.now() }),
    ),
  );
  expect(made.map((one) => JSON.stringify(one))).toEqual([
    expect.stringContaining('"default":"now()"'),
    expect.stringContaining('"default":"CURRENT_TIMESTAMP(6)"'),
    expect.stringContaining('"default":"CURRENT_TIMESTAMP(6)"'),
    expect.stringContaining(`"default":"datetime('now')"`),
  ]);
});

it('op.now() has the digits of its column, where the database wants them to be equal', () => {
  const table = (op: Operations) =>
    op.createTable('t', (t) => [
      t.column('a', op.type.timestamp({ precision: 0 }), { default: op.now(), onUpdate: op.now() }),
      t.column('b', op.type.timestamp({ timezone: true, precision: 3 }), { default: op.now() }),
    ]);
  const [, mariadb] = madeOnEach(table) as readonly OperationOf<'createTable'>[];
  expect(mariadb?.table.columns).toMatchObject([
    { default: 'CURRENT_TIMESTAMP', onUpdate: 'CURRENT_TIMESTAMP' },
    { default: 'CURRENT_TIMESTAMP(3)' },
  ]);
});

it('op.now() is a value of a row, and a default by itself', () => {
  const [row] = madeOnEach((op) => op.bulkInsert('t', [{ at: op.now() }]));
  expect(row).toMatchObject({ rows: [['now()']] });
  const [, change] = madeOnEach((op) => op.alterColumn('t', 'c', { default: op.now() }));
  expect(change).toMatchObject({ to: { default: 'CURRENT_TIMESTAMP(6)' } });
});

const REFUSED: readonly (readonly [string, () => unknown, string])[] = [
  ['a length of 0', () => type.string(0), 'argument "length" of op.type.string'],
  ['a scale above the precision', () => type.decimal(4, 5), 'argument "scale" of op.type.decimal'],
  ['a precision of 7', () => type.time({ precision: 7 }), '"options.precision" of op.type.time'],
  ['an unknown option', () => type.json({ binar: true } as object), 'Did you mean "binary"?'],
  [
    'a moment as a type',
    () => madeOnEach((op) => op.addColumn('t', 'c', op.now() as never)),
    'is the portable value "now", which is no type',
  ],
];

it.each(REFUSED)('refuses %s', (_, call, text) => {
  expect(call).toThrow(MigrationError);
  expect(call).toThrow(text);
});

it('without a dialect a portable type is refused, not passed on', () => {
  const op = createOperations({ literal: String, submit: () => Promise.resolve() });
  expect(() => op.addColumn('t', 'c', op.type.text())).toThrow('no dialect is there to spell it');
});
