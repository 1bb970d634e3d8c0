import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createTestDatabase } from '@nest-alembic/testing';
import type { TestDatabase } from '@nest-alembic/testing';
import type { MigrationService } from './migration.service.js';
import type { MigrationsModuleOptions } from './migrations-module-options.js';
import { useOwnRoot } from './own-root.fixture.js';

const own = useOwnRoot();
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const withService = (
  options: MigrationsModuleOptions,
  use: (service: MigrationService) => Promise<void>,
): Promise<void> => own.withService({ url: database.url, options }, use);

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
      join(own.path, 'mine.txt'),
      '// {{database}}\nexport const revision = {{revision}};\nexport const downRevision = {{downRevision}};\nexport const createdAt = {{createdAt}};\nexport function upgrade() {\n  {{upgradeBody}}\n}\nexport function downgrade() {\n  {{downgradeBody}}\n}\n',
    );
    await withService({ ...options, directory: 'db' }, async (service) => {
      await service.init();
      const { file } = await service.revision({ message: 'add accounts', revisionId: 'ab12' });
      expect(relative(own.path, String(file))).toBe(
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
