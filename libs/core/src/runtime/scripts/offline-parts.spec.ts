import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { errorOf, reset, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase, useWorkshop } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
const shop = useWorkshop(database, {
  dialect: postgresDialect,
  connect: async () => Promise.reject(new Error('a script needs no database')),
});

const script = async (result: Promise<{ readonly sql?: string }>): Promise<string> =>
  (await result).sql ?? '';

const online = () => shop.migratorWith({ connect: () => database.connect() });

/** As a person runs it; psql stops at the first error. */
async function byPsql(sql: string): Promise<string> {
  const file = join(shop.root, 'script.sql');
  writeFileSync(file, sql);
  const args = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', file, database.url];
  const { status, stderr } = spawnSync('psql', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stderr;
}

/** As a program runs it: statement by statement, over the plain driver. */
async function byDriver(sql: string): Promise<void> {
  const connection = await database.connect();
  try {
    for (const statement of postgresDialect.splitStatements(sql)) await connection.query(statement);
  } finally {
    await connection.close();
  }
}

const clients = [
  ['psql', byPsql],
  ['the plain driver', byDriver],
] as const;

/** Our own statements shortened: what is asked is where BEGIN and COMMIT stand. */
const outline = (sql: string): readonly string[] =>
  postgresDialect
    .splitStatements(sql)
    .map((statement) => statement.replace(/^(--.*\s*)+/, '').trim())
    .map((statement) =>
      statement.replace(
        /^((\w+)( TABLE IF NOT EXISTS| INTO)? "alembic_\w+"|DO \$alembic\$).*/s,
        '<ours>',
      ),
    )
    .map((statement) =>
      /^(UPDATE|DELETE FROM) "alembic_version"/.test(statement) ? '<ours>' : statement,
    )
    .filter((statement, at, all) => statement !== '<ours>' || all[at - 1] !== '<ours>');

describe('a script with parts outside of a transaction', () => {
  const revisions = (): void => {
    shop.put('a1', {
      upgrade: `op.execute('CREATE TABLE t (id int, note text)');`,
      downgrade: `op.execute('DROP TABLE t');`,
    });
    shop.put('b2', {
      down: 'a1',
      upgrade: `
        op.execute('INSERT INTO t VALUES (1)');
        op.createIndex('ix_id', 't', ['id'], { concurrently: true });
        op.createIndex('ix_note', 't', ['note'], { concurrently: true });
        op.execute('INSERT INTO t VALUES (2)');`,
      downgrade: `
        op.dropIndex('ix_note', 't', { concurrently: true });
        op.dropIndex('ix_id', 't', { concurrently: true });
        op.execute('DELETE FROM t');`,
    });
  };

  it('MIG-08, SCN-33: COMMIT before them, BEGIN before what follows', async () => {
    revisions();
    expect(outline(await script(shop.migrator.upgrade('a1:b2', { sql: true })))).toEqual([
      'BEGIN',
      '<ours>',
      'INSERT INTO t VALUES (1)',
      'COMMIT',
      'CREATE INDEX CONCURRENTLY "ix_id" ON "t" ("id")',
      'CREATE INDEX CONCURRENTLY "ix_note" ON "t" ("note")',
      'BEGIN',
      'INSERT INTO t VALUES (2)',
      '<ours>',
      'COMMIT',
    ]);
  });

  it('MIG-08: op.autocommitBlock as well, also at the end, where the version row has a transaction of its own', async () => {
    shop.put('a1', {
      upgrade: `op.execute('SELECT 1'); op.autocommitBlock(async () => { await op.execute('VACUUM'); op.execute('ANALYZE'); });`,
    });
    expect(outline(await script(shop.migrator.upgrade('head', { sql: true })))).toEqual([
      'BEGIN',
      '<ours>',
      'SELECT 1',
      'COMMIT',
      'VACUUM',
      'ANALYZE',
      'BEGIN',
      '<ours>',
      'COMMIT',
    ]);
  });

  it('commits a value that was added to a type before it is used', async () => {
    shop.put('a1', {
      upgrade: `op.createEnum('mood', ['a']); op.createTable('t', (t: any) => [t.column('v', 'mood')]);`,
    });
    shop.put('b2', {
      down: 'a1',
      upgrade: `op.alterEnum('mood', ['a'], ['a', 'b']); op.bulkInsert('t', [{ v: 'b' }]);`,
    });
    await byPsql(await script(shop.migrator.upgrade('head', { sql: true })));
    expect(await stateOf(database)).toMatchObject({ rows: ['b2'] });
  });

  it.each(clients)('runs with %s, up and down, and ends as the run does', async (_, run) => {
    revisions();
    await run(await script(shop.migrator.upgrade('head', { sql: true })));
    const offline = await stateOf(database);
    const { rows } = await database.checker.query(
      `SELECT count(*)::int AS valid FROM pg_index WHERE indrelid = 't'::regclass AND indisvalid`,
    );
    expect(rows).toEqual([{ valid: 2 }]);
    await run(await script(shop.migrator.downgrade('b2:base', { sql: true })));
    expect(await stateOf(database)).toMatchObject({ rows: [], tables: [] });
    await reset(database);
    await online().upgrade('head');
    expect(await stateOf(database)).toEqual(offline);
  });

  it('SCN-34: no line of a message begins a line; the log gets it as it is', async () => {
    const message = `it's \\ one line\r\nDROP TABLE everything`;
    shop.put('a1', { message });
    const sql = await script(shop.migrator.upgrade('head', { sql: true }));
    expect(sql).not.toMatch(/^\s*DROP/m);
    expect(sql).toContain('-- Running upgrade  -> a1\n');
    await byPsql(sql);
    const { rows } = await database.checker.query('SELECT message FROM alembic_version_log');
    expect(rows).toEqual([{ message }]);
  });

  it('ENV-01, ENV-04, ENV-05: tells the revision where the script begins and ends', async () => {
    const tell = `op.execute("SELECT '" + JSON.stringify([ctx.isOffline, ctx.startingRevisions, ctx.destinations]) + "'");`;
    shop.put('a1', { upgrade: tell, downgrade: tell });
    shop.put('b2', { down: 'a1', upgrade: tell, downgrade: tell });
    const told = async (result: Promise<{ readonly sql?: string }>) =>
      [...(await script(result)).matchAll(/^SELECT '(\[.*\])';$/gm)].map(([, json]) => json);
    const { migrator } = shop;
    expect(await told(migrator.upgrade('head', { sql: true }))).toEqual([
      '[true,[],["b2"]]',
      '[true,[],["b2"]]',
    ]);
    expect(await told(migrator.upgrade('a1:head', { sql: true }))).toEqual([
      '[true,["a1"],["b2"]]',
    ]);
    expect(await told(migrator.downgrade('b2:base', { sql: true }))).toHaveLength(2);
    expect((await told(migrator.downgrade('b2:base', { sql: true })))[0]).toBe('[true,["b2"],[]]');
    const statements: string[] = [];
    const watching = shop.migratorWith({
      connect: () => database.connect(),
      onEvent: (event) => event.type === 'statementExecuted' && statements.push(event.sql),
    });
    await watching.upgrade('head');
    expect(statements).toEqual([`SELECT '[false,[],["b2"]]'`, `SELECT '[false,[],["b2"]]'`]);
  });
});

describe('the word of a run', () => {
  it('ENV-06: reaches the revision, and is undefined without one', async () => {
    shop.put('a1', { upgrade: `op.execute("SELECT '" + String(ctx.tag) + "'");` });
    const { migrator } = shop;
    expect(await script(migrator.upgrade('head', { sql: true, tag: 'blue' }))).toContain(
      `SELECT 'blue';`,
    );
    expect(await script(migrator.upgrade('head', { sql: true }))).toContain(`SELECT 'undefined';`);
  });
});

describe('version statements of a script', () => {
  it('OFF-08: have literals and count no rows', async () => {
    shop.put('a1', { upgrade: '', downgrade: '' });
    shop.put('b2', { down: 'a1', upgrade: '', downgrade: '' });
    const lines = (sql: string) =>
      sql.split('\n').filter((line) => /^[A-Z ]+"alembic_version" /.test(line));
    const { migrator } = shop;
    expect(lines(await script(migrator.upgrade('a1:b2', { sql: true })))).toEqual([
      `UPDATE "alembic_version" SET version_num = 'b2' WHERE version_num = 'a1';`,
    ]);
    expect(lines(await script(migrator.downgrade('a1:base', { sql: true })))).toEqual([
      `DELETE FROM "alembic_version" WHERE version_num = 'a1';`,
    ]);
  });
});

describe('a script that can be run again (--idempotent)', () => {
  const chain = (): void => {
    shop.put('a1', {
      upgrade: `op.execute("CREATE TABLE probe AS SELECT 'it''s a1 \\\\ $alembic$ :x' AS rev");`,
      downgrade: `op.dropTable('probe');`,
    });
    for (const [id, down] of [
      ['b2', 'a1'],
      ['c3', 'b2'],
      ['d4', 'c3'],
    ] as const)
      shop.put(id, {
        down,
        upgrade: `op.addColumn('probe', '${id}', 'int'); op.execute("INSERT INTO probe (rev, ${id}) VALUES ('${id}', 1)");`,
        downgrade: `op.dropColumn('probe', '${id}'); op.execute("DELETE FROM probe WHERE rev = '${id}'");`,
      });
  };
  const idempotent = { sql: true, idempotent: true } as const;

  it.each(clients)(
    'does with %s what is left to do, wherever the database is, and nothing more',
    async (_, run) => {
      chain();
      const sql = await script(shop.migrator.upgrade('head', idempotent));
      for (const start of ['base', 'a1', 'b2', 'd4']) {
        await reset(database);
        if (start !== 'base') await online().upgrade(start);
        await run(sql);
        await run(sql);
        const { rows } = await database.checker.query('SELECT rev FROM probe ORDER BY rev');
        expect(rows.map(({ rev }) => rev)).toEqual(['b2', 'c3', 'd4', `it's a1 \\ $alembic$ :x`]);
        expect(await stateOf(database)).toMatchObject({
          rows: ['d4'],
          log: ['a1', 'b2', 'c3', 'd4'].map((id) => `upgrade ${id}`),
        });
      }
    },
  );

  it('goes down as well, and leaves alone what is below already', async () => {
    chain();
    const sql = await script(shop.migrator.downgrade('d4:a1', idempotent));
    for (const start of ['head', 'b2', 'a1']) {
      await reset(database);
      await online().upgrade(start);
      await byPsql(sql);
      await byPsql(sql);
      expect(await stateOf(database)).toMatchObject({ rows: ['a1'], tables: ['probe'] });
    }
  });

  const note = (id: string, down: string | readonly string[] | null, dependsOn?: string): string =>
    shop.put(id, {
      down,
      ...(dependsOn !== undefined && { dependsOn }),
      upgrade: `op.execute('CREATE TABLE t_${id} (id int)');`,
      downgrade: `op.execute('DROP TABLE t_${id}');`,
    });

  it('keeps the rows right across branches, merges and dependencies, from every place', async () => {
    note('root', null);
    note('left', 'root');
    note('right', 'root');
    note('deep', 'right');
    note('merged', ['left', 'right']);
    note('other', null, 'left');
    const places = ['root', 'left', 'right', 'deep', 'merged', 'other'];
    const up = await script(shop.migrator.upgrade('heads', idempotent));
    await online().upgrade('heads');
    const heads = await stateOf(database);
    for (const place of places) {
      await reset(database);
      await online().upgrade(place);
      await byPsql(up);
      expect([place, (await stateOf(database)).rows]).toEqual([place, heads.rows]);
      expect((await stateOf(database)).tables).toEqual(heads.tables);
    }
  });

  it('goes down on one branch while the other stays, and never below what still stands on it', async () => {
    note('root', null);
    note('left', 'root');
    note('right', 'root');
    const sql = await script(shop.migrator.downgrade('right:root', idempotent));
    await online().upgrade('heads');
    await byPsql(sql);
    expect(await stateOf(database)).toMatchObject({ rows: ['left'], tables: ['t_left', 't_root'] });
    await online().downgrade('root');
    note('after', 'right');
    await online().upgrade('after');
    const before = await stateOf(database);
    const guarded = await script(shop.migrator.downgrade('right:root', idempotent));
    await expect(byPsql(guarded)).rejects.toThrow(
      'revision right cannot be taken back: one that comes after it is applied',
    );
    expect(await stateOf(database)).toEqual(before);
  });

  it('stops, with nothing changed, where the database is elsewhere than the range', async () => {
    chain();
    await online().upgrade('a1');
    const sql = await script(shop.migrator.upgrade('c3:d4', idempotent));
    await expect(byPsql(sql)).rejects.toThrow('revision d4 cannot be applied: c3 is not');
    await database.checker.query(`UPDATE alembic_version SET version_num = 'zz'`);
    await expect(byPsql(sql)).rejects.toThrow('holds a revision that this script does not know');
    expect(await stateOf(database)).toMatchObject({ rows: ['zz'], tables: ['probe'] });
  });

  it('is one transaction with transactionPerRevision: false', async () => {
    chain();
    const sql = await script(
      shop.migrator.upgrade('head', { ...idempotent, transactionPerRevision: false }),
    );
    expect(sql.match(/^(BEGIN|COMMIT);$/gm)).toEqual(['BEGIN;', 'COMMIT;']);
    await byPsql(sql);
    expect((await stateOf(database)).rows).toEqual(['d4']);
  });

  it.each([
    [
      'an operation outside of a transaction',
      { upgrade: `op.createIndex('ix', 'probe', ['rev'], { concurrently: true });` },
    ],
    ["transaction = 'none'", { more: `export const transaction = 'none';` }],
  ])('E6015 for a revision with %s', async (_, revision) => {
    chain();
    shop.put('e5', { down: 'd4', ...revision });
    expect(await errorOf(shop.migrator.upgrade('head', idempotent))).toMatchObject({
      code: 'E6015',
      facts: { revision: 'e5' },
    });
  });

  it('E7007 for a run', async () => {
    chain();
    expect(await errorOf(shop.migrator.upgrade('head', { idempotent: true }))).toMatchObject({
      code: 'E7007',
    });
  });

  it('is none of a stamp', async () => {
    shop.put('a1');
    expect(await errorOf(shop.migrator.stamp(['a1'], idempotent))).toMatchObject({ code: 'E7007' });
  });
});
