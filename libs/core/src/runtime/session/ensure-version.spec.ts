import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { errorOf, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase, useWorkshop } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
const shop = useWorkshop(database, { dialect: postgresDialect });

describe('ensure-version', () => {
  it('CLI-82: makes the version table where it is missing, once, and leaves what is in it', async () => {
    expect(await shop.migrator.ensureVersion()).toEqual({ created: true });
    expect((await stateOf(database)).rows).toEqual([]);
    await database.checker.query(`INSERT INTO alembic_version VALUES ('ffff')`);
    expect(await shop.migrator.ensureVersion()).toEqual({ created: false });
    expect((await stateOf(database)).rows).toEqual(['ffff']);
  });

  it('gives a table of Alembic its log, and refuses one of another form', async () => {
    await database.checker.query('CREATE TABLE alembic_version (version_num varchar(32) NOT NULL)');
    expect(await shop.migrator.ensureVersion()).toEqual({ created: false });
    await database.checker.query('SELECT 1 FROM alembic_version_log');
    const odd = shop.migratorWith({ versionTable: 'odd' });
    await database.checker.query('CREATE TABLE odd (id int)');
    expect(await errorOf(odd.ensureVersion())).toMatchObject({ code: 'E4005' });
  });

  it('CLI-82: writes the script without a database; the script does the same', async () => {
    const connect = async () => Promise.reject(new Error('must not connect'));
    const { created, sql = '' } = await shop.migratorWith({ connect }).ensureVersion({ sql: true });
    expect(created).toBeUndefined();
    expect(sql).toMatch(/^BEGIN;\n\nCREATE TABLE IF NOT EXISTS "alembic_version" \(/);
    expect(sql).toMatch(/\n\nCOMMIT;\n\n$/);
    await database.checker.query(sql);
    await database.checker.query(sql);
    expect(await shop.migrator.ensureVersion()).toEqual({ created: false });
  });
});
