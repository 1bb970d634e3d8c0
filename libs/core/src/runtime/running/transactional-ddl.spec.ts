import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { Workshop } from '../testing/migrator.fixture.js';
import { createWorkshop, errorOf, ledgerOf, reset, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
let shop: Workshop;

beforeEach(() => reset(database));
afterEach(() => shop.remove());

const FAILING = {
  upgrade: `op.createTable('t', (t: any) => [t.column('id', 'int')]);
    op.bulkInsert('t', [{ id: 1 }]);
    op.execute('SELECT 1/0');`,
};

it('MIG-01: the DDL of PostgreSQL is transactional', async () => {
  shop = createWorkshop(database, { dialect: postgresDialect });
  shop.put('a1', FAILING);
  await errorOf(shop.migrator.upgrade('head'));
  expect(await stateOf(database)).toMatchObject({ rows: [], tables: [] });
});

describe('a database without transactional DDL', () => {
  const capabilities = { ...postgresDialect.capabilities, transactionalDdl: false };
  beforeEach(() => {
    shop = createWorkshop(database, { dialect: { ...postgresDialect, capabilities } });
  });
  const count = async () => (await database.checker.query('SELECT id FROM t')).rows.length;

  it('MIG-04: commits each change of the schema by itself, rows and version row together', async () => {
    shop.put('a1', { ...FAILING, upgrade: FAILING.upgrade.replace('1/0', '1') });
    await shop.migrator.upgrade('head');
    expect(await stateOf(database)).toMatchObject({ rows: ['a1'], tables: ['t'] });
    expect(await count()).toBe(1);
    expect(await ledgerOf(database)).toEqual([]);
  });

  it('MIG-04: what fails takes back the rows, not the schema; the ledger says so, and the next run stops', async () => {
    shop.put('a1', FAILING);
    const error = await errorOf(shop.migrator.upgrade('head'));
    expect(error).toMatchObject({ code: 'E6003', advice: expect.stringContaining('ledger') });
    expect(await stateOf(database)).toMatchObject({ rows: [], tables: ['t'] });
    expect(await count()).toBe(0);
    expect(await ledgerOf(database)).toEqual(['upgrade a1 1 done']);
    expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({ code: 'E6011' });
  });

  it('MIG-04: a script has transactions around rows and version rows only', async () => {
    shop.put('a1', { ...FAILING, upgrade: FAILING.upgrade.replace('1/0', '1') });
    const { sql = '' } = await shop.migrator.upgrade('head', { sql: true });
    const statements = postgresDialect
      .splitStatements(sql)
      .map((one) => one.replace(/^--.*\s+/, ''));
    const begin = statements.lastIndexOf('BEGIN');
    const create = statements.findIndex((one) => one.startsWith('CREATE TABLE "t"'));
    expect(statements[create - 1]).toBe('COMMIT');
    expect(begin).toBe(create + 1);
    expect(statements[begin + 1]).toMatch(/^INSERT INTO "t"/);
    expect(statements.at(-1)).toBe('COMMIT');
  });
});
