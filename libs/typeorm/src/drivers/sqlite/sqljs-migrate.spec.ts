import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMigrator, type Migrator, type Operations } from '@nest-alembic/core';
import { DataSource } from 'typeorm';
import { migratorOptionsFor } from '../../index.js';

let folder: string;
let source: DataSource;

const open = async (): Promise<DataSource> =>
  new DataSource({ type: 'sqljs', location: join(folder, 'app.db'), autoSave: true }).initialize();

const migratorOf = (more: (op: Operations) => unknown = () => undefined): Migrator => {
  const { targetSchema: _, ...options } = migratorOptionsFor(source);
  return createMigrator({
    ...options,
    revisions: [
      {
        revision: 'a1',
        downRevision: null,
        upgrade: async (op: Operations) => {
          await op.createTable('parent', (t) => [
            t.column('id', 'integer', { nullable: false }),
            t.primaryKey(['id']),
          ]);
          await op.createTable('child', (t) => [
            t.column('parent_id', 'integer'),
            t.foreignKey(['parent_id'], 'parent', ['id'], { onDelete: 'cascade' }),
          ]);
        },
        downgrade: async (op: Operations) => {
          await op.dropTable('child');
          await op.dropTable('parent');
        },
      },
      {
        revision: 'b2',
        downRevision: 'a1',
        upgrade: async (op: Operations) => {
          await op.execute('INSERT INTO parent VALUES (1)');
          await op.execute('INSERT INTO child VALUES (1)');
          await op.alterColumn('parent', 'id', { type: 'bigint' }, { from: { type: 'integer' } });
          await more(op);
        },
        downgrade: async () => undefined,
      },
    ],
  });
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sqljs-migrate-'));
  source = await open();
});
afterEach(async () => {
  if (source.isInitialized) await source.destroy();
  rmSync(folder, { recursive: true });
});

const rows = async (sql: string): Promise<unknown[]> => (await source.query(sql)) as unknown[];

it('migrates a file of sql.js in several transactions, and makes a parent anew without losing its children', async () => {
  await migratorOf().upgrade('head');
  expect(await rows('PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }]);
  await source.destroy();
  source = await open();
  expect(await rows('SELECT version_num FROM alembic_version')).toEqual([{ version_num: 'b2' }]);
  expect(await rows('SELECT parent_id FROM child')).toEqual([{ parent_id: 1 }]);
  await migratorOf().downgrade('base');
  expect(await rows('SELECT version_num FROM alembic_version')).toEqual([]);
});

it('keeps nothing of a revision that breaks a foreign key, and switches them on again', async () => {
  const broken = migratorOf((op) => op.execute('DELETE FROM parent'));
  await expect(broken.upgrade('head')).rejects.toMatchObject({ code: 'E6020' });
  expect(await rows('PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }]);
  await source.destroy();
  source = await open();
  expect(await rows('SELECT version_num FROM alembic_version')).toEqual([{ version_num: 'a1' }]);
  expect(await rows('SELECT count(*) AS n FROM child')).toEqual([{ n: 0 }]);
  expect(existsSync(join(folder, 'app.db-alembic_version-lock'))).toBe(false);
});
