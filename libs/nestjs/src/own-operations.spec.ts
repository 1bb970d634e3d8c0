import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestDatabase } from '@nest-alembic/testing';
import type { TestDatabase } from '@nest-alembic/testing';
import { argument, defineOperation } from './index.js';
import type {
  MigrationsModuleRootOptions,
  Operation,
  OperationMethod,
  Operations,
} from './index.js';
import type { MigrationService } from './migration.service.js';
import { useOwnRoot } from './own-root.fixture.js';

const shareTable = defineOperation({
  name: 'shareTable',
  parameters: [['table', argument.name], { role: argument.name }],
  describe: ({ table }) => `share ${table}`,
  reverse: (data): Operation => keepTable.of(data),
  compile: ({ table, role }, { identifier }) =>
    `GRANT SELECT ON ${identifier(table)} TO ${role === undefined ? 'PUBLIC' : identifier(role)}`,
});
const keepTable = defineOperation({
  name: 'keepTable',
  parameters: [['table', argument.name], { role: argument.name }],
  describe: ({ table }) => `no longer share ${table}`,
  reverse: (data): Operation => shareTable.of(data),
  compile: ({ table, role }, { identifier }) =>
    `REVOKE SELECT ON ${identifier(table)} FROM ${role === undefined ? 'PUBLIC' : identifier(role)}`,
});

declare module './custom-operations.js' {
  interface CustomOperations {
    shareTable: OperationMethod<typeof shareTable>;
    keepTable: OperationMethod<typeof keepTable>;
  }
}

const own = useOwnRoot();
let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
  mkdirSync(join(own.path, 'migrations', 'versions'), { recursive: true });
});
afterEach(() => database.drop());

const withService = (
  options: MigrationsModuleRootOptions,
  use: (service: MigrationService) => Promise<void>,
): Promise<void> => own.withService({ url: database.url, options }, use);

/** What everybody may do with the table. */
async function rights(): Promise<readonly unknown[]> {
  const connection = await database.connect();
  const { rows } = await connection.query(
    `SELECT privilege_type AS may FROM information_schema.table_privileges
     WHERE table_name = 'price' AND grantee = 'PUBLIC'`,
  );
  return rows;
}

/** A revision as a file of the app has it. */
const FILE = `import type { Operations } from '@nest-alembic/nestjs';
export const revision = 'a1a1a1a1a1a1';
export const downRevision = null;
export async function upgrade(op: Operations): Promise<void> {
  await op.createTable('price', (t) => [t.column('id', 'bigint')]);
  await op.shareTable('price');
}
export async function downgrade(op: Operations): Promise<void> {
  await op.keepTable('price');
  await op.dropTable('price');
}
`;

describe('operations of the app, registered with the module', () => {
  it('run from revision files: on the database, as a script, planned, and back', async () => {
    writeFileSync(join(own.path, 'migrations', 'versions', 'a1a1a1a1a1a1_price.ts'), FILE);
    await withService({ operations: [shareTable, keepTable] }, async (service) => {
      const { steps } = await service.plan('head');
      expect(steps[0]?.operations[1]).toMatchObject({
        kind: 'shareTable',
        words: 'share price',
        statements: ['GRANT SELECT ON "price" TO PUBLIC'],
      });
      const { sql } = await service.upgrade('head', { sql: true });
      expect(sql).toContain('GRANT SELECT ON "price" TO PUBLIC;');
      await service.upgrade('head');
      expect(await rights()).toEqual([{ may: 'SELECT' }]);
      await service.downgrade('base');
    });
  });

  it('are typed in revisions that are modules', async () => {
    const upgrade = async (op: Operations): Promise<void> => {
      await op.createTable('price', (t) => [t.column('id', 'bigint')]);
      await op.shareTable('price');
    };
    const revisions = [{ revision: 'b2b2b2b2b2b2', downRevision: null, upgrade }];
    await withService({ operations: [shareTable], revisions }, async (service) => {
      await service.upgrade('head');
      expect(await rights()).toHaveLength(1);
    });
  });

  it('that are missing stop the revision, with the closest one', async () => {
    writeFileSync(join(own.path, 'migrations', 'versions', 'a1a1a1a1a1a1_price.ts'), FILE);
    const near = defineOperation({
      name: 'shareTables',
      parameters: [],
      describe: () => 'share all tables',
      compile: () => [],
    });
    await withService({ operations: [near] }, async (service) => {
      await expect(service.upgrade('head')).rejects.toMatchObject({
        code: 'E3019',
        facts: { operation: 'shareTable', suggestion: 'shareTables', revision: 'a1a1a1a1a1a1' },
      });
    });
  });

  it('E9009: that take a name stop the app from being built', async () => {
    const building = withService({ operations: [keepTable, keepTable] }, async () => undefined);
    await expect(building).rejects.toMatchObject({ code: 'E9009' });
  });
});
