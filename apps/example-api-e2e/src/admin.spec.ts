import type { TestDatabase } from '@nest-alembic/testing';
import { createTestDatabase } from '@nest-alembic/testing';
import type { RunningExample } from './example-process.js';
import { startExample } from './example-process.js';
import { request } from './http.js';
import type { MigrationsFolder } from './migrations-folder.js';
import { generatedMigrations } from './migrations-folder.js';

jest.setTimeout(90_000);

let database: TestDatabase;
let migrations: MigrationsFolder;
let app: RunningExample;

beforeAll(async () => {
  database = await createTestDatabase();
  migrations = await generatedMigrations({ DATABASE_URL: database.url });
  app = await startExample({ ...migrations.env, ADMIN_TOKEN: 'right-token' });
});

afterAll(async () => {
  await app?.stop();
  migrations?.remove();
  await database?.drop();
});

const token = { headers: { 'x-admin-token': 'right-token' } };

describe('the admin endpoints', () => {
  it.each([
    ['no token', 'GET /admin/migrations', {}],
    ['a wrong token', 'GET /admin/migrations', { 'x-admin-token': 'wrong-token' }],
    ['a part of the token', 'GET /admin/migrations', { 'x-admin-token': 'right' }],
    ['no token', 'POST /admin/migrations/upgrade', {}],
    ['a wrong token', 'POST /admin/migrations/upgrade', { 'x-admin-token': 'wrong-token' }],
  ])('refuse %s to %s', async (_what, line, headers) => {
    expect(
      await request(app.url, line, { headers: headers as Record<string, string> }),
    ).toMatchObject({
      status: 401,
    });
  });

  it('refuse everything when no token is configured', async () => {
    const open = await startExample(migrations.env);
    try {
      for (const given of [{}, { headers: { 'x-admin-token': '' } }, token]) {
        expect(await request(open.url, 'GET /admin/migrations', given)).toMatchObject({
          status: 403,
        });
        expect(await request(open.url, 'POST /admin/migrations/upgrade', given)).toMatchObject({
          status: 403,
        });
      }
    } finally {
      await open.stop();
    }
  });

  it('tell the state, upgrade, and tell the new state', async () => {
    const before = await request(app.url, 'GET /admin/migrations', token);
    expect(before).toMatchObject({
      status: 200,
      body: { current: [], isAtHead: false, heads: [{ message: 'create the shop' }] },
    });
    const [{ revision }] = before.body.heads;
    const upgraded = await request(app.url, 'POST /admin/migrations/upgrade', token);
    expect(upgraded).toEqual({ status: 200, body: { applied: [revision], current: [revision] } });
    const after = await request(app.url, 'GET /admin/migrations', token);
    expect(after).toMatchObject({ status: 200, body: { current: [revision], isAtHead: true } });
    const again = await request(app.url, 'POST /admin/migrations/upgrade', token);
    expect(again).toEqual({ status: 200, body: { applied: [], current: [revision] } });
  });
});
