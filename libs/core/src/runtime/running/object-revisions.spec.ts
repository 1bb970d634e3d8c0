import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { SchemaModel } from '../../schema/schema-model.js';
import { createSpecDatabase } from '../testing/database.fixture.js';
import type { SpecDatabase } from '../testing/database.fixture.js';
import { createWorkshop, ledgerOf, reset, stateOf } from '../testing/migrator.fixture.js';
import type { Workshop } from '../testing/migrator.fixture.js';

let database: SpecDatabase;
let shop: Workshop;

beforeAll(async () => {
  database = await createSpecDatabase();
  shop = createWorkshop(database, { dialect: postgresDialect });
  shop.put('a1', { upgrade: MADE, downgrade: UNMADE });
  shop.put('b2', { down: 'a1', upgrade: CHANGED, downgrade: CHANGED_BACK });
});
afterAll(async () => {
  shop.remove();
  await database.drop();
});
beforeEach(() => reset(database));

const MADE = `
  await op.createExtension('citext', { ifNotExists: true });
  await op.createSchema('audit');
  await op.createDomain('email', 'citext', { checks: [{ name: 'has_at', expression: "VALUE LIKE '%@%'" }] });
  await op.createFunction('touch', '', \`RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.note := 'it''s; touched';
      RETURN NEW;
    END; $$\`, { comment: 'sets the note' });
  await op.createTable('event', (t: any) => [
    t.column('at', 'date', { nullable: false }), t.column('mail', 'email'), t.column('note', 'text'),
  ], { partitionBy: { strategy: 'range', columns: ['at'] } });
  await op.createPartition('event_2026', 'event', { from: ['2026-01-01'], to: ['2027-01-01'] });
  await op.createPartition('event_2027', 'event', { from: ['2027-01-01'], to: [op.sql('MAXVALUE')] });
  await op.createTrigger('touch', 'event', {
    timing: 'before', events: ['insert'], forEach: 'row', execute: 'touch()',
  });
  await op.createPolicy('seen', 'event', { using: 'at > now() - interval \\'1 year\\'' });
  await op.setRowSecurity('event', { enabled: true });
  await op.bulkInsert('event', [{ at: '2026-05-05', mail: 'a@b' }]);
  await op.createView('total', 'SELECT at, count(*) AS events FROM event GROUP BY at', { materialized: true });
  await op.createIndex('ux_total', 'total', ['at'], { unique: true });`;
const UNMADE = `
  await op.dropView('total', { materialized: true });
  await op.dropTable('event');
  await op.dropFunction('touch', '');
  await op.dropDomain('email');
  await op.dropSchema('audit');
  await op.dropExtension('citext');`;
const CHANGED = `
  await op.createFunction('touch', '', "RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end'", {
    previous: { definition: "RETURNS trigger LANGUAGE plpgsql AS 'begin return null; end'" },
  });
  await op.refreshView('total', { concurrently: true });
  await op.detachPartition('event_2027', 'event', { concurrently: true });
  await op.renameSchema('audit', 'history');
  await op.setTriggerState('touch', 'event', 'disabled');`;
const CHANGED_BACK = `
  await op.setTriggerState('touch', 'event', 'enabled');
  await op.renameSchema('history', 'audit');
  await op.attachPartition('event_2027', 'event', { from: ['2027-01-01'], to: [op.sql('MAXVALUE')] });
  await op.createFunction('touch', '', "RETURNS trigger LANGUAGE plpgsql AS 'begin return null; end'", { orReplace: true });`;

async function schema(): Promise<SchemaModel> {
  const connection = await database.connect();
  try {
    return await postgresDialect.inspect(connection, {
      ignoredTables: postgresDialect.versionTables.ownTables({
        schema: null,
        name: 'alembic_version',
      }),
      schemas: ['audit', 'history'],
      also: ['extensions', 'domains', 'routines', 'triggers', 'policies', 'partitions'],
    });
  } finally {
    await connection.close();
  }
}

const rows = async (sql: string) => (await database.checker.query(sql)).rows;

it('revisions make, change and drop objects of every kind, and rows stay', async () => {
  const empty = await schema();
  await shop.migrator.upgrade('a1');
  const made = await schema();
  expect(made).toMatchObject({
    extensions: [{ name: 'citext' }],
    schemas: ['audit'],
    domains: [{ name: 'email', type: 'citext' }],
    routines: [{ name: 'touch', comment: 'sets the note' }],
    partitions: [{ name: 'event_2026' }, { name: 'event_2027' }],
    tables: [
      {
        name: 'event',
        rowSecurity: { enabled: true },
        policies: [{ name: 'seen' }],
        triggers: [{ name: 'touch' }],
      },
    ],
    views: [{ name: 'total', materialized: true }],
  });
  expect(await rows('SELECT note FROM event')).toEqual([{ note: "it's; touched" }]);

  await shop.migrator.upgrade('b2');
  const changed = await schema();
  expect(changed.schemas).toEqual(['history']);
  expect(changed.partitions).toMatchObject([{ name: 'event_2026' }]);
  expect(changed.tables).toMatchObject([
    { name: 'event', triggers: [{ name: 'touch', state: 'disabled' }] },
    { name: 'event_2027' },
  ]);
  expect(await rows('SELECT events FROM total')).toEqual([{ events: '1' }]);
  // Both statements that left the transaction are done.
  expect((await ledgerOf(database))?.filter((line) => !line.endsWith('done'))).toEqual([]);

  await shop.migrator.downgrade('base');
  expect(await schema()).toEqual(empty);
  expect(await stateOf(database)).toMatchObject({ rows: [], tables: [] });
});

it('law 5: the script of them leads to the same schema', async () => {
  await shop.migrator.upgrade('head');
  const online = await schema();
  await reset(database);
  await rows('DROP SCHEMA history CASCADE');
  const { sql } = await shop.migrator.upgrade('head', { sql: true });
  const connection = await database.connect();
  for (const statement of postgresDialect.splitStatements(sql ?? ''))
    await connection.query(statement);
  await connection.close();
  expect(await schema()).toEqual(online);
});
