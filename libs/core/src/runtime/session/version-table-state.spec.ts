import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { connectClient } from '../testing/database.fixture.js';
import { errorOf, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase, useWorkshop } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
const shop = useWorkshop(database, { dialect: postgresDialect });

const chain = (...ids: string[]): void =>
  ids.forEach((id, at) => shop.put(id, { down: ids[at - 1] ?? null }));

describe('a version table in a bad state', () => {
  const table = async (sql: string): Promise<void> => {
    await database.checker.query(`CREATE TABLE alembic_version (version_num varchar(32)); ${sql}`);
  };

  beforeEach(() => chain('a1', 'b2'));

  it.each([
    ['B092: an unknown revision', `INSERT INTO alembic_version VALUES ('ffff')`, 'E4001'],
    ['B093: overlapping rows', `INSERT INTO alembic_version VALUES ('a1'), ('b2')`, 'E4002'],
    ['B094: a row twice', `INSERT INTO alembic_version VALUES ('a1'), ('a1')`, 'E4003'],
    ['B095: NULL', `INSERT INTO alembic_version VALUES (NULL)`, 'E4004'],
    ['B095: an empty text', `INSERT INTO alembic_version VALUES ('')`, 'E4004'],
    ['B095: white space', `INSERT INTO alembic_version VALUES ('  ')`, 'E4004'],
    ['B096: an extra column', `ALTER TABLE alembic_version ADD COLUMN note text`, 'E4005'],
    ['B096: another column', `ALTER TABLE alembic_version RENAME COLUMN version_num TO v`, 'E4005'],
    [
      'REV-20, B096: a wrong type, such as bytes',
      `ALTER TABLE alembic_version ALTER version_num TYPE int USING 1`,
      'E4005',
    ],
    [
      'B098: a view',
      `ALTER TABLE alembic_version RENAME TO v; CREATE VIEW alembic_version AS SELECT * FROM v`,
      'E4005',
    ],
    ['B106: a trailing carriage return', `INSERT INTO alembic_version VALUES (E'a1\\r')`, 'E4001'],
  ])('%s is refused before anything runs', async (_, sql, code) => {
    await table(sql);
    expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({ code });
    const { rows } = await database.checker.query(
      `SELECT to_regclass('t_a1') AS a1, to_regclass('alembic_version_log') AS log`,
    );
    expect(rows).toEqual([{ a1: null, log: null }]);
  });

  it('B106: shows the odd character', async () => {
    await table(`INSERT INTO alembic_version VALUES (E'a1\\r')`);
    expect((await errorOf(shop.migrator.upgrade('head'))).message).toMatch(/a1\\r/);
  });

  it('B097: is too narrow for a revision id', async () => {
    shop.put('c'.repeat(20), { down: 'b2' });
    await database.checker.query('CREATE TABLE alembic_version (version_num varchar(8) NOT NULL)');
    expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({ code: 'E4006' });
    const purged = shop.migrator.stamp(['head'], { purge: true });
    expect(await errorOf(purged)).toMatchObject({ code: 'E4006' });
    expect(await stateOf(database)).toMatchObject({ rows: [], tables: [], log: [] });
    expect(await shop.migratorWith({}).current()).toMatchObject({ rows: [] });
    const { rows } = await database.checker.query(
      `SELECT to_regclass('alembic_version_log') AS log`,
    );
    expect(rows).toEqual([{ log: null }]);
  });

  it('B104: made by Alembic itself, without log, is taken as it is', async () => {
    await table(`INSERT INTO alembic_version VALUES ('a1')`);
    await shop.migrator.upgrade('head');
    expect(await stateOf(database)).toMatchObject({ rows: ['b2'], log: ['upgrade b2'] });
  });

  it('B102: E4011 when a trigger keeps the row from being changed, and nothing stays', async () => {
    await shop.migrator.upgrade('a1');
    await database.checker.query(
      `CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'begin return null; end';
       CREATE TRIGGER keep BEFORE UPDATE ON alembic_version FOR EACH ROW EXECUTE FUNCTION keep()`,
    );
    expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({
      code: 'E4011',
      facts: { rowCount: 0, revision: 'b2' },
    });
    expect(await stateOf(database)).toMatchObject({ rows: ['a1'], tables: ['t_a1'] });
  });

  it('B103: E4012 when the table disappears between two revisions', async () => {
    let transactions = 0;
    const connect = async () => {
      const connection = await connectClient(database.url);
      const attempt = async (sql: string) => {
        // Those of a1 and b2: each locks the rows.
        if (sql.includes('FOR UPDATE') && ++transactions === 2)
          await database.checker.query('DROP TABLE alembic_version');
        return connection.attempt!(sql);
      };
      return { ...connection, attempt };
    };
    expect(await errorOf(shop.migratorWith({ connect }).upgrade('head'))).toMatchObject({
      code: 'E4012',
      facts: { revision: 'b2' },
    });
    expect((await stateOf(database)).tables).toEqual(['t_a1']);
  });
});
