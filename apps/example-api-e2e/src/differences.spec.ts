import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestDatabase } from '@nest-alembic/testing';
import { createTestDatabase } from '@nest-alembic/testing';
import { committedRevisions } from './describe-refusals.js';
import type { Outcome } from './example-process.js';
import { runExample } from './example-process.js';
import type { MigrationsFolder } from './migrations-folder.js';
import { schemaOf } from './schema-of.js';

jest.setTimeout(120_000);

/** Makes a column that an entity had once, and an index that no entity ever had. */
const leftover = `
export const revision = 'aaaaaaaaaaaa';
export const downRevision = '5d0c8e21f3a4';

export async function upgrade(op) {
  await op.addColumn('brand', 'legacy_code', 'varchar(20)', { entity: 'Brand', property: 'legacyCode' });
  await op.createIndex('by_hand', 'brand', ['website']);
}

export async function downgrade(op) {
  await op.dropIndex('by_hand', 'brand');
  await op.dropColumn('brand', 'legacy_code');
}
`;

let database: TestDatabase;
let migrations: MigrationsFolder;

beforeAll(async () => {
  database = await createTestDatabase();
  migrations = committedRevisions(
    { DATABASE_URL: database.url },
    { files: { 'leftover.ts': leftover } },
  );
  expect((await migrate('upgrade', 'head')).code).toBe(0);
});

afterAll(async () => {
  migrations?.remove();
  await database?.drop();
});

const migrate = (...args: string[]): Promise<Outcome> =>
  runExample(['migrate', ...args], migrations.env);
const versions = (): string[] => readdirSync(join(migrations.directory, 'versions')).sort();

// One story: each spec goes on where the one before it stopped.
describe('a database that differs from the entities', () => {
  it('check ends with 2, names the difference, and changes nothing', async () => {
    const before = await schemaOf(database);
    const { code, stdout } = await migrate('check');
    expect(code).toBe(2);
    expect(stdout).toMatch(/legacy_code/);
    expect(stdout).not.toMatch(/by_hand/);
    const asJson = await migrate('check', '--json');
    expect(asJson.code).toBe(2);
    expect(JSON.parse(asJson.stdout)).toMatchObject({ upToDate: false });
    expect(await schemaOf(database)).toEqual(before);
  });

  it('revision --autogenerate asks before it drops a column; off a terminal it ends with 2 and writes nothing', async () => {
    const before = versions();
    const { code, stdout } = await migrate('revision', '--autogenerate', '-m', 'tidy up');
    expect(code).toBe(2);
    expect(stdout).toMatch(/legacy_code/);
    expect(versions()).toEqual(before);
  });

  it('--allow-destructive is the answer: the revision drops the column, and can bring it back', async () => {
    const before = versions();
    const { code } = await migrate(
      ...['revision', '--autogenerate', '-m', 'tidy up', '--allow-destructive'],
    );
    expect(code).toBe(0);
    const [file = ''] = versions().filter((name) => !before.includes(name));
    const [upgrade, downgrade] = readFileSync(
      join(migrations.directory, 'versions', file),
      'utf8',
    ).split('export async function downgrade');
    expect(upgrade).toContain(`op.dropColumn('brand', 'legacy_code'`);
    expect(downgrade).toContain(`op.addColumn('brand', 'legacy_code', 'character varying(20)'`);
    expect(upgrade).not.toContain('by_hand');
  });

  it('and once it is applied nothing is left; what was made by hand stays', async () => {
    expect((await migrate('upgrade', 'head')).code).toBe(0);
    const { code, stdout } = await migrate('check', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ upToDate: true, changes: [], questions: [] });
    const indexes = (await schemaOf(database)).filter((line) => line.includes('by_hand'));
    expect(indexes).toHaveLength(1);
  });
});
