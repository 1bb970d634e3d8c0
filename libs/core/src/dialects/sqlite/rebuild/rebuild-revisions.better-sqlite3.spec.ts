import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { MigrationEvent } from '../../../runtime/events.js';
import type { Workshop } from '../../../runtime/testing/migrator.fixture.js';
import { createWorkshop } from '../../../runtime/testing/migrator.fixture.js';
import { createSpecFile } from '../sqlite-database.fixture.js';
import type { SpecFile } from '../sqlite-database.fixture.js';
import { sqliteDialect } from '../sqlite-dialect.js';
import { everythingOf } from './rebuild.fixture.js';

let spec: SpecFile;
let workshop: Workshop;

beforeEach(() => {
  spec = createSpecFile();
  workshop = createWorkshop({ connect: async () => spec.connect() }, { dialect: sqliteDialect });
});

afterEach(() => {
  workshop.remove();
  spec.drop();
});

const TABLES = `
  await op.createTable('account', (t) => [
    t.column('id', 'INTEGER', { autoIncrement: true, nullable: false }),
    t.column('email', 'TEXT'),
    t.column('age', 'TEXT'),
    t.primaryKey(['id']),
  ]);
  await op.createTable('invoice', (t) => [
    t.column('id', 'INTEGER'),
    t.column('account_id', 'INTEGER'),
    t.primaryKey(['id']),
    t.foreignKey(['account_id'], 'account', ['id'], { onDelete: 'cascade' }),
  ]);`;
const ROWS = `
  INSERT INTO account (id, email, age) VALUES (3, 'a@x', '17'), (7, 'b@x', '18');
  INSERT INTO invoice VALUES (1, 3), (2, 7);`;

/** The first revision is applied, and the tables have rows. */
async function begun(): Promise<Database.Database> {
  workshop.put('aaaaaaaaaaaa', { upgrade: TABLES });
  await workshop.migrator.upgrade('head');
  const { database } = spec.connect();
  database.exec(ROWS);
  workshop.events.length = 0;
  return database;
}

const next = (upgrade: string, downgrade = '', more = '') =>
  workshop.put('bbbbbbbbbbbb', { down: 'aaaaaaaaaaaa', upgrade, downgrade, more });

const statements = (): readonly string[] =>
  workshop.events.flatMap((event) => (event.type === 'statementExecuted' ? [event.sql] : []));
const rebuilt = (): readonly string[] =>
  statements().flatMap((sql) => /^DROP TABLE "(\w+)"/.exec(sql)?.[1] ?? []);

const rowsIn = (database: Database.Database, table: string): readonly unknown[] =>
  database.prepare(`SELECT * FROM ${table} ORDER BY 1`).all();

it('what needs a new table makes one for each table, in the middle of other operations', async () => {
  const database = await begun();
  next(
    `
    await op.alterColumn('account', 'age', { type: 'INTEGER' }, { from: { type: 'TEXT' } });
    await op.alterColumn('invoice', 'account_id', { nullable: false }, { from: { nullable: true } });
    await op.createIndex('ix_email', 'account', ['email']);
    await op.createUniqueConstraint('account', ['email'], { name: 'uq_email' });
    await op.createTable('audit', (t) => [t.column('what', 'TEXT')]);
    await op.createCheckConstraint('invoice', 'account_id > 0', { name: 'ck_account' });
    await op.addColumn('account', 'plan', 'TEXT', { default: 'free' });`,
    `
    await op.dropColumn('account', 'plan');
    await op.dropConstraint('invoice', 'ck_account', 'check');
    await op.dropTable('audit');
    await op.dropConstraint('account', 'uq_email', 'unique');
    await op.dropIndex('ix_email', 'account');
    await op.alterColumn('invoice', 'account_id', { nullable: true });
    await op.alterColumn('account', 'age', { type: 'TEXT' });`,
  );
  await workshop.migrator.upgrade('head');
  expect(rebuilt()).toEqual(['account', 'invoice']);
  expect(rowsIn(database, 'account')).toEqual([
    { id: 3, email: 'a@x', age: 17, plan: 'free' },
    { id: 7, email: 'b@x', age: 18, plan: 'free' },
  ]);
  expect(rowsIn(database, 'invoice')).toHaveLength(2);
  workshop.events.length = 0;
  await workshop.migrator.downgrade('-1');
  expect(rebuilt()).toEqual(['audit', 'account', 'invoice']);
  expect(rowsIn(database, 'account')).toEqual([
    { id: 3, email: 'a@x', age: '17' },
    { id: 7, email: 'b@x', age: '18' },
  ]);
});

it('what a revision asks for is answered by the new table', async () => {
  const database = await begun();
  next(`
    await op.alterColumn('account', 'age', { type: 'INTEGER' });
    const [row] = await ctx.query<{ type: string }>("SELECT typeof(age) AS type FROM account");
    await op.execute(\`UPDATE account SET email = '\${row?.type}'\`);
    await op.alterColumn('account', 'email', { nullable: false });`);
  await workshop.migrator.upgrade('head');
  expect(rebuilt()).toEqual(['account', 'account']);
  expect(rowsIn(database, 'account')).toMatchObject([{ email: 'integer' }, { email: 'integer' }]);
});

it('DL-38: rows that refer to the table stay when it is made anew on the way back', async () => {
  const database = await begun();
  next('', `await op.alterColumn('account', 'email', { default: 'none' });`);
  await workshop.migrator.upgrade('head');
  await workshop.migrator.downgrade('-1');
  expect(rowsIn(database, 'invoice')).toEqual([
    { id: 1, account_id: 3 },
    { id: 2, account_id: 7 },
  ]);
});

it('a failure names its line, keeps everything, and leaves foreign keys as they were', async () => {
  const database = await begun();
  database.exec('INSERT INTO account (email) VALUES (NULL)');
  const before = everythingOf(database);
  next(`
    await op.alterColumn('account', 'age', { type: 'INTEGER' });
    await op.addColumn('invoice', 'note', 'TEXT');
    await op.alterColumn('account', 'email', { nullable: false });
    await op.execute('SELECT 1');`);
  const connection = spec.connect();
  await expect(
    workshop
      .migratorWith({
        connect: async () => ({
          query: (sql, parameters) => connection.query(sql, parameters),
          script: (sql) => connection.script(sql),
          close: async () => undefined,
        }),
      })
      .upgrade('head'),
  ).rejects.toMatchObject({
    code: 'E6003',
    message: expect.stringContaining('NOT NULL constraint failed'),
    facts: expect.objectContaining({ line: expect.any(Number) }),
  });
  expect(everythingOf(database)).toEqual(before);
  for (const [pragma, value] of [
    ['foreign_keys', 1],
    ['legacy_alter_table', 0],
  ] as const)
    expect(connection.database.pragma(pragma, { simple: true })).toBe(value);
});

it.each([
  ['a revision without a transaction', '', `export const transaction = 'none';`],
  ['a block that commits each statement', 'block', ''],
])('DL-39: %s never leaves a table half made', async (_, kind, more) => {
  const database = await begun();
  database.exec('INSERT INTO account (email) VALUES (NULL)');
  const before = everythingOf(database) as { rows: readonly (readonly [string, unknown])[] };
  const change = `await op.alterColumn('account', 'email', { nullable: false });`;
  next(kind === '' ? change : `await op.autocommitBlock(async () => { ${change} });`, '', more);
  await expect(workshop.migrator.upgrade('head')).rejects.toMatchObject({ code: 'E6003' });
  const own = (all: typeof before) => all.rows.filter(([name]) => !name.startsWith('alembic'));
  expect(own(everythingOf(database) as typeof before)).toEqual(own(before));
});

it('BATCH-07: a batch that is committed by itself keeps its rows too', async () => {
  const database = await begun();
  next(
    `await op.alterColumn('account', 'age', { type: 'INTEGER' });`,
    '',
    `export const transaction = 'none';`,
  );
  await workshop.migrator.upgrade('head');
  expect(rowsIn(database, 'account')).toMatchObject([{ age: 17 }, { age: 18 }]);
  expect(rowsIn(database, 'invoice')).toHaveLength(2);
});

it('a crash between any two statements leaves the file as it was', async () => {
  const database = await begun();
  database.exec(
    `WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
     INSERT INTO account (id, email) SELECT i, i || 'some text to fill pages' FROM n`,
  );
  const before = everythingOf(database);
  next(`await op.alterColumn('account', 'age', { type: 'INTEGER' });`);
  const crashed: string[] = [];
  const onEvent = (event: MigrationEvent): void => {
    if (event.type !== 'statementExecuted') return;
    crashed.push(snapshot(crashed.length));
  };
  // So few pages that the changes are written before they are committed.
  const connect = async () => {
    const connection = spec.connect();
    connection.database.pragma('cache_size = 5');
    return connection;
  };
  await workshop.migratorWith({ onEvent, connect }).upgrade('head');
  expect(crashed.length).toBeGreaterThan(6);
  expect(crashed.some((file) => existsSync(`${file}-journal`))).toBe(true);
  for (const file of crashed) {
    const found = new Database(file);
    expect(found.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(everythingOf(found)).toEqual(before);
    found.close();
  }
  expect(rowsIn(database, 'account')).toHaveLength(2993);
});

/** The file with its journal, as a power cut would leave them. */
function snapshot(number: number): string {
  const folder = join(dirname(spec.file), `crash-${number}`);
  mkdirSync(folder);
  const file = join(folder, 'spec.db');
  copyFileSync(spec.file, file);
  const journal = `${spec.file}-journal`;
  if (existsSync(journal)) copyFileSync(journal, `${file}-journal`);
  return file;
}

describe('SCN-67: a script', () => {
  const run = (file: string, sql: string): void => {
    execFileSync('sqlite3', [file], { input: sql, stdio: ['pipe', 'pipe', 'pipe'] });
  };
  const scriptOf = async (range: string, direction: 'upgrade' | 'downgrade' = 'upgrade') =>
    (await workshop.migrator[direction](range, { sql: true })).sql ?? '';
  const own = (database: Database.Database): unknown =>
    (everythingOf(database) as { objects: readonly { name: string }[] }).objects.filter(
      ({ name }) => !name.startsWith('alembic'),
    );

  it('makes tables anew that it has made itself, as the engine does', async () => {
    workshop.put('aaaaaaaaaaaa', { upgrade: TABLES });
    next(`
      await op.createIndex('ix', 'account', ['email']);
      await op.alterColumn('account', 'age', { type: 'INTEGER', nullable: false });
      await op.dropColumn('account', 'email');`);
    const script = await scriptOf('head');
    run(join(workshop.root, 'scripted.db'), script);
    await workshop.migrator.upgrade('head');
    expect(own(new Database(join(workshop.root, 'scripted.db')))).toEqual(
      own(spec.connect().database),
    );
  });

  it('BATCH-32, OFF-12: names the revision and the line where it cannot know a table', async () => {
    workshop.put('aaaaaaaaaaaa', { upgrade: TABLES });
    next(`
    await op.addColumn('account', 'plan', 'TEXT');
    await op.alterColumn('account', 'age', { type: 'INTEGER' });`);
    await expect(scriptOf('aaaaaaaaaaaa:head')).rejects.toMatchObject({
      code: 'E6016',
      message: expect.stringContaining('copyFrom'),
      facts: expect.objectContaining({
        table: 'account',
        revision: 'bbbbbbbbbbbb',
        line: expect.any(Number),
      }),
    });
  });

  it('a table that SQL of the user changes is not known any more', async () => {
    workshop.put('aaaaaaaaaaaa', { upgrade: TABLES });
    next(`
    await op.execute('CREATE TRIGGER tr AFTER INSERT ON account BEGIN SELECT 1; END');
    await op.alterColumn('account', 'age', { type: 'INTEGER' });`);
    await expect(scriptOf('head')).rejects.toMatchObject({ code: 'E6016' });
  });

  it('a table is still known after statements about its rows', async () => {
    workshop.put('aaaaaaaaaaaa', { upgrade: TABLES });
    next(`
    await op.execute('UPDATE account SET age = 1');
    await op.execute(' delete FROM account');
    await op.alterColumn('account', 'age', { type: 'INTEGER' });`);
    expect(await scriptOf('head')).toContain('_alembic_tmp_account');
  });

  it('a table is not known after a statement about rows with another one behind it', async () => {
    workshop.put('aaaaaaaaaaaa', { upgrade: TABLES });
    next(`
    await op.execute('UPDATE account SET age = 1; ALTER TABLE account ADD COLUMN x');
    await op.alterColumn('account', 'age', { type: 'INTEGER' });`);
    await expect(scriptOf('head')).rejects.toMatchObject({ code: 'E6016' });
  });

  it('takes the definition of a batch, there and back', async () => {
    const database = await begun();
    const copyFrom = (age: string) => `{
      copyFrom: (t) => [
        t.column('id', 'INTEGER', { autoIncrement: true, nullable: false }),
        t.column('email', 'TEXT'),
        t.column('age', '${age}'),
        t.primaryKey(['id']),
      ],
    }`;
    next(
      `await op.batchAlterTable('account', ${copyFrom('TEXT')}, (batch) => { batch.alterColumn('age', { type: 'INTEGER' }); });`,
      `await op.batchAlterTable('account', ${copyFrom('INTEGER')}, (batch) => { batch.alterColumn('age', { type: 'TEXT' }); });`,
    );
    const before = own(database);
    const [up, down] = [
      await scriptOf('aaaaaaaaaaaa:head'),
      await scriptOf('head:aaaaaaaaaaaa', 'downgrade'),
    ];
    run(spec.file, up);
    expect(rowsIn(database, 'account')).toMatchObject([
      { id: 3, age: 17 },
      { id: 7, age: 18 },
    ]);
    expect(rowsIn(database, 'invoice')).toHaveLength(2);
    run(spec.file, down);
    expect(rowsIn(database, 'account')).toMatchObject([{ age: '17' }, { age: '18' }]);
    const squeezed = (objects: unknown) =>
      JSON.stringify(objects).replaceAll(/\\\\n|\\s|\\\\"/g, '');
    expect(squeezed(own(database))).toBe(squeezed(before));
  });

  it.each([
    [
      'ahead of another type',
      `batch.renameColumn('email', 'mail'); batch.alterColumn('age', { type: 'INTEGER' });`,
    ],
    [
      'into the name of one that is dropped',
      `batch.dropColumn('email'); batch.alterColumn('age', { type: 'INTEGER' });
      batch.renameColumn('age', 'email'); batch.alterColumn('email', { default: 1 });`,
    ],
    [
      'twice, with a check between',
      `batch.createCheckConstraint('age > 1', { name: 'ck' }); batch.addColumn('old', 'TEXT', { default: 'x' });
      batch.renameColumn('old', 'kept'); batch.alterColumn('kept', { nullable: false }); batch.renameColumn('age', 'years');`,
    ],
  ])('renames a column %s as the engine does', async (_, changes) => {
    await begun();
    const file = join(workshop.root, 'scripted.db');
    copyFileSync(spec.file, file);
    next(`await op.batchAlterTable('account', {
      copyFrom: (t) => [
        t.column('id', 'INTEGER', { autoIncrement: true, nullable: false }),
        t.column('email', 'TEXT'),
        t.column('age', 'TEXT'),
        t.primaryKey(['id']),
      ],
    }, (batch) => { ${changes} });`);
    run(file, await scriptOf('aaaaaaaaaaaa:head'));
    const { database } = spec.connect();
    next(`await op.batchAlterTable('account', {}, (batch) => { ${changes} });`);
    await workshop.migrator.upgrade('head');
    const scripted = new Database(file);
    for (const table of ['account', 'invoice'])
      expect(rowsIn(scripted, table)).toEqual(rowsIn(database, table));
    const squeezed = (objects: unknown) =>
      JSON.stringify(objects).replaceAll(/\\\\n|\\s|\\\\"/g, '');
    expect(squeezed(own(scripted))).toBe(squeezed(own(database)));
  });

  it('stops at a table that is not as it was said to be, and changes nothing', async () => {
    const database = await begun();
    next(
      `await op.batchAlterTable('account', { copyFrom: (t) => [t.column('id', 'INTEGER'), t.column('age', 'TEXT')] }, (batch) => { batch.alterColumn('age', { type: 'INTEGER' }); });`,
    );
    const before = everythingOf(database);
    const script = await scriptOf('aaaaaaaaaaaa:head');
    expect(() => run(spec.file, script)).toThrow('than it was said to have');
    expect(everythingOf(database)).toEqual(before);
  });
});

it('a plan says which table will be made anew', async () => {
  await begun();
  next(`await op.alterColumn('account', 'age', { type: 'INTEGER' });`);
  const { steps } = (await workshop.migrator.plan('head')) as unknown as {
    steps: readonly { operations: readonly { words: string; statements: readonly string[] }[] }[];
  };
  expect(JSON.stringify(steps)).toContain('alter column account.age: type');
});
