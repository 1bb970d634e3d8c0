import { column, model, table } from '../../autogenerate/model.fixture.js';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { SchemaModel } from '../../schema/schema-model.js';
import type { SpecDatabase } from '../testing/database.fixture.js';
import { connectClient, createSpecDatabase } from '../testing/database.fixture.js';
import type { Workshop } from '../testing/migrator.fixture.js';
import { createWorkshop, errorOf, leaksOf, reset } from '../testing/migrator.fixture.js';

const role = `few_rights_${process.pid}`;
let database: SpecDatabase;
let shop: Workshop;
let target: SchemaModel;

beforeAll(async () => {
  database = await createSpecDatabase();
  await database.checker.query(`CREATE ROLE ${role} LOGIN`);
});
afterAll(async () => {
  await database.checker.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  await database.drop();
});
beforeEach(async () => {
  await reset(database);
  await database.checker.query('DROP SCHEMA IF EXISTS closed CASCADE');
  shop = createWorkshop(database, { dialect: postgresDialect, targetSchema: () => target });
});
afterEach(async () => {
  shop.remove();
  expect(await leaksOf(database)).toEqual([]);
});

const asRole = () =>
  shop.migratorWith({
    connect: () => {
      const url = new URL(database.url);
      url.username = role;
      return connectClient(url.href);
    },
  });

const mood = { schema: 'closed', name: 'mood', labels: ['good', 'bad'] };

describe('a schema that this role may not use', () => {
  const withMood = (...more: readonly string[]) => ({
    ...model([
      table('t', [
        column('mood', 'closed.mood', { default: `'good'` }),
        ...more.map((name) => column(name, 'text')),
      ]),
    ]),
    schemas: ['closed'],
    enums: [mood],
  });

  beforeEach(async () => {
    target = withMood();
    await shop.migrator.revision({ message: 'first', autogenerate: true });
    await shop.migrator.upgrade('head');
    expect((await shop.migrator.check()).changes).toEqual([]);
    await database.checker.query(
      `GRANT USAGE ON SCHEMA public TO ${role}; GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role}`,
    );
  });

  it('E5014 names it, and is no difference: what names its types could not be asked about', async () => {
    const refusal = {
      code: 'E5014',
      problem: expect.stringContaining('permission denied for schema closed'),
      advice: expect.stringContaining(`GRANT USAGE ON SCHEMA "closed" TO "${role}"`),
      facts: { doubtful: ['alter column t.mood: default'] },
    };
    expect(await errorOf(asRole().check())).toMatchObject(refusal);
    const writing = asRole().revision({ message: 'none', autogenerate: true });
    expect(await errorOf(writing)).toMatchObject(refusal);
    await database.checker.query(`GRANT USAGE ON SCHEMA closed TO ${role}`);
    expect((await asRole().check()).changes).toEqual([]);
  });

  it('leaves the other differences as sure as they are', async () => {
    target = withMood('nick');
    expect(await asRole().check()).toMatchObject({
      changes: ['add column t.nick', 'alter column t.mood: default'],
      doubtful: ['alter column t.mood: default'],
    });
  });
});

describe('row-level security on a table that is looked at', () => {
  it('is told: rows that are not seen are not taken for rows that are not there', async () => {
    target = model([table('t', [column('id', 'integer'), column('nick', 'text')])]);
    await shop.migrator.revision({ message: 'first', autogenerate: true });
    await shop.migrator.upgrade('head');
    await database.checker.query(
      `INSERT INTO t VALUES (1, NULL); ALTER TABLE t ENABLE ROW LEVEL SECURITY;
       GRANT ALL ON SCHEMA public TO ${role}; GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role}`,
    );
    target = model([
      table('t', [column('id', 'integer'), column('nick', 'text', { nullable: false })]),
    ]);
    shop.events.length = 0;
    await asRole().revision({ message: 'second', autogenerate: true });
    expect(shop.events).toContainEqual({
      type: 'warning',
      message: expect.stringMatching(/rows are in the way is not known.*row-level security.*"t"/),
    });
  });
});
