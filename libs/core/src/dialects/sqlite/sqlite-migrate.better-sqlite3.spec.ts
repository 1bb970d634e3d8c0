import { createMigrator } from '../../runtime/create-migrator.js';
import type { Operations } from '../../operations/operations-api.js';
import type { SpecFile } from './sqlite-database.fixture.js';
import { createSpecFile } from './sqlite-database.fixture.js';
import { sqliteDialect } from './sqlite-dialect.js';

let spec: SpecFile;

beforeEach(() => {
  spec = createSpecFile();
});

afterEach(() => spec.drop());

type Direction = (op: Operations) => Promise<void>;
const nothing: Direction = async () => undefined;

const revision = (
  id: string,
  downRevision: string | null,
  upgrade: Direction,
  downgrade = nothing,
) => ({
  revision: id,
  downRevision,
  upgrade,
  downgrade,
});

const migratorOf = (revisions: readonly ReturnType<typeof revision>[]) =>
  createMigrator({
    dialect: sqliteDialect,
    connect: async () => spec.connect(),
    revisions: [...revisions],
  });

const first = revision(
  'aaaaaaaaaaaa',
  null,
  async (op) => {
    await op.createTable('parent', (t) => [
      t.column('id', 'integer', { nullable: false, autoIncrement: true }),
      t.column('name', 'varchar(20)', { nullable: false, default: `it's` }),
      t.primaryKey(['id'], { name: 'pk_parent' }),
    ]);
    await op.createTable('child', (t) => [
      t.column('id', 'integer', { nullable: false }),
      t.column('parent_id', 'integer'),
      t.primaryKey(['id']),
      t.foreignKey(['parent_id'], 'parent', ['id'], { name: 'fk_child', onDelete: 'cascade' }),
    ]);
  },
  async (op) => {
    await op.dropTable('child');
    await op.dropTable('parent');
  },
);

it('migrates up and down, with version rows and log', async () => {
  const migrator = migratorOf([first]);
  await migrator.upgrade('head');
  const { database } = spec.connect();
  expect(database.prepare('SELECT * FROM alembic_version').all()).toEqual([
    { version_num: 'aaaaaaaaaaaa' },
  ]);
  expect(database.prepare('SELECT revision, direction FROM alembic_version_log').all()).toEqual([
    { revision: 'aaaaaaaaaaaa', direction: 'upgrade' },
  ]);
  await migrator.downgrade('base');
  expect(database.prepare('SELECT * FROM alembic_version').all()).toEqual([]);
});

it('rolls a revision back that fails, and leaves nothing switched off', async () => {
  const failing = revision('bbbbbbbbbbbb', 'aaaaaaaaaaaa', async (op) => {
    await op.createTable('left_over', (t) => [t.column('id', 'integer')]);
    await op.execute('INSERT INTO nowhere VALUES (1)');
  });
  const connection = spec.connect();
  const migrator = createMigrator({
    dialect: sqliteDialect,
    connect: async () => ({
      query: (sql, parameters) => connection.query(sql, parameters),
      script: (sql) => connection.script(sql),
      // A pool would keep it.
      close: async () => undefined,
    }),
    revisions: [first, failing],
  });
  await expect(migrator.upgrade('head')).rejects.toMatchObject({ code: 'E6003' });
  const names = connection.database.prepare('SELECT name FROM sqlite_master').pluck().all();
  expect(names).not.toContain('left_over');
  expect(connection.database.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(connection.database.pragma('busy_timeout', { simple: true })).toBe(5000);
  expect(connection.database.inTransaction).toBe(false);
  expect(connection.database.pragma('database_list')).toHaveLength(1);
});

it('refuses to commit rows that refer to nothing (E6020)', async () => {
  const orphans = revision('bbbbbbbbbbbb', 'aaaaaaaaaaaa', async (op) => {
    await op.execute('INSERT INTO child (id, parent_id) VALUES (1, 99)');
  });
  const migrator = migratorOf([first, orphans]);
  await expect(migrator.upgrade('head')).rejects.toMatchObject({
    code: 'E6020',
    facts: expect.objectContaining({ rows: [['child', 1, 'parent']] }),
  });
  const { database } = spec.connect();
  expect(database.prepare('SELECT count(*) AS n FROM child').get()).toEqual({ n: 0 });
  expect(database.prepare('SELECT version_num FROM alembic_version').pluck().all()).toEqual([
    'aaaaaaaaaaaa',
  ]);
});

it('does not blame a revision for rows that referred to nothing before', async () => {
  await migratorOf([first]).upgrade('head');
  const { database } = spec.connect();
  database.pragma('foreign_keys = OFF');
  database.exec('INSERT INTO child (id, parent_id) VALUES (1, 99)');
  const next = revision('bbbbbbbbbbbb', 'aaaaaaaaaaaa', async (op) => {
    await op.addColumn('child', 'note', 'text');
  });
  await migratorOf([first, next]).upgrade('head');
  expect(database.prepare('SELECT version_num FROM alembic_version').pluck().all()).toEqual([
    'bbbbbbbbbbbb',
  ]);
});

it.each([
  ['COMMIT; SELECT 1', 'E6007'],
  ['BEGIN', 'E6007'],
])('refuses transaction control in a revision: %s', async (sql, code) => {
  const controlling = revision('aaaaaaaaaaaa', null, async (op) => op.execute(sql));
  await expect(migratorOf([controlling]).upgrade('head')).rejects.toMatchObject({ code });
});

it('writes a script that the client runs, and that stops at the first error', async () => {
  const { sql = '' } = await migratorOf([first]).upgrade('head', { sql: true });
  expect(sql).toMatch(/^\.bail on\n/);
  spec.connect().database.exec(sql.replace('.bail on', ''));
  expect(await migratorOf([first]).current()).toMatchObject({ revisions: [expect.anything()] });
});
