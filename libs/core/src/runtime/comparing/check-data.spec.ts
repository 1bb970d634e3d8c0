import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { Workshop } from '../testing/migrator.fixture.js';
import { createWorkshop, errorOf, leaksOf, reset } from '../testing/migrator.fixture.js';
import { useSpecDatabase } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
let shop: Workshop;

beforeEach(async () => {
  await reset(database);
  await database.checker.query(`
    CREATE TABLE account (id int PRIMARY KEY, email text, owner int);
    INSERT INTO account VALUES (1, 'a', 7), (2, 'a', NULL), (3, NULL, 8);
    CREATE TABLE person (id int PRIMARY KEY);
    CREATE FUNCTION writes() RETURNS boolean LANGUAGE sql AS $$ DELETE FROM account RETURNING true $$`);
  shop = createWorkshop(database, { dialect: postgresDialect });
});
afterEach(async () => {
  shop.remove();
  expect(await leaksOf(database)).toEqual([]);
});

/** What is in the way of each revision: its words, how many rows, what may mend them. */
async function found() {
  const { steps, fitsData } = await shop.migrator.plan('heads', { checkData: true });
  const rows = steps.map(({ step, rowsInTheWay = [] }) => [
    step.revision?.id,
    ...rowsInTheWay.map((one) => [one.text, one.rows, ...(one.after ?? [])]),
  ]);
  return { rows, fitsData };
}

const notNull = `op.alterColumn('account', 'email', { nullable: false }, { from: { nullable: true } });`;

describe('plan with checkData', () => {
  it('counts for each pending revision the rows that it would fail on, under the names from before', async () => {
    shop.put('a1', { upgrade: `op.renameColumn('account', 'email', 'address');` });
    shop.put('b2', {
      down: 'a1',
      upgrade: `
        op.alterColumn('account', 'address', { nullable: false }, { from: { nullable: true } });
        op.createUniqueConstraint('account', ['address'], { name: 'uq' });`,
    });
    shop.put('c3', {
      down: 'b2',
      upgrade: `op.createForeignKey('account', ['owner'], 'person', ['id'], { name: 'fk' });`,
    });
    expect(await found()).toEqual({
      rows: [
        ['a1'],
        [
          'b2',
          ['account.email must not be null, and is in some rows', 1],
          ['uq of account: values are there twice', 1],
        ],
        ['c3', ['fk of account: rows refer to what is not there', 2]],
      ],
      fitsData: false,
    });
    const { rows } = await database.checker.query('SELECT count(*)::int AS n FROM account');
    expect(rows).toEqual([{ n: 3 }]);
  });

  it('is content where nothing is in the way, and says nothing of rows where nobody asked', async () => {
    await database.checker.query(`DELETE FROM account WHERE id = 3`);
    shop.put('a1', { upgrade: notNull });
    expect(await found()).toEqual({ rows: [['a1']], fitsData: true });
    const plan = await shop.migrator.plan();
    expect(plan).not.toHaveProperty('fitsData');
    expect(plan.steps[0]).not.toHaveProperty('rowsInTheWay');
  });

  it('tells what comes before and may mend the rows, which then are not in the way', async () => {
    shop.put('a1', {
      upgrade: `op.execute("UPDATE account SET email = '' WHERE email IS NULL"); ${notNull}`,
    });
    const words = 'account.email must not be null, and is in some rows';
    expect(await found()).toEqual({
      rows: [['a1', [words, 1, "execute UPDATE account SET email = '' WHERE email IS NULL"]]],
      fitsData: true,
    });
  });

  it('takes no SQL that does not mention the table for what may mend rows', async () => {
    shop.put('a1', { upgrade: `op.execute('DELETE FROM person'); ${notNull}` });
    expect((await found()).fitsData).toBe(false);
  });

  it('takes what depends on data for what may mend rows', async () => {
    shop.put('a1', { upgrade: `await ctx.query('SELECT 1');` });
    shop.put('b2', { down: 'a1', upgrade: notNull });
    const words = 'account.email must not be null, and is in some rows';
    expect(await found()).toEqual({
      rows: [['a1'], ['b2', [words, 1, 'the rest of a1, which depends on data']]],
      fitsData: true,
    });
  });

  it('never writes; what could not be counted is in the way, and told', async () => {
    shop.put('a1', {
      upgrade: `op.createCheckConstraint('account', 'writes()', { name: 'ck' });`,
    });
    expect(await found()).toEqual({
      rows: [['a1', ['ck of account does not hold', undefined]]],
      fitsData: false,
    });
    const { rows } = await database.checker.query('SELECT count(*)::int AS n FROM account');
    expect(rows).toEqual([{ n: 3 }]);
    expect(shop.events).toContainEqual({
      type: 'warning',
      message: expect.stringContaining('whether rows are in the way is not known'),
    });
  });

  it('counts for a downgrade, too; rows of what the run makes are none', async () => {
    shop.put('a1', {
      upgrade: `op.createTable('new', (t: any) => [t.column('id', 'int')]);
        op.alterColumn('new', 'id', { nullable: false }, { from: { nullable: true } });`,
      downgrade: notNull,
    });
    expect((await found()).fitsData).toBe(true);
    await database.checker.query(
      `CREATE TABLE alembic_version (version_num varchar(32)); INSERT INTO alembic_version VALUES ('a1')`,
    );
    const down = await shop.migrator.plan('base', { direction: 'downgrade', checkData: true });
    expect(down).toMatchObject({ fitsData: false, steps: [{ rowsInTheWay: [{ rows: 1 }] }] });
  });

  it('E7007: a range has no database whose rows could be counted', async () => {
    shop.put('a1', { upgrade: notNull });
    expect(await errorOf(shop.migrator.plan('base:a1', { checkData: true }))).toMatchObject({
      code: 'E7007',
      message: expect.stringContaining('no rows can be counted'),
    });
  });
});
