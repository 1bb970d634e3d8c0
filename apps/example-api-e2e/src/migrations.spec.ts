import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestDatabase } from '@nest-alembic/testing';
import { createTestDatabase, pgDump } from '@nest-alembic/testing';
import type { Outcome } from './example-process.js';
import type { MigrationsFolder } from './migrations-folder.js';
import { emptyMigrations, succeed } from './migrations-folder.js';
import { differences, ownTables, runScript, schemaOf, synchronize } from './schema-of.js';

jest.setTimeout(120_000);

/**
 * Where a database that revisions made differs from one that TypeORM's `synchronize` made: a pattern of lines of the
 * fingerprint (`-` TypeORM's, `+` ours), the table, if any, that a dump has to leave out, and the reason.
 */
const DEPARTURES: readonly { lines: RegExp; table?: string; reason: string }[] = [
  {
    lines: /^- (table|sequence .* by) public\.typeorm_metadata[ .]?/,
    table: 'typeorm_metadata',
    reason: 'TypeORM keeps the texts of views and generated columns there; we ask the server',
  },
];

let database: TestDatabase;
let byTypeOrm: TestDatabase;
let byScript: TestDatabase;
let empty: readonly string[];
let migrations: MigrationsFolder;

beforeAll(async () => {
  database = await createTestDatabase();
  byScript = await createTestDatabase();
  empty = await schemaOf(database);
  byTypeOrm = await createTestDatabase();
  await synchronize(byTypeOrm);
  migrations = emptyMigrations({ DATABASE_URL: database.url });
});

afterAll(async () => {
  migrations?.remove();
  for (const one of [database, byTypeOrm, byScript]) await one?.drop();
});

const migrate = (...args: string[]): Promise<Outcome> =>
  succeed(['migrate', ...args], migrations.env);

const revisionFiles = (): string[] =>
  readdirSync(join(migrations.directory, 'versions')).filter((name) => name.endsWith('.ts'));

const rowsOf = async (database: TestDatabase, sql: string): Promise<readonly object[]> => {
  const connection = await database.connect();
  const { rows } = await connection.query(sql);
  await connection.close();
  return rows;
};

// One story: each spec goes on where the one before it stopped.
describe('the example app, from its entities to a database and back', () => {
  it('writes one revision from all entities, and nothing into the database', async () => {
    await migrate('init');
    const { stdout } = await migrate('revision', '--autogenerate', '-m', 'create the shop');
    const [file = ''] = revisionFiles();
    expect(file).toMatch(/^[0-9a-f]{12}_create_the_shop\.ts$/);
    expect(stdout).toBe(`Generating ${join(migrations.directory, 'versions', file)} ...  done\n`);
    expect(await schemaOf(database)).toEqual(empty);
  });

  it('law 1: applied, it gives the schema of TypeORM’s synchronize, but for the departures', async () => {
    await migrate('upgrade', 'head');
    const found = differences(await schemaOf(byTypeOrm), await schemaOf(database));
    expect(found.filter((line) => !DEPARTURES.some(({ lines }) => lines.test(line)))).toEqual([]);
    // A departure that is none any more has to leave the list.
    for (const { lines } of DEPARTURES) expect(found.some((line) => lines.test(line))).toBe(true);
    const excludeTables = [...ownTables, ...DEPARTURES.flatMap(({ table }) => table ?? [])];
    expect(await pgDump(database.url, { excludeTables })).toEqual(
      await pgDump(byTypeOrm.url, { excludeTables }),
    );
  });

  it('law 1: a second comparison finds nothing and writes nothing', async () => {
    expect((await migrate('check')).stdout).toBe('No new upgrade operations detected.\n');
    const before = revisionFiles();
    const { stdout } = await migrate('revision', '--autogenerate', '-m', 'again');
    expect(stdout).toBe('No new upgrade operations detected: nothing was written.\n');
    expect(revisionFiles()).toEqual(before);
  });

  it('law 5: psql makes the same of `upgrade --sql`, which needs no database', async () => {
    const unreachable = { ...migrations.env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    const { stdout } = await succeed(['migrate', 'upgrade', 'head', '--sql'], unreachable);
    await runScript(byScript, stdout);
    expect(await schemaOf(byScript)).toEqual(await schemaOf(database));
    const version = 'SELECT version_num FROM alembic_version';
    expect(await rowsOf(byScript, version)).toEqual(await rowsOf(database, version));
    const check = await succeed(['migrate', 'check'], {
      ...migrations.env,
      DATABASE_URL: byScript.url,
    });
    expect(check.stdout).toBe('No new upgrade operations detected.\n');
  });

  it('law 2: downgrade base leaves nothing but the tables of the tool, which are empty or history', async () => {
    await migrate('downgrade', 'base');
    expect(await schemaOf(database)).toEqual(empty);
    expect(await rowsOf(database, 'SELECT * FROM alembic_version')).toEqual([]);
    expect(
      await rowsOf(database, 'SELECT direction FROM alembic_version_log ORDER BY id'),
    ).toMatchObject([{ direction: 'upgrade' }, { direction: 'downgrade' }]);
  });

  it('law 2: upgraded again, it is what it was', async () => {
    await migrate('upgrade', 'head');
    expect(await schemaOf(database)).toEqual(await schemaOf(byScript));
    await migrate('check');
  });

  it('law 5: psql takes back what `downgrade --sql` says', async () => {
    const [{ version_num: revision }] = (await rowsOf(
      byScript,
      'SELECT version_num FROM alembic_version',
    )) as [{ version_num: string }];
    const { stdout } = await migrate('downgrade', `${revision}:base`, '--sql');
    await runScript(byScript, stdout);
    expect(await schemaOf(byScript)).toEqual(empty);
  });
});
