import { column, table } from '../../autogenerate/model.fixture.js';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { Table } from '../../schema/schema-model.js';
import { createSpecDatabase, onServer } from '../testing/database.fixture.js';
import type { SpecDatabase } from '../testing/database.fixture.js';
import { dumpOf } from '../testing/dump.fixture.js';
import { errorOf, leaksOf } from '../testing/migrator.fixture.js';
import { entityView, ObjectStory } from '../testing/object-story.fixture.js';

let database: SpecDatabase;
const reader = `generated_${process.pid}_reader`;

beforeAll(async () => {
  database = await createSpecDatabase();
  await onServer(`CREATE ROLE ${reader}`);
});
afterEach(async () => {
  expect(await leaksOf(database)).toEqual([]);
});
afterAll(async () => {
  await database.drop();
  await onServer(`DROP ROLE ${reader}`);
});

const price = (type: string) => column('price', type);
const total = (expression: string) =>
  column('total', 'numeric', {
    generated: { expression, stored: true },
    nullable: false,
    comment: 'derived',
  });
const columns = (type: string, rest = total('((price * (2)::numeric))')) => [
  price(type),
  column('code', 'text', { nullable: false, default: `'x'` }),
  rest,
];
const bill = (): Table => ({
  ...table('bill', [column('id', 'integer', { nullable: false }), column('total', 'numeric')], {
    primaryKey: { name: 'bill_pkey', columns: ['id'] },
    foreignKeys: [
      {
        name: 'fk_bill_total',
        columns: ['total'],
        referencedTable: { schema: null, name: 'account' },
        referencedColumns: ['total'],
        entity: 'Bill',
      },
    ],
  }),
  entity: 'Bill',
});
const dearOnes = entityView('dear', 'SELECT id, total FROM account');
const model = { tables: [bill()], views: [dearOnes] };

const begin = (given = columns('numeric(10,2)'), state = {}) =>
  ObjectStory.begin(database, { dialect: postgresDialect, columns: given, ...state });

const ROWS = `INSERT INTO account (id, price) VALUES (1, 10.5), (4, 3)`;

const BY_HAND = `
  ALTER TABLE account ADD CONSTRAINT uq_total UNIQUE (total);
  CREATE INDEX by_hand ON account (total DESC, code); COMMENT ON INDEX by_hand IS 'of an index';
  ALTER TABLE account ADD CONSTRAINT ck_hand CHECK (total >= 0);
  CREATE STATISTICS both_columns ON total, code FROM account; COMMENT ON STATISTICS both_columns IS 'of statistics';
  ALTER TABLE account ALTER COLUMN total SET STATISTICS 400;
  GRANT SELECT (total), UPDATE (price) ON account TO ${reader}`;

/** All that the server says, but for the order of columns, which the new one ends. */
const state = async (story: ObjectStory) => ({
  schema: ((await dumpOf(database)) ?? '')
    .split('\n')
    .map((line) => line.replace(/,$/, ''))
    .sort(),
  catalog: await story.catalog(),
  statistics: await story.run(
    `SELECT attname, attstattarget AS target, attacl::text AS acl FROM pg_attribute
      WHERE attrelid = 'account'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attname`,
  ),
  rows: await story.run('SELECT id, price::text, total::text, code FROM account ORDER BY id'),
});

/** The same but for the type of the price. */
const alike = <T>(value: T): T =>
  JSON.parse(
    JSON.stringify(value).replaceAll(/numeric\(1\d,2\)|numeric\(1\d,3\)/g, 'numeric(x)'),
  ) as T;

describe('a generated column that reads a column whose type changes', () => {
  it('PG-M8: is dropped before and added behind with the indexes, keys and views on it, and with what only the server knows', async () => {
    const story = await begin();
    await story.run(`${ROWS}; ${BY_HAND}`);
    await story.step({ columns: columns('numeric(10,2)'), model });
    await story.run('INSERT INTO bill VALUES (1, 21.00)');
    const before = await state(story);
    const { changes, text } = await story.step({ columns: columns('numeric(12,2)'), model });
    expect(changes).toEqual([
      'drop view dear',
      'drop foreign key fk_bill_total of bill',
      'drop index by_hand of account',
      'drop unique constraint uq_total of account',
      'drop check constraint ck_hand of account',
      'drop column account.total',
      'alter column account.price: type',
      'add column account.total',
      'add unique constraint uq_total to account',
      'add check constraint ck_hand to account',
      'create index by_hand on account',
      'add foreign key fk_bill_total to bill',
      'create view dear',
    ]);
    expect(text).not.toContain('are gone');
    expect(text.match(/anew: true/g)).toHaveLength(8);
    const after = await state(story);
    expect(after).not.toEqual(before);
    expect(alike(after)).toEqual(alike(before));
    expect(after.rows).toEqual([
      { id: 1, price: '10.50', total: '21.00', code: 'x' },
      { id: 4, price: '3.00', total: '6.00', code: 'x' },
    ]);
    await story.migrator.downgrade('-1');
    expect(await state(story)).toEqual(before);
  });

  it('is added with its new expression, and may be new, or go, in the same revision', async () => {
    const derived = (name: string, expression: string) =>
      column(name, 'text', { generated: { expression, stored: true } });
    const plain = column('code', 'text');
    const story = await begin([
      price('integer'),
      derived('old', '(price)::text'),
      derived('both', `((price)::text || '!'::text)`),
      derived('on_gone', '(leaves)::text'),
      column('leaves', 'integer'),
      plain,
    ]);
    await story.run('INSERT INTO account (id, price) VALUES (1, 7)');
    const next = [
      price('bigint'),
      derived('both', `((price)::text || '?'::text)`),
      derived('added', '((price * 2))::text'),
      plain,
    ];
    const { changes } = await story.step({ columns: next });
    expect(changes).toEqual([
      'drop column account.old',
      'drop column account.on_gone',
      'drop column account.both',
      'alter column account.price: type',
      'add column account.added',
      'add column account.both',
      'drop column account.leaves',
    ]);
    expect(await story.run('SELECT price, "both", added FROM account')).toEqual([
      { price: '7', both: '7?', added: '14' },
    ]);
  });

  it('PG-M8: keeps its rights and statistics also where only its expression changes', async () => {
    const story = await begin();
    await story.run(`${ROWS}; ${BY_HAND}`);
    const before = await state(story);
    await story.step({ columns: columns('numeric(10,2)', total('((price * (3)::numeric))')) });
    const after = await state(story);
    expect(after.rows).toMatchObject([{ total: '31.50' }, { total: '9.00' }]);
    expect(after.statistics).toEqual(before.statistics);
    expect(after.schema.map((line) => line.replace('(3)', '(2)'))).toEqual(before.schema);
  });

  it('DL-18: is made anew around an enum that is replaced, also where it is of that enum itself', async () => {
    const kind = (labels: readonly string[]) => ({
      enums: [{ schema: null, name: 'kind', labels, entity: 'Account' }],
    });
    const given = [
      column('kind', 'kind'),
      column('is_a', 'boolean', {
        generated: { expression: `(kind = 'a'::kind)`, stored: true },
      }),
      column('other', 'kind', {
        generated: {
          expression: `CASE WHEN (id > 1) THEN 'b'::kind ELSE 'a'::kind END`,
          stored: true,
        },
      }),
    ];
    const story = await begin(given, { model: kind(['a', 'b', 'c']) });
    await story.run(`INSERT INTO account (id, kind) VALUES (1, 'a'), (2, 'b')`);
    await story.step({ columns: given, model: kind(['b', 'a']) });
    expect(await story.run('SELECT id, is_a, other FROM account ORDER BY id')).toEqual([
      { id: 1, is_a: true, other: 'a' },
      { id: 2, is_a: false, other: 'b' },
    ]);
  });

  it('gives back what no comparison sees: indexes that filters leave out, and those of one partition', async () => {
    const story = await begin([]);
    await story.run(`CREATE TABLE day (id integer NOT NULL, price integer, total integer GENERATED ALWAYS AS (price * 2) STORED) PARTITION BY RANGE (id);
      CREATE TABLE day_1 PARTITION OF day FOR VALUES FROM (1) TO (10); INSERT INTO day VALUES (1, 4);
      CREATE INDEX of_one ON day_1 (total, id); CREATE INDEX tuned_1 ON day_1 (total); CREATE INDEX tuned ON day (total);
      ALTER TABLE day_1 ADD CONSTRAINT ck_one CHECK (total > 0); COMMENT ON CONSTRAINT ck_one ON day_1 IS 'of one'`);
    const day = (type: string) => ({
      tables: [
        table('day', [
          column('id', 'integer', { nullable: false }),
          column('price', type),
          column('total', 'integer', {
            generated: { expression: '(price * 2)', stored: true },
          }),
        ]),
      ],
    });
    const kept = () =>
      story.run(`SELECT concat_ws(' ', pg_get_indexdef(indexrelid), indisvalid, (SELECT 'of ' || inhparent::regclass FROM pg_inherits WHERE inhrelid = indexrelid)) AS line FROM pg_index WHERE indrelid::regclass::text LIKE 'day%'
        UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid), obj_description(oid)) FROM pg_constraint
        WHERE contype = 'c' AND conrelid::regclass::text LIKE 'day%' ORDER BY line`);
    const before = await kept();
    expect(before).toHaveLength(4);
    story.say({ model: day('smallint') });
    const app = story.migratorWith({
      newId: () => 'smaller',
      includeName: (name) => !String(name).startsWith('tuned'),
    });
    await app.revision({ message: 'smaller', autogenerate: true, allowDestructive: true });
    await app.upgrade('head');
    expect(await kept()).toEqual(before);
    expect(await story.run('SELECT * FROM day')).toEqual([{ id: 1, price: 4, total: 8 }]);
    await app.downgrade('-1');
    expect(await kept()).toEqual(before);
  });

  it('a plain column is refused, as its values would be lost', async () => {
    const story = await begin();
    await story.run(ROWS);
    const before = await state(story);
    const drop = { kind: 'dropColumn', table: { schema: null, name: 'account' } } as const;
    const [remember = ''] = postgresDialect.compile({ ...drop, name: 'price', anew: true });
    await expect(story.run(remember)).rejects.toThrow('column price of "account" has values');
    expect(await state(story)).toEqual(before);
    expect(postgresDialect.compile({ ...drop, name: 'total', anew: true })).toHaveLength(2);
  });

  it('comes with all that it has from a script, too', async () => {
    const story = await begin();
    await story.run(`${ROWS}; ${BY_HAND}`);
    const before = await state(story);
    story.say({ columns: columns('numeric(12,2)') });
    const app = story.migratorWith({ newId: () => 'wider' });
    await app.revision({ message: 'wider', autogenerate: true });
    const { sql } = await app.upgrade('rev1:wider', { sql: true });
    await story.run(String(sql));
    expect(alike(await state(story))).toEqual(alike(before));
  });
});

describe('what others made on a generated column, or as one', () => {
  const asking = (answers: Readonly<Record<string, string>> = {}) => ({
    message: 'next',
    autogenerate: true,
    answers,
  });

  it('a generated column of others is made anew when an answer says so, and stays nobody’s', async () => {
    const story = await begin([price('integer')]);
    await story.run(`INSERT INTO account (id, price) VALUES (1, 7);
      ALTER TABLE account ADD COLUMN doubled integer GENERATED ALWAYS AS (price * 2) STORED; CREATE INDEX by_hand ON account (doubled)`);
    const before = await story.catalog();
    story.say({ columns: [price('bigint')] });
    const app = story.migratorWith({ newId: () => 'larger' });
    const { questions, file: none } = await app.revision(asking());
    expect(none).toBeUndefined();
    expect(questions).toMatchObject([
      { id: 'dependent-column:account.doubled', choices: [{ answer: 'anew' }] },
    ]);
    const { changes } = await app.revision(asking({ 'dependent-column:account.doubled': 'anew' }));
    expect(changes).toEqual([
      'drop index by_hand of account',
      'drop column account.doubled',
      'alter column account.price: type',
      'add column account.doubled',
      'create index by_hand on account',
    ]);
    await app.upgrade('head');
    expect(await story.run('SELECT price, doubled FROM account')).toEqual([
      { price: '7', doubled: 14 },
    ]);
    const { changes: left, diff } = await app.check();
    expect(left).toEqual([]);
    expect(diff.untouched.map(({ name }) => name)).toEqual(['doubled', 'by_hand']);
    await app.downgrade('-1');
    expect(await story.catalog()).toEqual(before);
  });

  it('one can only be dropped where the column that it reads goes', async () => {
    const story = await begin([price('integer')]);
    await story.run(
      'ALTER TABLE account ADD COLUMN doubled integer GENERATED ALWAYS AS (price * 2) STORED',
    );
    const before = await story.catalog();
    story.say({ columns: [] });
    const app = story.migratorWith({ newId: () => 'gone' });
    const answers = { 'drop-column:account.price': 'drop' };
    const { questions } = await app.revision(asking(answers));
    expect(questions).toMatchObject([
      { id: 'dependent-column:account.doubled', choices: [{ answer: 'drop', loses: true }] },
    ]);
    await app.revision(asking({ ...answers, 'dependent-column:account.doubled': 'drop' }));
    await app.upgrade('head');
    await app.downgrade('-1');
    expect(await story.catalog()).toEqual(before);
  });

  it('a view is asked about; a policy that no option speaks of stops the revision, and nothing is harmed', async () => {
    const story = await begin();
    await story.run(`${ROWS}; CREATE VIEW of_hand AS SELECT total FROM account;
      CREATE POLICY dear_ones ON account USING (total > 1)`);
    const before = await state(story);
    story.say({ columns: columns('numeric(12,2)') });
    const app = story.migratorWith({ newId: () => 'wider' });
    const { questions } = await app.revision(asking());
    expect(questions.map(({ id }) => id)).toEqual(['dependent-view:of_hand']);
    await app.revision(asking({ 'dependent-view:of_hand': 'anew' }));
    const { message } = await errorOf(app.upgrade('head'));
    expect(message).toMatch(/cannot drop column total .*depend/s);
    expect(await state(story)).toEqual(before);
    await story.run('DROP POLICY dear_ones ON account');
    await app.upgrade('head');
    expect(await story.run('SELECT total FROM of_hand ORDER BY total')).toEqual([
      { total: '6.00' },
      { total: '21.00' },
    ]);
  });
});
