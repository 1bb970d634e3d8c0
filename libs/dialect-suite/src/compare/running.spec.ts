import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMigrator } from '@nest-alembic/core';
import type { Connection, MigrationEvent, SchemaModel } from '@nest-alembic/core';
import { connectPostgres } from '@nest-alembic/testing';
import { withEntityMarks } from '../entity-marks.js';
import { column, keyed, tablesOf } from '../model-builders.js';
import { POSTGRES } from '../tested-dialects.js';
import { CompareBench } from './compare-bench.js';

let bench: CompareBench;
beforeAll(async () => {
  bench = await CompareBench.open();
});
afterAll(() => bench.close());

const account = (value: string, ...more: readonly string[]) =>
  keyed('account', [
    column('at', 'timestamptz', { default: value }),
    ...more.map((name) => column(name, 'text')),
  ]);

/** A session that tells of each round trip. */
const telling = (connection: Connection, onTrip: (sql: string) => void): Connection => ({
  query: (sql, parameters) => {
    onTrip(sql);
    return connection.query(sql, parameters);
  },
  script: (sql) => {
    onTrip(sql);
    return connection.script(sql);
  },
  close: () => connection.close(),
});

async function tripsOf(target: SchemaModel): Promise<readonly string[]> {
  const trips: string[] = [];
  const connect = async () =>
    telling(await connectPostgres(bench.database.url), (sql) => trips.push(sql));
  await bench.check(target, { connect });
  return trips;
}

describe('running', () => {
  it('AG-95: refuses a database behind the revisions, naming what is pending, and --sql', async () => {
    await bench.make(tablesOf(account('now()')));
    const target = tablesOf(account('now()', 'b'));
    await inFolder(async (folder) => {
      revisionFile(folder, 'a1', 'null');
      revisionFile(folder, 'b2', `'a1'`);
      const migrator = migratorIn(folder, target, () => bench.database.connect());
      const pending = { code: 'E4014', facts: { rows: ['a1'], pending: ['b2'] } };
      await expect(migrator.check()).rejects.toMatchObject(pending);
      const asked = { message: 'x', autogenerate: true };
      await expect(migrator.revision(asked)).rejects.toMatchObject(pending);
      await expect(migrator.revision({ ...asked, sql: true })).rejects.toMatchObject({
        code: 'E7007',
      });
      expect(filesIn(folder)).toEqual(['a1.ts', 'b2.ts']);
    });
  });

  it('AG-97: the engine compares without an app, and gives the operations and questions as data', async () => {
    await bench.make(tablesOf(account('now()', 'gone')));
    const { changes, diff, upToDate } = await bench.check(tablesOf(account('now()', 'new')));
    expect(upToDate).toBe(false);
    expect(changes).toEqual(['add column account.new', 'drop column account.gone']);
    expect(diff.operations).toMatchObject([
      { kind: 'addColumn', column: { name: 'new' } },
      { kind: 'dropColumn', dropped: { name: 'gone', type: 'text' } },
    ]);
  });

  it('AG-30: asks the server as often for forty tables as for one, and not about texts that are equal', async () => {
    const many = (value: string) =>
      tablesOf(
        ...Array.from({ length: 40 }, (_, at) => ({
          ...account(value),
          name: `account_${at}`,
        })).map((table) => ({
          ...table,
          primaryKey: { name: `${table.name}_pkey`, columns: ['id'] },
        })),
      );
    await bench.make(tablesOf(account('now()')));
    const one = await tripsOf(tablesOf(account('now()')));
    const oneAsked = await tripsOf(tablesOf(account('NOW()')));
    await bench.make(many('now()'));
    expect(await tripsOf(many('now()'))).toHaveLength(one.length);
    expect(await tripsOf(many('NOW()'))).toHaveLength(oneAsked.length);
    expect(one.filter((sql) => /TEMPORARY|SAVEPOINT/.test(sql))).toEqual([]);
    expect(one.length).toBeLessThanOrEqual(8);
    expect(oneAsked.length - one.length).toBeLessThanOrEqual(10);
  });
});

describe('a role that may only read (design D6)', () => {
  const role = `reader_${process.pid}_${process.env['JEST_WORKER_ID'] ?? 0}`;
  let url: string;

  beforeAll(async () => {
    await bench.make(tablesOf(account('now()')));
    const { name } = bench.database;
    await bench.sql(`DROP ROLE IF EXISTS ${role}; CREATE ROLE ${role} LOGIN PASSWORD 'reader';
      REVOKE TEMPORARY ON DATABASE "${name}" FROM PUBLIC; GRANT CONNECT ON DATABASE "${name}" TO ${role};
      GRANT USAGE ON SCHEMA public TO ${role}; GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role}`);
    const own = new URL(bench.database.url);
    own.username = role;
    own.password = 'reader';
    url = own.href;
  });
  afterAll(() => bench.sql(`DROP OWNED BY ${role}; DROP ROLE ${role}`));

  const asReader = (value: string) =>
    bench.check(tablesOf(account(value)), { connect: () => connectPostgres(url) });

  it('compares, and is sure where the texts are equal', async () => {
    expect(await asReader('now()')).toMatchObject({
      upToDate: true,
      diff: { unverified: false },
    });
  });

  it('E5014 where all that differs may only be spelled otherwise: that is no difference that is known', async () => {
    await expect(asReader('NOW()')).rejects.toMatchObject({
      code: 'E5014',
      problem: expect.stringContaining('(alter column account.at: default)'),
      advice: expect.stringContaining(
        `GRANT TEMPORARY ON DATABASE "${bench.database.name}" TO "${role}"`,
      ),
    });
    expect(await bench.check(tablesOf(account('NOW()')))).toMatchObject({ upToDate: true });
  });

  it('says of each difference whether it may only be one of spelling', async () => {
    const events: MigrationEvent[] = [];
    const result = await bench.check(tablesOf(account('NOW()', 'nick')), {
      connect: () => connectPostgres(url),
      onEvent: (event) => events.push(event),
    });
    expect(result).toMatchObject({
      changes: ['add column account.nick', 'alter column account.at: default'],
      doubtful: ['alter column account.at: default'],
      diff: { unverified: true },
    });
    expect(events).toContainEqual({
      type: 'warning',
      message: expect.stringMatching(/as text.*GRANT TEMPORARY/),
    });
  });

  it('writes no revision that may only spell otherwise what is there: E5014', async () => {
    await inFolder(async (folder) => {
      revisionFile(folder, 'a1', 'null');
      const target = tablesOf(account('NOW()', 'nick'));
      const asReaderOf = migratorIn(folder, target, () => connectPostgres(url));
      await expect(asReaderOf.revision({ autogenerate: true })).rejects.toMatchObject({
        code: 'E5014',
        advice: expect.stringContaining('GRANT TEMPORARY'),
        facts: { changes: ['add column account.nick', 'alter column account.at: default'] },
      });
      expect(filesIn(folder)).toEqual(['a1.ts']);
      const asOwner = migratorIn(folder, target, () => bench.database.connect());
      const { changes } = await asOwner.revision({ autogenerate: true });
      expect(changes).toEqual(['add column account.nick']);
    });
  });

  it('writes a revision where the texts are equal', async () => {
    await inFolder(async (folder) => {
      revisionFile(folder, 'a1', 'null');
      const target = tablesOf(account('now()', 'nick'));
      const migrator = migratorIn(folder, target, () => connectPostgres(url));
      const { changes } = await migrator.revision({ message: 'nick', autogenerate: true });
      expect(changes).toEqual(['add column account.nick']);
      expect(filesIn(folder)).toHaveLength(2);
    });
  });
});

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'compare-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const versionsOf = (folder: string): string => join(folder, 'migrations', 'versions');
const filesIn = (folder: string): readonly string[] => readdirSync(versionsOf(folder)).sort();

function revisionFile(folder: string, id: string, downRevision: string): void {
  mkdirSync(versionsOf(folder), { recursive: true });
  writeFileSync(
    join(versionsOf(folder), `${id}.ts`),
    `export const revision = '${id}';\nexport const downRevision = ${downRevision};\n`,
  );
}

const migratorIn = (
  rootDirectory: string,
  target: SchemaModel,
  connect: () => Promise<Connection>,
) =>
  createMigrator({
    dialect: POSTGRES.dialect,
    connect,
    rootDirectory,
    targetSchema: () => withEntityMarks(target),
  });
