import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CompiledCore } from '../testing/compiled-core.fixture.js';
import { compileCore } from '../testing/compiled-core.fixture.js';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { SpecDatabase } from '../testing/database.fixture.js';
import { createSpecDatabase } from '../testing/database.fixture.js';
import { createWorkshop, errorOf, reset, stateOf } from '../testing/migrator.fixture.js';
import type { Workshop } from '../testing/migrator.fixture.js';

let database: SpecDatabase;
let shop: Workshop;
let core: CompiledCore;

beforeAll(async () => {
  core = compileCore();
  database = await createSpecDatabase();
});
afterAll(async () => {
  core.remove();
  await database.drop();
});
beforeEach(async () => {
  await reset(database);
  shop = createWorkshop(database, { dialect: postgresDialect });
});
afterEach(() => shop.remove());

const esm = (table: string): string => `export const revision = 'a1';
export async function upgrade(op) {
  await op.createTable('${table}', (t) => [t.column('id', 'int')]);
}
export async function downgrade(op) {
  await op.dropTable('${table}');
}
`;
const commonJs = (table: string): string =>
  `${esm(table)
    .replaceAll('export const ', 'exports.')
    .replaceAll(/export async function (\w+)/g, 'exports.$1 = async function')}`;

/** Applies the texts one after the other in a process of its own: Jest has a registry of modules of its own. */
function tablesOf(name: string, texts: readonly string[]): readonly string[] {
  const at = (...path: readonly string[]): string => join(core.folder, ...path);
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      at('runtime', 'testing', 'fresh-files-worker.fixture.js'),
      ...[database.url, shop.root, join(shop.versions, name)],
      at('dialects', 'postgres', 'postgres-dialect.js'),
    ],
    { encoding: 'utf8', env: { ...core.env, TEXTS: JSON.stringify(texts) } },
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as readonly string[];
}

describe('files that change while the process lives', () => {
  it.each<[string, string, (table: string) => string]>([
    ['a.ts', 'module', esm],
    ['a.ts', 'commonjs', esm],
    ['a.mts', 'commonjs', esm],
    ['a.mjs', 'commonjs', esm],
    ['a.js', 'module', (table) => `await 0;\n${esm(table)}`],
    ['a.cjs', 'module', commonJs],
    ['a.js', 'commonjs', commonJs],
  ])('PORT-14: %s (%s) is loaded anew when it was changed', (name, type, text) => {
    writeFileSync(join(shop.root, 'package.json'), JSON.stringify({ type }));
    const tables = ['t_first', 't_second', 't_second', 't_third'];
    expect(tablesOf(name, tables.map(text))).toEqual(tables);
  });

  it('PORT-13: the source runs and not its output beside it; in two folders they are the same revision twice', async () => {
    writeFileSync(join(shop.versions, 'a.ts'), esm('source'));
    writeFileSync(join(shop.versions, 'a.js'), commonJs('output'));
    await shop.migrator.upgrade('head');
    expect(await stateOf(database)).toMatchObject({ tables: ['source'] });
    const dist = join(shop.root, 'dist', 'migrations');
    mkdirSync(dist, { recursive: true });
    writeFileSync(join(dist, 'a.js'), commonJs('output'));
    const compiled = shop.migratorWith({ versionLocations: [dist] });
    expect(await compiled.heads()).toMatchObject([{ id: 'a1', file: join(dist, 'a.js') }]);
    const both = shop.migratorWith({ versionLocations: [shop.versions, dist] });
    expect(await errorOf(both.heads())).toMatchObject({ code: 'E2006' });
  });
});
