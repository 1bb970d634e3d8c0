import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { createTestDatabase } from '@nest-alembic/testing';
import type { TestDatabase } from '@nest-alembic/testing';
import { MigrationService } from './migration.service.js';
import type { MigrationsModuleOptions } from './migrations-module-options.js';
import { MigrationsModule } from './migrations.module.js';
import { typeOrm } from './shop.fixture.js';

let database: TestDatabase;
let root: string;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'module-options-'));
  writeFileSync(join(root, 'package.json'), '{}');
});
afterEach(() => rmSync(root, { recursive: true }));

async function withService(
  options: MigrationsModuleOptions,
  use: (service: MigrationService) => Promise<void>,
): Promise<void> {
  class AppModule {}
  const imports = [
    typeOrm(database.url),
    MigrationsModule.forRoot({ rootDirectory: root, ...options }),
  ];
  const app = await NestFactory.createApplicationContext(
    { module: AppModule, imports },
    { logger: false, abortOnError: false },
  );
  try {
    await use(app.get(MigrationService));
  } finally {
    await app.close();
  }
}

describe('options about writing, in a module', () => {
  it('reach every revision that the service writes', async () => {
    const options: MigrationsModuleOptions = {
      fileTemplate: '%(year)d/%(rev)s %(slug)s',
      recursiveVersionLocations: true,
      timezone: 'Asia/Kolkata',
      revisionTemplate: 'mine.txt',
      revisionEnvironment: true,
      templateArgs: async ({ connection }) => ({
        database: String(
          (await connection?.query<{ d: string }>('SELECT current_database() AS d'))?.rows[0]?.d,
        ),
      }),
      postWriteHooks: [
        {
          name: 'mark',
          type: 'exec',
          executable: process.execPath,
          options: [
            '-e',
            'require("fs").appendFileSync(process.argv[1], "// marked\\n")',
            'REVISION_SCRIPT_FILENAME',
          ],
        },
      ],
    };
    writeFileSync(
      join(root, 'mine.txt'),
      '// {{database}}\nexport const revision = {{revision}};\nexport const downRevision = {{downRevision}};\nexport const createdAt = {{createdAt}};\nexport function upgrade() {\n  {{upgradeBody}}\n}\nexport function downgrade() {\n  {{downgradeBody}}\n}\n',
    );
    await withService({ ...options, directory: 'db' }, async (service) => {
      await service.init();
      const { file } = await service.revision({ message: 'add accounts', revisionId: 'ab12' });
      expect(relative(root, String(file))).toBe(
        join('db/versions', String(new Date().getUTCFullYear()), 'ab12 add_accounts.ts'),
      );
      const text = readFileSync(String(file), 'utf8');
      expect(text).toMatch(new RegExp(`^// ${new URL(database.url).pathname.slice(1)}\n`));
      expect(text).toMatch(/createdAt = '\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+05:30';/);
      expect(text).toMatch(/\/\/ marked\n$/);
      expect(await service.heads()).toMatchObject([{ id: 'ab12' }]);
    });
  });

  it.each<[object, object]>([
    [{ fileTemplat: 'x' }, { code: 'E9003', facts: { suggestion: 'fileTemplate' } }],
    [{ fileTemplate: '%(nosuch)s' }, { code: 'E9002', facts: { option: 'fileTemplate' } }],
    [
      { timezone: 'Mars/Phobos' },
      { code: 'E9002', problem: 'time zone "Mars/Phobos" cannot be located' },
    ],
    [{ truncateSlugLength: '40' }, { code: 'E9002' }],
    [{ revisionEnvironment: 'yes' }, { code: 'E9002' }],
    [{ postWriteHooks: [{ name: 'x', type: 'bin' }] }, { code: 'E9002' }],
    [{ connect: () => undefined }, { code: 'E9003' }],
    [{ newId: () => 'x' }, { code: 'E9003' }],
  ])('B138, B112: %j is refused when the app is built', async (options, error) => {
    const building = withService(options as MigrationsModuleOptions, async () => undefined);
    await expect(building).rejects.toMatchObject(error);
  });
});
