import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createTestDatabase } from '@nest-alembic/testing';
import type { TestDatabase } from '@nest-alembic/testing';
import { EntitySchema } from 'typeorm';
import { rewriter } from './index.js';
import type { RevisionDirective } from './index.js';
import type { MigrationService } from './migration.service.js';
import { useOwnRoot } from './own-root.fixture.js';

const Account = new EntitySchema({
  name: 'Account',
  columns: { id: { type: Number, primary: true }, email: { type: String } },
  indices: [{ name: 'ix_email', columns: ['email'] }],
});

const own = useOwnRoot();
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const withService = (
  processRevisionDirectives: RevisionDirective,
  use: (service: MigrationService) => Promise<void>,
): Promise<void> =>
  own.withService(
    {
      url: database.url,
      options: { processRevisionDirectives },
      dataSource: { entities: [Account] },
    },
    use,
  );

describe('processRevisionDirectives, in a module', () => {
  it('changes what revision writes and what check finds', async () => {
    const cautious = rewriter()
      .rewrite('createIndex', (operation) => ({ ...operation, concurrently: true }))
      .rewrite('createTable', (operation, { draft }) => ({
        ...operation,
        table: { ...operation.table, comment: draft.message },
      }))
      .chain((drafts) => drafts.filter(({ upgrade }) => upgrade.length > 0))
      .chain((drafts) => drafts.map((draft) => ({ ...draft, revisionId: '0001' })));
    await withService(cautious, async (service) => {
      await service.init();
      const { file } = await service.revision({ autogenerate: true, message: 'accounts' });
      expect(basename(String(file))).toBe('0001_accounts.ts');
      const text = readFileSync(String(file), 'utf8');
      expect(text).toContain(`comment: 'accounts'`);
      expect(await service.upgrade('head')).toMatchObject({ rows: ['0001'] });
      expect(await service.revision()).toMatchObject({ cancelled: true, written: [] });
    });
    await withService(
      () => null,
      async (service) => {
        expect(await service.check()).toMatchObject({ upToDate: true });
        const refusing = {
          processRevisionDirectives: () => {
            throw new Error('not on Fridays');
          },
        };
        await expect(service.revision(refusing)).rejects.toThrow('not on Fridays');
        const { diff } = await service.check();
        expect(diff.operations).toMatchObject([{ kind: 'setTableComment' }]);
      },
    );
    const files = readdirSync(join(own.path, 'migrations', 'versions'));
    expect(files.filter((name) => name.endsWith('.ts'))).toEqual(['0001_accounts.ts']);
  });

  it('is refused when it is no function', async () => {
    const building = withService({} as RevisionDirective, async () => undefined);
    await expect(building).rejects.toMatchObject({
      code: 'E9002',
      facts: { option: 'processRevisionDirectives' },
    });
  });
});
