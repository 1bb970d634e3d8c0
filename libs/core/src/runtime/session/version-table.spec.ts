import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { errorOf, stateOf } from '../testing/migrator.fixture.js';
import { EMPTY_SCHEMA } from '../../schema/schema-model.js';
import { useSpecDatabase, useWorkshop } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
const shop = useWorkshop(database, { dialect: postgresDialect });

/** a <- b, c <- d (a merge of b and c) */
function diamond(): void {
  shop.put('a');
  shop.put('b', { down: 'a' });
  shop.put('c', { down: 'a' });
  shop.put('d', { down: ['b', 'c'] });
}

async function exists(table: string): Promise<boolean> {
  const { rows } = await database.checker.query('SELECT to_regclass($1) IS NOT NULL AS there', [
    table,
  ]);
  return rows[0].there;
}

describe('the version table', () => {
  it('VT-02: has the name and the schema of the options', async () => {
    await database.checker.query('CREATE SCHEMA IF NOT EXISTS audit');
    shop.put('a');
    const migrator = shop.migratorWith({ versionTable: 'applied', versionTableSchema: 'audit' });
    await migrator.upgrade('head');
    const { rows } = await database.checker.query('SELECT version_num FROM audit.applied');
    expect(rows).toEqual([{ version_num: 'a' }]);
    expect(await exists('alembic_version')).toBe(false);
    expect((await migrator.current()).rows).toEqual(['a']);
    await database.checker.query('DROP SCHEMA audit CASCADE');
  });

  it('VT-03, CLI-73: where it is absent nothing is current, and asking does not make it', async () => {
    diamond();
    expect(await shop.migrator.current()).toMatchObject({ rows: [], isAtHead: false });
    expect(await shop.migrator.isAtHead()).toBe(false);
    expect(await exists('alembic_version')).toBe(false);
  });

  it('VT-04: tells none, one or several rows; a start can only be given for a script', async () => {
    diamond();
    expect((await shop.migrator.current()).rows).toEqual([]);
    await shop.migrator.upgrade('b');
    expect((await shop.migrator.current()).rows).toEqual(['b']);
    await shop.migrator.upgrade('c');
    expect((await shop.migrator.current()).rows).toEqual(['b', 'c']);
    expect(await errorOf(shop.migrator.upgrade('b:d'))).toMatchObject({ code: 'E7007' });
    expect((await shop.migrator.upgrade('b:d', { sql: true })).rows).toEqual(['d']);
  });

  it('VT-13, API-14: is written after every step, in its transaction, and then the step is told', async () => {
    shop.put('a');
    shop.put('b', { down: 'a', upgrade: "await op.execute('SELECT 1/0');" });
    expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({ code: 'E6003' });
    expect(await stateOf(database)).toMatchObject({ rows: ['a'], tables: ['t_a'] });
    const finished = shop.events.filter(({ type }) => type === 'stepFinished');
    expect(finished).toMatchObject([
      { step: { direction: 'upgrade', revision: { id: 'a' }, rowsBefore: [], rowsAfter: ['a'] } },
    ]);
  });

  it('VT-14, CLI-81: is dropped by no command', async () => {
    diamond();
    await shop.migrator.upgrade('head');
    await shop.migrator.downgrade('base');
    expect(await stateOf(database)).toMatchObject({ rows: [], tables: [] });
    await shop.migrator.stamp(['d']);
    await shop.migrator.stamp(['base']);
    expect(await stateOf(database)).toMatchObject({ rows: [] });
    const { sql } = await shop.migrator.downgrade('d:base', { sql: true });
    expect(sql).not.toMatch(/DROP TABLE (IF EXISTS )?"?alembic_version/i);
  });
});

describe('rows of the version table (SCN-26)', () => {
  it('SCN-26: a line, branches, a merge and the way back', async () => {
    diamond();
    const rows = async (): Promise<string> => (await stateOf(database)).rows?.join(' ') ?? '';
    await shop.migrator.upgrade('a');
    expect(await rows()).toBe('a');
    await shop.migrator.upgrade('b');
    expect(await rows()).toBe('b');
    await shop.migrator.upgrade('c');
    expect(await rows()).toBe('b c');
    await shop.migrator.upgrade('d');
    expect(await rows()).toBe('d');
    await shop.migrator.downgrade('b');
    expect(await rows()).toBe('b c');
    await shop.migrator.downgrade('base');
    expect(await rows()).toBe('');
  });

  it('SCN-26, VT-11: a row that somebody took away in the meantime is an error, and nothing stays', async () => {
    shop.put('a');
    shop.put('b', {
      down: 'a',
      upgrade: `await op.execute('DELETE FROM alembic_version'); await op.createTable('t_b', (t: any) => [t.column('id', 'int')]);`,
    });
    await shop.migrator.upgrade('a');
    expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({
      code: 'E4011',
      facts: { rowCount: 0 },
    });
    expect(await stateOf(database)).toMatchObject({ rows: ['a'], tables: ['t_a'] });
  });
});

describe('a database that is not at head (SCN-29)', () => {
  const targetSchema = () => EMPTY_SCHEMA;
  const write = () =>
    shop.migratorWith({ targetSchema }).revision({ autogenerate: true, revisionId: 'new1' });

  it.each([
    ['nothing applied', undefined],
    ['a part applied', 'a'],
  ])('SCN-29, ERR-12: autogenerate is refused: %s', async (_, target) => {
    shop.put('a');
    shop.put('b', { down: 'a' });
    if (target !== undefined) await shop.migrator.upgrade(target);
    expect(await errorOf(write())).toMatchObject({ code: 'E4014' });
  });

  it('SCN-29: a row twice in a table without a primary key is refused', async () => {
    shop.put('a');
    await database.checker.query(
      `CREATE TABLE alembic_version (version_num varchar(32)); INSERT INTO alembic_version VALUES ('a'), ('a')`,
    );
    expect(await errorOf(write())).toMatchObject({ code: 'E4003' });
    expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({ code: 'E4003' });
  });

  it('SCN-29, VT-01: the primary key of our table keeps a row from being there twice', async () => {
    shop.put('a');
    await shop.migrator.upgrade('head');
    await expect(
      database.checker.query(`INSERT INTO alembic_version VALUES ('a')`),
    ).rejects.toThrow(/alembic_version_pkc/);
  });
});
