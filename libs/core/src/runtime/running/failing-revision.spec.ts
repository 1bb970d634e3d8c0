import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { errorOf, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase, useWorkshop } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
const shop = useWorkshop(database, { dialect: postgresDialect });

const chain = (...ids: string[]): void =>
  ids.forEach((id, at) => shop.put(id, { down: ids[at - 1] ?? null }));

describe('a revision that fails', () => {
  it('MIG-06: is rolled back whole, those before it stay; the error names revision, file, line and statement', async () => {
    chain('a1');
    const file = shop.put('b2', {
      down: 'a1',
      upgrade: `op.createTable('gone', (t: any) => [t.column('id', 'int')]);
  op.execute('INSERT INTO nowhere VALUES (1)');
  op.createTable('never', (t: any) => [t.column('id', 'int')]);`,
    });
    shop.put('c3', { down: 'b2' });
    const error = await errorOf(shop.migrator.upgrade('head'));
    expect(error).toMatchObject({
      code: 'E6003',
      facts: {
        revision: 'b2',
        file,
        line: 9,
        statement: 'INSERT INTO nowhere VALUES (1)',
        sqlState: '42P01',
      },
    });
    expect(error.message).toContain('relation "nowhere" does not exist');
    expect(await stateOf(database)).toMatchObject({
      rows: ['a1'],
      tables: ['t_a1'],
      log: ['upgrade a1'],
    });
  });

  it.each([
    ['throws', `throw new Error('no');`, 'E6004'],
    ['throws undefined', `throw undefined;`, 'E6004'],
    [
      'swallows the error of an operation',
      `try { await op.execute('nonsense'); } catch {}`,
      'E6003',
    ],
    ['swallows a refused argument', `try { op.createTable(''); } catch {}`, 'E3008'],
    [
      'refuses an argument in a helper that nobody awaits',
      `(async () => { await op.addColumn(); })();`,
      'E3013',
    ],
    ['catches a query that failed', `try { await ctx.query('nonsense'); } catch {}`, 'E6003'],
    ['contains COMMIT (B086)', `op.execute('CREATE TABLE x (id int); COMMIT');`, 'E6007'],
    ['commits by a query (E11)', `await ctx.query('COMMIT');`, 'E6007'],
    ['rolls back by a query (E11)', `await ctx.query('ROLLBACK');`, 'E6007'],
    ['commits, and begins another (B086)', `op.execute('/* a */ COMMIT AND CHAIN');`, 'E6007'],
    ['ends the transaction (B086)', `op.execute('SELECT 1; -- b\\n END; SELECT 2');`, 'E6007'],
    ['aborts it (B086)', `op.execute('abort');`, 'E6007'],
    ['prepares it for another session (B086)', `op.execute("PREPARE TRANSACTION 'x'");`, 'E6007'],
    ['commits with a parameter (B086)', `op.execute('SELECT :a; COMMIT', { a: 1 });`, 'E6007'],
    [
      'commits in a value (B086)',
      `op.bulkInsert('gone', [{ id: op.sql('1); COMMIT; --') }]);`,
      'E6007',
    ],
    [
      'commits in an expression (B086)',
      `op.createCheckConstraint('gone', 'true); COMMIT; SELECT (1');`,
      'E6007',
    ],
    ['commits in a query of a view (B086)', `op.createView('v', 'SELECT 1; COMMIT');`, 'E6007'],
    ['commits in a block (B086)', `op.execute('DO $$ BEGIN COMMIT; END $$');`, 'E6003'],
    [
      'calls a procedure that commits (B086)',
      `op.createProcedure('p', '', 'LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$'); op.execute('CALL p()');`,
      'E6003',
    ],
    [
      'commits by dynamic SQL in a block (B086)',
      `op.execute("DO $$ BEGIN EXECUTE 'COMMIT'; END $$");`,
      'E6003',
    ],
    ['has an empty statement (B085)', `op.execute(' ; ');`, 'E6001'],
  ])('and %s is refused: nothing of it stays', async (_, upgrade, code) => {
    shop.put('a1', {
      upgrade: `await op.createTable('gone', (t: any) => [t.column('id', 'int')]);\n${upgrade}`,
    });
    expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({
      code,
      facts: { revision: 'a1' },
    });
    const state = await stateOf(database);
    expect(state.rows).toEqual([]);
    expect(state.log).toEqual([]);
    expect(state.tables).toEqual([]);
  });

  it('whose transaction somebody else ends (E11) is found before its version row is written', async () => {
    shop.put('a1', { upgrade: `await ctx.query('SELECT 1'); op.execute('CREATE TABLE kept ()');` });
    const migrator = shop.migratorWith({
      connect: async () => {
        const connection = await database.connect();
        const query: typeof connection.query = async (sql, parameters) => {
          const result = await connection.query(sql, parameters);
          if (sql === 'SELECT 1') await connection.query('COMMIT');
          return result as never;
        };
        return { ...connection, query };
      },
    });
    expect(await errorOf(migrator.upgrade('head'))).toMatchObject({
      code: 'E6007',
      advice: expect.stringContaining('has happened'),
      facts: { revision: 'a1' },
    });
    expect(await stateOf(database)).toMatchObject({ rows: [], log: [], tables: ['kept'] });
  });

  it('by a module that is not there, is told in a line', async () => {
    shop.put('a1', { upgrade: `require('./not-there.js');` });
    const { code, problem } = await errorOf(shop.migrator.upgrade('head'));
    expect(code).toBe('E6004');
    expect(problem).toContain("Cannot find module './not-there.js'");
    expect(problem).not.toMatch(/Require stack|\n {2}/);
  });

  it('at COMMIT, by a deferred constraint, is rolled back', async () => {
    shop.put('a1', {
      upgrade: `op.execute('CREATE TABLE p (id int PRIMARY KEY)');
        op.execute('CREATE TABLE c (p int REFERENCES p DEFERRABLE INITIALLY DEFERRED)');
        op.execute('INSERT INTO c VALUES (1)');`,
    });
    expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({
      code: 'E6003',
      facts: { revision: 'a1', statement: 'COMMIT', sqlState: '23503' },
    });
    expect(await stateOf(database)).toMatchObject({ rows: [], tables: [] });
  });

  it.each([
    [
      'a syntax error',
      'export const revision = "b2"; export const downRevision = "a1"; export function upgrade( {',
      'E2001',
    ],
    [
      'no upgrade',
      'export const revision = "b2"; export const downRevision = "a1"; export const downgrade = 1;',
      'E2002',
    ],
    [
      'a class as upgrade (B030)',
      'export const revision = "b2"; export const downRevision = "a1"; export class upgrade {}',
      'E2003',
    ],
    [
      'a generator as upgrade (B030)',
      'export const revision = "b2"; export const downRevision = "a1"; export function* upgrade() {}',
      'E2003',
    ],
    [
      'a throw at its top level (B032)',
      'export const revision = "b2"; export const downRevision = "a1"; export function upgrade() {}\nthrow new Error("x");',
      'E2004',
    ],
    [
      'a wrong transaction',
      'export const revision = "b2"; export const downRevision = "a1"; export const transaction = "all"; export function upgrade() {}',
      'E2010',
    ],
  ])('to load, with %s, leaves the database as it was', async (_, text, code) => {
    chain('a1');
    writeFileSync(join(shop.versions, 'b2.ts'), text);
    shop.put('c3', { down: 'b2' });
    expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({ code });
    expect(await stateOf(database)).toMatchObject({ rows: undefined, tables: [] });
  });

  it('has no downgrade: E6005 before anything runs', async () => {
    shop.put('a1', { downgrade: 'none' });
    shop.put('b2', { down: 'a1' });
    await shop.migrator.upgrade('head');
    expect(await errorOf(shop.migrator.downgrade('base'))).toMatchObject({ code: 'E6005' });
    expect((await stateOf(database)).rows).toEqual(['b2']);
  });

  it('warns when it calls op after its end', async () => {
    shop.put('a1', { upgrade: `setTimeout(() => op.execute('CREATE TABLE late (id int)'), 30);` });
    await shop.migrator.upgrade('head');
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(shop.events.at(-1)).toMatchObject({
      type: 'warning',
      message: expect.stringContaining('"a1"'),
    });
    expect((await stateOf(database)).tables).toEqual([]);
  });
});
