import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { connectClient } from '../testing/database.fixture.js';
import { counting, errorOf, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase, useWorkshop } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
const shop = useWorkshop(database, { dialect: postgresDialect });

beforeEach(async () => {
  shop.put('a1', {
    upgrade: `
      op.createTable('account', (t: any) => [t.column('id', 'int')]);
      op.createIndex('ix', 'account', ['id'], { concurrently: true });
      op.execute("CREATE ROLE x PASSWORD 'c4nary'");`,
    downgrade: `op.dropTable('account');`,
  });
  shop.put('b2', {
    down: 'a1',
    upgrade: `op.execute('SELECT 1');
  const rows = await ctx.query('SELECT id FROM account');
  op.execute('SELECT ' + rows.length);`,
  });
  shop.put('c3', { down: 'b2', more: `export const transaction = 'none';` });
});

describe('plan', () => {
  it('shows the operations in words and as statements, and runs none', async () => {
    const plan = await shop.migrator.plan('a1');
    expect(plan).toMatchObject({ rowsBefore: [], rowsAfter: ['a1'] });
    expect(plan.steps).toMatchObject([
      {
        transaction: 'revision',
        operations: [
          {
            kind: 'createTable',
            words: 'create table account',
            statements: [expect.stringMatching(/^CREATE TABLE "account"/)],
            destructive: false,
            leaves: false,
          },
          { words: 'create index ix on account', leaves: true },
          { kind: 'execute', leaves: false, statements: [`CREATE ROLE x PASSWORD '***'`] },
        ],
      },
    ]);
    expect(plan.steps[0]).not.toHaveProperty('dependsOnData');
    expect(await stateOf(database)).toMatchObject({ rows: undefined, tables: [] });
  });

  it('D17: stops at a query, tells its line, and goes on with the next revision', async () => {
    const { steps } = await shop.migrator.plan();
    expect(steps.map(({ step, transaction }) => [step.revision?.id, transaction])).toEqual([
      ['a1', 'revision'],
      ['b2', 'revision'],
      ['c3', 'none'],
    ]);
    expect(steps[1]).toMatchObject({
      operations: [{ kind: 'execute', statements: ['SELECT 1'] }],
      dependsOnData: { line: 9, sql: 'SELECT id FROM account' },
    });
    expect(steps[2]).toMatchObject({ operations: [{ words: 'create table t_c3' }] });
  });

  it('begins where the database is; a downgrade tells what it destroys', async () => {
    await database.checker.query(
      `CREATE TABLE alembic_version (version_num varchar(32)); INSERT INTO alembic_version VALUES ('b2')`,
    );
    const up = await shop.migrator.plan('head');
    expect(up.steps.map(({ step }) => step.revision?.id)).toEqual(['c3']);
    shop.put('b2', { down: 'a1', downgrade: '' });
    const down = await shop.migrator.plan('base', { direction: 'downgrade' });
    expect(down).toMatchObject({ rowsBefore: ['b2'], rowsAfter: [] });
    expect(down.steps.map(({ step }) => step.revision?.id)).toEqual(['b2', 'a1']);
    expect(down.steps[1]).toMatchObject({
      operations: [{ words: 'drop table account', destructive: true }],
    });
    expect((await stateOf(database)).rows).toEqual(['b2']);
  });

  it('asks no database for a range, and one query otherwise', async () => {
    const offline = shop.migratorWith({ connect: () => Promise.reject(new Error('no database')) });
    const { steps } = await offline.plan('a1:c3');
    expect(steps.map(({ step }) => step.revision?.id)).toEqual(['b2', 'c3']);
    shop.put('d4', { down: 'c3' });
    await database.checker.query('CREATE TABLE alembic_version (version_num varchar(32))');
    const trips: string[] = [];
    const connect = async () =>
      counting(await connectClient(database.url), (sql) => trips.push(sql));
    await shop.migratorWith({ connect }).plan('a1');
    expect(trips.every((sql) => sql.startsWith('SELECT'))).toBe(true);
  });

  it('says so where a revision was left unfinished, which a run would stop at', async () => {
    shop.put('d4', {
      upgrade: `op.autocommitBlock(() => op.execute('SELECT 1')); op.execute('SELECT 1/0');`,
    });
    await errorOf(shop.migrator.upgrade('d4'));
    shop.events.length = 0;
    await shop.migrator.plan('d4');
    expect(shop.events.at(-1)).toMatchObject({
      type: 'warning',
      message: expect.stringMatching(/"d4" was left unfinished/),
    });
  });

  it('fails with what the function of a revision throws', async () => {
    shop.put('a1', { upgrade: `throw new Error('no');` });
    expect(await errorOf(shop.migrator.plan('a1'))).toMatchObject({ code: 'E6004' });
  });
});
