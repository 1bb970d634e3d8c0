import { mariadbDialect } from '@nest-alembic/core';
import type { Connection, SchemaModel } from '@nest-alembic/core';
import { connectMysql, createMysqlDatabase, type TestDatabase } from '@nest-alembic/testing';

const { canonicalize, inspect } = mariadbDialect;

let database: TestDatabase;
let root: Connection;
const others: { readonly user: string; readonly connection: Connection }[] = [];

beforeEach(async () => {
  database = await createMysqlDatabase();
  root = await database.connect();
  await root.script(`CREATE TABLE t (id int PRIMARY KEY, n int);
    CREATE VIEW busy AS SELECT id AS a, count(*) AS c FROM t WHERE n > 1 GROUP BY id`);
});
afterEach(async () => {
  for (const { user, connection } of others.splice(0)) {
    await connection.close();
    await root.query(`DROP USER '${user}'@'%'`);
  }
  await database.drop();
});

/** A session of somebody who may do only this. */
async function withRights(rights: string): Promise<Connection> {
  const user = `u${Date.now().toString(36)}${others.length}`;
  await root.script(`CREATE USER '${user}'@'%' IDENTIFIED BY 'p';
    GRANT ${rights} ON \`${database.name}\`.* TO '${user}'@'%'`);
  const url = Object.assign(new URL(database.url), { username: user, password: 'p' }).href;
  const connection = await connectMysql(url);
  others.push({ user, connection });
  return connection;
}

const read = (connection: Connection): Promise<SchemaModel> =>
  inspect(connection, { ignoredTables: [], schemas: [] });

/** The database with its view in other words: whether the server calls them the same, and how sure that is. */
async function compare(connection: Connection, definition: string) {
  const current = await read(connection);
  const views = current.views.map((view) => ({ ...view, definition }));
  const { target, unverified } = await canonicalize(connection, {
    current,
    target: { ...current, views },
  });
  return { isSame: target.views[0]?.definition === current.views[0]?.definition, unverified };
}

const everything = async () =>
  (
    await root.query(
      'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() ORDER BY 1',
    )
  ).rows.map(({ name }) => name);

const SAME = 'select id a, COUNT( * ) as c\nfrom t where (n>1) group by id';
const LEFT_BEHIND = 'alembic_probe_000000010123456789abcdef';

describe('the text of a view on MariaDB', () => {
  it('is compared as the server keeps it, and leaves nothing behind', async () => {
    expect(await compare(root, SAME)).toEqual({ isSame: true, unverified: false });
    expect(await compare(root, SAME.replace('>1', '>2'))).toEqual({
      isSame: false,
      unverified: false,
    });
    expect(await everything()).toEqual(['busy', 't']);
  });

  it('that the server refuses is another one, and leaves nothing behind', async () => {
    expect(await compare(root, 'SELECT nowhere FROM t')).toEqual({
      isSame: false,
      unverified: false,
    });
    expect(await everything()).toEqual(['busy', 't']);
  });

  it.each([
    'SELECT, SHOW VIEW',
    'SELECT, SHOW VIEW, CREATE TEMPORARY TABLES',
    'SELECT, SHOW VIEW, CREATE VIEW',
  ])('is compared as it stands, which is said, by who may only %s', async (rights) => {
    const reader = await withRights(rights);
    expect(await compare(reader, SAME)).toEqual({ isSame: false, unverified: true });
    expect(await everything()).toEqual(['busy', 't']);
  });

  it('is never the same for who makes views and does not see them', async () => {
    const blind = await withRights('SELECT, CREATE VIEW, DROP');
    expect(await compare(blind, SAME)).toEqual({ isSame: false, unverified: true });
    expect(await everything()).toEqual(['busy', 't']);
  });

  it('is asked for beside what others ask: their views are not read', async () => {
    const now = Math.floor(Date.now() / 1000).toString(16);
    const fresh = `alembic_probe_${now}0123456789abcdef`;
    await root.query(`CREATE VIEW ${fresh} AS SELECT 1`);
    expect((await read(root)).views.map(({ name }) => name)).toEqual(['busy']);
    await compare(root, SAME);
    expect(await everything()).toEqual([fresh, 'busy', 't']);
  });

  it('clears away what a killed process left behind', async () => {
    await root.query(`CREATE VIEW ${LEFT_BEHIND} AS SELECT 1`);
    expect(await compare(root, SAME)).toEqual({ isSame: true, unverified: false });
    expect(await everything()).toEqual(['busy', 't']);
  });
});
