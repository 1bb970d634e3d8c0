import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { compileCore } from '../testing/compiled-core.fixture.js';
import { createSpecDatabase } from '../testing/database.fixture.js';
import { createWorkshop, leaksOf, stateOf } from '../testing/migrator.fixture.js';

it('B031: a revision that never loads ends after `revisionTimeoutMs` (E6012): nothing is written, the lock is free', async () => {
  const core = compileCore();
  const database = await createSpecDatabase();
  const shop = createWorkshop(database, { dialect: postgresDialect });
  try {
    shop.put('a1');
    writeFileSync(
      join(shop.versions, 'b2.mjs'),
      `export const revision = 'b2';\nexport const downRevision = 'a1';\nexport function upgrade() {}\nawait new Promise(() => undefined);\n`,
    );
    const from = (file: string): string => JSON.stringify(join(core.folder, file));
    const program = `
      const { createMigrator } = require(${from('runtime/create-migrator.js')});
      const { postgresDialect } = require(${from('dialects/postgres/postgres-dialect.js')});
      const { connectClient } = require(${from('runtime/testing/database.fixture.js')});
      createMigrator({
        dialect: postgresDialect,
        connect: () => connectClient(${JSON.stringify(database.url)}),
        rootDirectory: ${JSON.stringify(shop.root)},
        revisionTimeoutMs: 500,
      }).upgrade('head').catch(({ code, facts }) => console.log(JSON.stringify({ code, revision: facts.revision })));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], {
      env: core.env,
      encoding: 'utf8',
      timeout: 30_000,
    });
    expect([stdout.trim(), stderr]).toEqual(['{"code":"E6012","revision":"b2"}', '']);
    expect(await stateOf(database)).toMatchObject({ rows: undefined, tables: [] });
    expect(await leaksOf(database)).toEqual([]);
  } finally {
    shop.remove();
    await database.drop();
    core.remove();
  }
}, 60_000);
