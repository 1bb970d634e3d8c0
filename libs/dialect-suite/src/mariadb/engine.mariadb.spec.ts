import { EMPTY_SCHEMA, createMigrator, isMigrationError, mariadbDialect } from '@nest-alembic/core';
import type {
  Connection,
  MigrationError,
  MigrationEvent,
  Migrator,
  Operations,
  RevisionContext,
} from '@nest-alembic/core';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectMysql, createMysqlDatabase, type TestDatabase } from '@nest-alembic/testing';

let database: TestDatabase;
let checker: Connection;

beforeAll(async () => {
  database = await createMysqlDatabase();
  checker = await database.connect();
});
afterAll(() => database.drop());
beforeEach(async () => {
  const { rows } = await checker.query<{ name: string }>(
    'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()',
  );
  for (const { name } of rows) await checker.query(`DROP TABLE \`${name}\``);
});

interface Given {
  readonly upgrade: (op: Operations, ctx: RevisionContext) => unknown;
  readonly downgrade?: (op: Operations) => unknown;
  readonly transaction?: 'none';
}

/** A line of revisions: `rev1`, `rev2` and so on. */
function migratorOf(revisions: readonly Given[], options: object = {}): Migrator {
  return createMigrator({
    dialect: mariadbDialect,
    connect: () => database.connect(),
    revisions: revisions.map((given, at) => ({
      revision: `rev${at + 1}`,
      downRevision: at === 0 ? null : `rev${at}`,
      downgrade: () => undefined,
      ...given,
    })) as never,
    ...options,
  });
}

const rowsOf = async (sql: string) => (await checker.query(sql)).rows;
const versions = async () =>
  (await rowsOf('SELECT version_num FROM alembic_version')).map((row) => row['version_num']);
const ledger = () =>
  rowsOf('SELECT stmt_no, state, statement FROM alembic_version_ledger ORDER BY stmt_no');

async function errorOf(work: Promise<unknown>): Promise<MigrationError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (isMigrationError(error)) return error;
  throw new Error('it did not fail as expected', { cause: error });
}

/** A statement that runs until its session, which has the lock, is killed by another one. */
async function killedIn(op: Operations, ctx: RevisionContext): Promise<void> {
  const [{ id }] = (await ctx.query('SELECT CONNECTION_ID() AS id')) as [{ id: number }];
  const kill = async (): Promise<void> => {
    const { rows } = await checker.query(
      `SELECT 1 FROM information_schema.PROCESSLIST WHERE ID = ${id} AND INFO LIKE '%SLEEP(600)%'`,
    );
    if (rows.length === 0) return kill();
    await checker.query(`KILL CONNECTION ${id}`);
  };
  await Promise.all([op.execute("UPDATE t SET name = 'b' WHERE SLEEP(600) = 0"), kill()]);
}

const boundTo = (session: Connection): Connection => ({
  query: (sql, parameters) => session.query(sql, parameters),
  script: (sql) => session.script(sql),
  close: () => session.close(),
});

const makeT = (op: Operations) =>
  op.createTable('t', (t) => [
    t.column('id', 'int', { nullable: false, autoIncrement: true }),
    t.column('name', 'varchar(20)', { nullable: false, default: "it's \\ x", comment: 'a name' }),
    t.primaryKey(['id']),
  ]);

describe('a run on MariaDB', () => {
  it('goes up and down, and writes rows and schema in their order', async () => {
    const migrator = migratorOf([
      { upgrade: makeT, downgrade: (op) => op.dropTable('t') },
      {
        upgrade: async (op) => {
          await op.bulkInsert('t', [{ name: 'a' }, { name: 'b\\' }]);
          await op.alterColumn(
            't',
            'name',
            { type: 'varchar(40)' },
            { from: { type: 'varchar(20)' } },
          );
          await op.execute('UPDATE t SET name = :n WHERE name = :old', { n: 'c', old: 'a' });
        },
        downgrade: (op) =>
          op.alterColumn('t', 'name', { type: 'varchar(20)' }, { from: { type: 'varchar(40)' } }),
      },
    ]);
    await migrator.upgrade('head');
    expect(await versions()).toEqual(['rev2']);
    expect(await rowsOf('SELECT name FROM t ORDER BY id')).toEqual([
      { name: 'c' },
      { name: 'b\\' },
    ]);
    expect(await ledger()).toEqual([]);
    const [created] = await rowsOf('SHOW CREATE TABLE t');
    expect(String(created?.['Create Table'])).toContain(
      "`name` varchar(40) NOT NULL DEFAULT 'it''s \\\\ x' COMMENT 'a name'",
    );
    await migrator.downgrade('base');
    expect(await versions()).toEqual([]);
    expect(await rowsOf("SHOW TABLES LIKE 't'")).toEqual([]);
  });

  it('notes the checksum of a file, also of one that was compiled', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mariadb-'));
    const header = "exports.revision = 'rev1';\nexports.downRevision = null;\n";
    writeFileSync(join(folder, 'package.json'), '{}');
    writeFileSync(
      join(folder, 'rev1.js'),
      `${header}exports.upgrade = (op) => op.execute('DO 0');`,
    );
    try {
      await createMigrator({
        dialect: mariadbDialect,
        connect: () => database.connect(),
        rootDirectory: folder,
        versionLocations: ['.'],
      }).upgrade('head');
    } finally {
      rmSync(folder, { recursive: true });
    }
    const [line] = await rowsOf('SELECT checksum FROM alembic_version_log');
    expect(line?.['checksum']).toMatch(/^js:[0-9a-f]{64}$/);
  });

  it('that fails halfway leaves no version row, and a ledger that says what has happened', async () => {
    const migrator = migratorOf([
      {
        upgrade: async (op) => {
          await makeT(op);
          await op.execute('ALTER TABLE t ADD COLUMN n int');
          await op.execute('ALTER TABLE nowhere ADD COLUMN n int');
        },
      },
    ]);
    const error = await errorOf(migrator.upgrade('head'));
    expect(error).toMatchObject({
      code: 'E6003',
      advice: expect.stringContaining('2 of its statements have happened'),
    });
    expect(await versions()).toEqual([]);
    expect(await ledger()).toEqual([
      expect.objectContaining({ stmt_no: 1, state: 'done' }),
      { stmt_no: 2, state: 'done', statement: 'ALTER TABLE t ADD COLUMN n int' },
      expect.objectContaining({ stmt_no: 3, state: 'failed' }),
    ]);
    expect(await errorOf(migrator.upgrade('head'))).toMatchObject({
      code: 'E6011',
      advice: expect.stringMatching(/run "stamp rev1", .* run "stamp base"/),
    });
  });

  it('that left a revision unfinished is told by current and check, until a stamp settles it', async () => {
    const warnings: string[] = [];
    const migrator = migratorOf(
      [
        { upgrade: makeT },
        {
          upgrade: async (op) => {
            await op.dropTable('t');
            await op.execute('ALTER TABLE nowhere ADD COLUMN n int');
          },
        },
      ],
      {
        targetSchema: () => EMPTY_SCHEMA,
        onEvent: (event: MigrationEvent) => {
          if (event.type === 'warning') warnings.push(event.message);
        },
      },
    );
    await errorOf(migrator.upgrade('head'));
    expect(await migrator.current()).toMatchObject({ rows: ['rev1'], unfinished: 'rev2' });
    expect(await errorOf(migrator.check())).toMatchObject({ code: 'E4014' });
    const told = expect.stringMatching(
      /^upgrade of revision "rev2" .*drop table t.*DROP TABLE `t`\) is done; statement 2 .*failed: .*run "stamp rev1"/s,
    );
    expect(warnings).toEqual([told, told]);
    await checker.query('CREATE TABLE t (id int)');
    await migrator.stamp(['rev1']);
    expect(await migrator.current()).toMatchObject({ rows: ['rev1'], unfinished: null });
    expect(await ledger()).toEqual([]);
  });

  it('that the server refuses to do so cheaply says how to allow it, and does it then', async () => {
    const addNote = (options: object) => (op: Operations) =>
      op.batchAlterTable('t', options, (batch) => batch.addColumn('note', 'int'));
    await migratorOf([{ upgrade: makeT }]).upgrade('head');
    await checker.query('ALTER TABLE t ADD FULLTEXT INDEX words (name)');
    const error = await errorOf(
      migratorOf([{ upgrade: makeT }, { upgrade: addNote({}) }]).upgrade('head'),
    );
    expect(error.problem).toContain('ALGORITHM=INSTANT is not supported');
    expect(error.advice).toContain("{ algorithm: 'copy', lock: 'shared' }");
    expect(error.advice).toContain('Nothing of this revision was kept');
    await migratorOf([
      { upgrade: makeT },
      { upgrade: addNote({ algorithm: 'copy', lock: 'shared' }) },
    ]).upgrade('head');
    expect(await rowsOf("SHOW COLUMNS FROM t LIKE 'note'")).toHaveLength(1);
  });

  it.each<[string, (op: Operations) => Promise<void>, string]>([
    ['a column', (op) => op.alterColumn('c', 'p', { type: 'bigint' }), 'drop the key'],
    ['an index', (op) => op.dropIndex('ix', 'c'), 'drop the key first'],
    ['a counter', (op) => op.dropConstraint('c', 'PRIMARY', 'primaryKey'), 'op.batchAlterTable'],
  ])('that a key is in the way of says what to do: %s', async (_, upgrade, advice) => {
    const makeC = (op: Operations) =>
      op.createTable('c', (t) => [
        t.column('id', 'int', { nullable: false, autoIncrement: true }),
        t.column('p', 'int'),
        t.primaryKey(['id']),
        t.foreignKey(['p'], 'c', ['id'], { name: 'fk' }),
        t.index('ix', ['p']),
      ]);
    const error = await errorOf(migratorOf([{ upgrade: makeC }, { upgrade }]).upgrade('head'));
    expect(error).toMatchObject({ code: 'E6003', advice: expect.stringContaining(advice) });
  });

  it('that fails at its first change keeps nothing, and can be tried again', async () => {
    const migrator = migratorOf([
      {
        upgrade: async (op) => {
          await op.execute('ALTER TABLE nowhere ADD COLUMN n int');
        },
      },
    ]);
    expect(await errorOf(migrator.upgrade('head'))).toMatchObject({ code: 'E6003' });
    expect(await ledger()).toEqual([]);
    await checker.query('CREATE TABLE nowhere (id int)');
    await migrator.upgrade('head');
    expect(await versions()).toEqual(['rev1']);
  });

  it('takes back the rows of a revision without changes of the schema', async () => {
    const migrator = migratorOf([
      { upgrade: makeT },
      {
        upgrade: async (op) => {
          await op.bulkInsert('t', [{ name: 'a' }]);
          await op.execute('INSERT INTO nowhere VALUES (1)');
        },
      },
    ]);
    await errorOf(migrator.upgrade('head'));
    expect(await versions()).toEqual(['rev1']);
    expect(await rowsOf('SELECT name FROM t')).toEqual([]);
  });

  it.each([
    ['COMMIT', 'COMMIT'],
    ['an executable comment', '/*!50003 COMMIT */'],
    ['SET autocommit', 'SET autocommit = 0'],
    ['LOCK TABLES', 'LOCK TABLES t WRITE'],
  ])('refuses transaction control: %s', async (_, sql) => {
    const migrator = migratorOf([{ upgrade: makeT }, { upgrade: (op) => op.execute(sql) }]);
    expect(await errorOf(migrator.upgrade('head'))).toMatchObject({ code: 'E6007' });
    expect(await versions()).toEqual(['rev1']);
  });

  it('notices a commit that hides in a procedure', async () => {
    const migrator = migratorOf([
      {
        upgrade: async (op) => {
          await makeT(op);
          await op.execute(
            'CREATE OR REPLACE PROCEDURE p() BEGIN INSERT INTO t (name) VALUES (1); COMMIT; END',
          );
        },
      },
      { upgrade: (op) => op.execute('CALL p()') },
    ]);
    expect(await errorOf(migrator.upgrade('head'))).toMatchObject({ code: 'E6007' });
    expect(await versions()).toEqual(['rev1']);
    await checker.query('DROP PROCEDURE p');
  });

  it('that has lost its lock writes nothing more', async () => {
    const migrator = migratorOf([
      { upgrade: makeT },
      {
        upgrade: async (op) => {
          await op.execute('DO RELEASE_ALL_LOCKS()');
          await op.execute('ALTER TABLE t ADD COLUMN n int');
        },
      },
    ]);
    expect(await errorOf(migrator.upgrade('head'))).toMatchObject({ code: 'E5004' });
    expect(await versions()).toEqual(['rev1']);
    expect(await rowsOf("SHOW COLUMNS FROM t LIKE 'n'")).toEqual([]);
  });

  it('whose session is killed is tried again where nothing of its revision was committed', async () => {
    const warnings: string[] = [];
    let kills = 1;
    const migrator = migratorOf(
      [
        { upgrade: makeT },
        {
          upgrade: async (op, ctx) => {
            await op.bulkInsert('t', [{ name: 'a' }]);
            if (kills-- > 0) await killedIn(op, ctx);
            await op.execute('ALTER TABLE t ADD COLUMN n int');
          },
        },
      ],
      {
        onEvent: (event: MigrationEvent) => {
          if (event.type === 'warning') warnings.push(event.message);
        },
      },
    );
    expect(await migrator.upgrade('head')).toMatchObject({ rows: ['rev2'] });
    expect(warnings).toEqual([expect.stringContaining('is tried again')]);
    expect(await rowsOf('SELECT name FROM t')).toEqual([{ name: 'a' }]);
  });

  it('whose session is killed after a commit writes nothing more, and tells what is in the database', async () => {
    const migrator = migratorOf([
      { upgrade: makeT },
      {
        upgrade: async (op, ctx) => {
          await op.execute('ALTER TABLE t ADD COLUMN n int');
          await op.bulkInsert('t', [{ name: 'a' }]);
          await killedIn(op, ctx);
        },
      },
    ]);
    expect(await errorOf(migrator.upgrade('head'))).toMatchObject({
      code: 'E6003',
      advice: expect.stringContaining('1 of its statements have happened'),
    });
    expect(await versions()).toEqual(['rev1']);
    expect(await rowsOf('SELECT name FROM t')).toEqual([]);
    expect(await migrator.current()).toMatchObject({ unfinished: 'rev2' });
    expect(await errorOf(migrator.upgrade('head'))).toMatchObject({ code: 'E6011' });
  });

  it('that meets other version rows than those of its plan writes nothing', async () => {
    const other = await database.connect();
    const migrator = migratorOf([
      { upgrade: makeT },
      {
        upgrade: async (op) => {
          await other.query("UPDATE alembic_version SET version_num = 'else'");
          await op.execute('ALTER TABLE t ADD COLUMN n int');
        },
      },
    ]);
    expect(await errorOf(migrator.upgrade('head'))).toMatchObject({
      code: 'E5002',
      facts: { found: ['else'], expected: ['rev1'] },
    });
    expect(await rowsOf("SHOW COLUMNS FROM t LIKE 'n'")).toEqual([]);
  });

  it('waits for whoever has the lock, and says who that is when the time is over', async () => {
    let arrived = (): void => undefined;
    const isThere = new Promise<void>((resolve) => (arrived = resolve));
    let goOn = (): void => undefined;
    const isDone = new Promise<void>((resolve) => (goOn = resolve));
    const slow = migratorOf([
      {
        upgrade: async (op) => {
          await makeT(op);
          arrived();
          await isDone;
        },
      },
    ]).upgrade('head');
    await isThere;
    // What is under way is in the ledger, and was not left there.
    expect(await ledger()).toHaveLength(1);
    expect(await migratorOf([{ upgrade: makeT }]).current()).toMatchObject({ unfinished: null });
    const error = await errorOf(
      migratorOf([{ upgrade: makeT }]).upgrade('head', { lockTimeoutMs: 300 }),
    );
    expect(error.code).toBe('E5001');
    expect(error.problem).toMatch(/it is held by process \d+ \("root"\)/);
    const waiting = migratorOf([{ upgrade: makeT }]).upgrade('head');
    goOn();
    await slow;
    expect(await waiting).toMatchObject({ rows: ['rev1'] });
  });

  it.each([
    ['to read', ''],
    ['to write', 'SELECT'],
    ['to update', 'SELECT, INSERT, DELETE'],
  ])('E4008 for a user without the right %s our tables, before any change', async (_, rights) => {
    const first = [{ upgrade: makeT }];
    await migratorOf(first).upgrade('head');
    const user = `'suite_${process.pid}'@'%'`;
    await checker.query(`CREATE OR REPLACE USER ${user} IDENTIFIED BY 'word'`);
    await checker.query(`GRANT CREATE, ALTER, DROP ON \`${database.name}\`.* TO ${user}`);
    const grant = (table: string, what: string) =>
      checker.query(`GRANT ${what} ON \`${database.name}\`.${table} TO ${user}`);
    await grant('alembic_version_log', 'SELECT, INSERT');
    await grant('alembic_version_ledger', 'SELECT, INSERT, UPDATE, DELETE');
    if (rights) await grant('alembic_version', rights);
    const url = new URL(database.url);
    Object.assign(url, { username: `suite_${process.pid}`, password: 'word' });
    const add = (op: Operations) => op.addColumn('t', 'n', 'int');
    const second = migratorOf([...first, { upgrade: add }], {
      connect: () => connectMysql(url.href),
    });
    try {
      expect(await errorOf(second.upgrade('head'))).toMatchObject({ code: 'E4008' });
      expect(await rowsOf("SHOW COLUMNS FROM t LIKE 'n'")).toEqual([]);
      await grant('alembic_version', 'SELECT, INSERT, UPDATE, DELETE');
      expect(await second.upgrade('head')).toMatchObject({ rows: ['rev2'] });
    } finally {
      await checker.query(`DROP USER ${user}`);
    }
  });

  it('leaves the session as it was, with no lock', async () => {
    const session = await database.connect();
    await session.query("SET SESSION sql_mode = 'ANSI_QUOTES', SESSION lock_wait_timeout = 77");
    const migrator = migratorOf([{ upgrade: makeT }], {
      connect: async () => ({ ...boundTo(session), close: async () => undefined }),
    });
    await migrator.upgrade('head');
    const { rows } = await session.query(
      'SELECT @@SESSION.sql_mode AS mode, @@SESSION.lock_wait_timeout AS wait, RELEASE_ALL_LOCKS() AS locks',
    );
    expect(rows).toEqual([{ mode: 'ANSI_QUOTES', wait: '77', locks: 0 }]);
  });

  it('is strict, whatever the session was', async () => {
    const revisions = [
      { upgrade: makeT },
      { upgrade: (op: Operations) => op.execute("INSERT INTO t (name) VALUES (REPEAT('x', 21))") },
    ];
    const migrator = migratorOf(revisions, {
      connect: async () => {
        const session = await database.connect();
        await session.query("SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'");
        return session;
      },
    });
    const error = await errorOf(migrator.upgrade('head'));
    expect(error.message).toContain('Data too long');
    expect(await rowsOf('SELECT * FROM t')).toEqual([]);
  });

  it('at its end already has nothing to do', async () => {
    const migrator = migratorOf([{ upgrade: makeT }]);
    await migrator.upgrade('head');
    expect(await migrator.upgrade('head')).toMatchObject({ steps: [] });
  });
});
