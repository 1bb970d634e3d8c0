import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestDatabase } from '@nest-alembic/testing';
import { createTestDatabase } from '@nest-alembic/testing';
import type { RunningExample } from './example-process.js';
import { startExample, workspaceRoot } from './example-process.js';
import { request } from './http.js';
import type { MigrationsFolder } from './migrations-folder.js';
import { emptyMigrations } from './migrations-folder.js';

jest.setTimeout(180_000);

const REPLICAS = 10;
const FIRST = '5d0c8e21f3a4';
const SECOND = '5d0c8e21f3a5';

/** Runs a second time only with an error, and slowly enough that the replicas meet. */
const second = `
export const revision = '${SECOND}';
export const downRevision = '${FIRST}';

export async function upgrade(op) {
  await op.execute('SELECT pg_sleep(1)');
  await op.createTable('applied_once', (t) => [t.column('id', 'integer')]);
}

export async function downgrade(op) {
  await op.dropTable('applied_once');
}
`;

let database: TestDatabase;
let migrations: MigrationsFolder;
let replicas: readonly RunningExample[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  migrations = emptyMigrations({ DATABASE_URL: database.url });
  const versions = join(migrations.directory, 'versions');
  mkdirSync(versions, { recursive: true });
  const committed = `${FIRST}_first_revision.ts`;
  copyFileSync(
    join(workspaceRoot, 'apps/example-api/migrations/versions', committed),
    join(versions, committed),
  );
  writeFileSync(join(versions, `${SECOND}_second.ts`), second);
});

afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.stop()));
  migrations?.remove();
  await database?.drop();
});

describe('ten processes of the app that start at once on a fresh database', () => {
  it('apply each revision once, and all of them serve', async () => {
    const env = { ...migrations.env, AUTO_UPGRADE: 'upgrade', ADMIN_TOKEN: 'token' };
    const starts = await Promise.allSettled(
      Array.from({ length: REPLICAS }, () => startExample(env)),
    );
    replicas = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    expect(starts.flatMap((start) => (start.status === 'rejected' ? [start.reason] : []))).toEqual(
      [],
    );
    const headers = { 'x-admin-token': 'token' };
    const states = await Promise.all(
      replicas.map(({ url }) => request(url, 'GET /admin/migrations', { headers })),
    );
    for (const state of states)
      expect(state).toMatchObject({ status: 200, body: { current: [SECOND], isAtHead: true } });
    const brands = await Promise.all(replicas.map(({ url }) => request(url, 'GET /brands')));
    for (const answer of brands) expect(answer).toEqual({ status: 200, body: [] });
    const connection = await database.connect();
    const log = await connection.query(
      'SELECT revision, direction FROM alembic_version_log ORDER BY id',
    );
    expect(log.rows).toEqual([
      { revision: FIRST, direction: 'upgrade' },
      { revision: SECOND, direction: 'upgrade' },
    ]);
  });
});
