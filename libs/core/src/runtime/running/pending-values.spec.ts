import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { errorOf, ledgerOf, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase, useWorkshop } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
const shop = useWorkshop(database, { dialect: postgresDialect });

describe('a value that is added to an enum', () => {
  beforeEach(() => database.checker.query(`CREATE TYPE mood AS ENUM ('sad', 'ok')`));
  const add = `op.alterEnum('mood', ['sad', 'ok'], ['sad', 'ok', 'glad', 'jolly']);`;

  it('stays in the transaction where nothing uses it there', async () => {
    shop.put('a1', {
      upgrade: `${add} op.execute("CREATE TABLE m (v mood)"); op.execute('SELECT 1/0');`,
    });
    await errorOf(shop.migrator.upgrade('head'));
    const { rows } = await database.checker.query(`SELECT enum_range(NULL::mood)::text AS labels`);
    expect(rows).toEqual([{ labels: '{sad,ok}' }]);
    expect(await ledgerOf(database)).toEqual([]);
  });

  it('stays there where a column gets a type that only has its name in it', async () => {
    await database.checker.query(`CREATE TYPE a AS ENUM ('x'); CREATE TABLE m (v text)`);
    shop.put('a1', {
      upgrade: `op.alterEnum('a', ['x'], ['x', 'y']);
        op.alterColumn('m', 'v', { type: 'varchar(20)' }); op.execute('SELECT 1/0');`,
    });
    await errorOf(shop.migrator.upgrade('head'));
    const { rows } = await database.checker.query(`SELECT enum_range(NULL::a)::text AS labels`);
    expect(rows).toEqual([{ labels: '{x}' }]);
    expect(await ledgerOf(database)).toEqual([]);
  });

  it('is committed before a statement that uses it, and only then', async () => {
    shop.put('a1', {
      upgrade: `op.createTable('m', (t: any) => [t.column('v', 'mood')]);
        ${add}
        op.bulkInsert('m', [{ v: 'glad' }]);
        op.execute('INSERT INTO m VALUES (:v)', { v: 'jolly' });`,
    });
    await shop.migrator.upgrade('head');
    const { rows } = await database.checker.query(`SELECT v::text FROM m ORDER BY v`);
    expect(rows).toEqual([{ v: 'glad' }, { v: 'jolly' }]);
    expect(await stateOf(database)).toMatchObject({ rows: ['a1'] });
    expect(await ledgerOf(database)).toEqual([]);
  });
});

describe('a value that is added to an enum, where it is used without being a literal of its own', () => {
  beforeEach(() =>
    database.checker.query(`CREATE TYPE mood AS ENUM ('sad', 'ok');
      CREATE TABLE m (v mood[], t text); INSERT INTO m VALUES ('{sad}', 'glad')`),
  );
  const add = `op.alterEnum('mood', ['sad', 'ok'], ['sad', 'ok', 'glad']);`;

  it.each([
    ['in an array', `op.alterColumn('m', 'v', { default: op.sql("'{ok,glad}'::mood[]") });`],
    ['in an array of several rows', `op.bulkInsert('m', [{ v: '{sad}' }, { v: '{ok,glad}' }]);`],
    ['in an array that is a parameter', `op.execute('UPDATE m SET v = :v', { v: '{glad}' });`],
    [
      'in rows of a column that gets the type',
      `op.alterColumn('m', 't', { type: 'mood' }, { using: 't::mood' });`,
    ],
    [
      'in rows of a column that gets an array of the type, with its schema',
      `op.alterColumn('m', 't', { type: 'public."mood"[]' }, { using: 'ARRAY[t]::mood[]' });`,
    ],
  ])('%s, is committed before', async (_, use) => {
    shop.put('a1', { upgrade: `${add} ${use}` });
    await shop.migrator.upgrade('head');
    expect(await stateOf(database)).toMatchObject({ rows: ['a1'] });
  });
});
