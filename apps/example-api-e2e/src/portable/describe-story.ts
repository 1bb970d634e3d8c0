import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome, RunningExample } from '../example-process.js';
import { runExample, startExample } from '../example-process.js';
import { request } from '../http.js';
import type { MigrationsFolder } from '../migrations-folder.js';
import { emptyMigrations, succeed } from '../migrations-folder.js';
import type { Place, PlacedDatabase } from './places.js';

const app = 'example-portable';
const BY_HAND = 'bbbbbbbbbbbb';

/** What a user does with the app's binary on one kind of database, from `init` to an app that upgrades itself. */
export function describeStory(place: Place): void {
  let placed: PlacedDatabase;
  let migrations: MigrationsFolder;
  let first: string;
  let empty: readonly string[];

  beforeAll(async () => {
    placed = await place.create();
    migrations = emptyMigrations({ DATABASE_URL: placed.url });
    empty = await placed.state();
  });

  afterAll(async () => {
    migrations?.remove();
    await placed?.database.drop();
  });

  const migrate = (...args: string[]): Promise<Outcome> =>
    succeed(['migrate', ...args], migrations.env, { app });
  const ended = async (...args: string[]): Promise<readonly [number | null, string]> => {
    const { code, stdout } = await runExample(['migrate', ...args], migrations.env, { app });
    return [code, stdout];
  };
  const versions = (): string => join(migrations.directory, 'versions');
  const byHand = (): string => join(versions(), `${BY_HAND}_by_hand.js`);

  // Each spec goes on where the one before it stopped.
  describe(`the binary on ${place.name}`, () => {
    it('writes a first revision from the entities, plans it, and writes nothing into the database', async () => {
      await migrate('init');
      await migrate('revision', '--autogenerate', '-m', 'the library');
      const [file = ''] = readdirSync(versions()).filter((name) => name.endsWith('.ts'));
      first = file.slice(0, 12);
      const plan = await migrate('plan', 'head');
      expect((await migrate('upgrade', 'head', '--dry-run')).stdout).toBe(plan.stdout);
      const { stdout } = await migrate('upgrade', 'head', '--sql');
      for (const text of [plan.stdout, stdout]) expect(text).toMatch(/CREATE TABLE .books./);
      expect(await ended('check')).toEqual([1, '']);
      expect(await placed.state()).toEqual(empty);
    });

    it('upgrades, and check finds nothing', async () => {
      await migrate('upgrade', 'head');
      expect((await migrate('check')).stdout).toBe('No new upgrade operations detected.\n');
      expect((await migrate('current')).stdout).toBe(`${first} (head)\n`);
    });

    it('runs a revision in compiled JavaScript, whose difference check tells, and takes it back', async () => {
      writeFileSync(byHand(), revisionOf(first, `await op.dropColumn('books', 'rating');`));
      expect(await ended('check')).toEqual([1, '']);
      await migrate('upgrade', '+1');
      expect(await ended('check')).toEqual([2, expect.stringContaining('add column books.rating')]);
      expect((await migrate('history')).stdout).toMatch(/^\w+ -> bbbbbbbbbbbb \(head\)/);
      await migrate('downgrade', '-1');
      rmSync(byHand());
      await migrate('check');
    });

    it('stamps without changing anything else', async () => {
      await migrate('stamp', 'base');
      expect((await migrate('current')).stdout).toBe('');
      await migrate('stamp', 'head');
      await migrate('check');
    });

    it('goes down to base, and an app that upgrades itself comes up again', async () => {
      await migrate('downgrade', 'base');
      const running = await startExample(
        { ...migrations.env, AUTO_UPGRADE: 'upgrade', ADMIN_TOKEN: 'right-token' },
        { app },
      );
      await expectAtHead(running, first).finally(() => running.stop());
      await migrate('check');
    });
  });
}

/** A compiled revision over `down` with a body for `upgrade`. */
export const revisionOf = (down: string, upgrade: string): string => `'use strict';
exports.revision = '${BY_HAND}';
exports.downRevision = '${down}';
exports.message = 'by hand';
exports.upgrade = async (op) => {
  ${upgrade}
};
exports.downgrade = async (op) => {
  await op.addColumn('books', 'rating', op.type.double(), { entity: 'Book' });
};
`;

async function expectAtHead({ url }: RunningExample, revision: string): Promise<void> {
  const headers = { 'x-admin-token': 'right-token' };
  expect(await request(url, 'GET /books')).toEqual({ status: 200, body: [] });
  for (const given of [{}, { 'x-admin-token': 'wrong-token' }])
    expect(await request(url, 'GET /admin/migrations', { headers: given })).toMatchObject({
      status: 401,
    });
  expect(await request(url, 'GET /admin/migrations', { headers })).toEqual({
    status: 200,
    body: { current: [revision], isAtHead: true },
  });
  expect(await request(url, 'POST /admin/migrations/upgrade', { headers })).toEqual({
    status: 200,
    body: { applied: 0, current: [revision] },
  });
}
