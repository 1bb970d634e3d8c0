import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { committedRevisions } from '../describe-refusals.js';
import type { Outcome } from '../example-process.js';
import { beginExample, runExample } from '../example-process.js';
import type { MigrationsFolder } from '../migrations-folder.js';
import { succeed } from '../migrations-folder.js';
import { revisionOf } from './describe-story.js';
import type { Place, PlacedDatabase } from './places.js';

const app = 'example-portable';
const HEAD = '7a95c8e1340a';
const BY_HAND = 'bbbbbbbbbbbb';
const MAKE_TABLE = `await op.createTable('shelves', (t) => [t.column('id', 'integer')]);`;

/** What is left of a revision that fails or is killed halfway, what is told, and what the next run does. */
export function describeHalfway(place: Place): void {
  let placed: PlacedDatabase;
  let migrations: MigrationsFolder;
  let before: readonly string[];

  beforeAll(async () => {
    placed = await place.create();
    migrations = committedRevisions({ DATABASE_URL: placed.url }, { app });
    await succeed(['migrate', 'upgrade', 'head'], migrations.env, { app });
    before = await placed.state();
  });

  afterAll(async () => {
    migrations?.remove();
    await placed?.database.drop();
  });

  const migrate = (...args: string[]): Promise<Outcome> =>
    runExample(['migrate', ...args], migrations.env, { app });
  const revision = (body: string): void =>
    writeFileSync(
      join(migrations.directory, 'versions/by_hand.js'),
      revisionOf(HEAD, `${MAKE_TABLE}\n  ${body}`),
    );

  /** Nothing is left, or what is left is told, stops the next run, and is settled by a stamp. */
  async function expectSettled(): Promise<void> {
    const current = await migrate('current');
    expect([current.code, current.stdout]).toEqual([0, `${HEAD}\n`]);
    if (place.takesBackDdl) {
      expect(current.stderr).toBe('');
    } else {
      expect(current.stderr).toMatch(/^warning: upgrade of revision "bbbbbbbbbbbb" was left unfin/);
      const next = await migrate('upgrade', 'head');
      expect(next.stderr).toMatch(/^error E6011: .*create table shelves.* is done/);
      expect(next.stderr).toContain(`run "stamp ${HEAD}"`);
      const connection = await placed.database.connect();
      await connection.query('DROP TABLE shelves');
      await connection.close();
      expect(await migrate('stamp', HEAD)).toMatchObject({ code: 0 });
    }
    expect(await placed.state()).toEqual(before);
  }

  describe(`a revision that stops halfway on ${place.name}`, () => {
    it('because its third statement fails', async () => {
      revision(
        `await op.addColumn('shelves', 'n', 'integer');\n  await op.addColumn('nowhere', 'n', 'integer');`,
      );
      const { code, stdout, stderr } = await migrate('upgrade', 'head');
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/^error E6003: .*by_hand\.js:8\) failed: .*nowhere/m);
      expect(stderr).toContain(
        place.takesBackDdl ? 'Nothing of this revision was kept' : '2 of its statements have',
      );
      await expectSettled();
    });

    it('because its process is killed; the next run goes on from what is told', async () => {
      const sign = join(migrations.directory, 'half-way');
      const hang = `require('node:fs').writeFileSync(${JSON.stringify(sign)}, '');
  await new Promise((resolve) => setTimeout(resolve, 600_000));`;
      revision(`if (process.env.HANG) { ${hang} }`);
      const args = ['migrate', 'upgrade', 'head'];
      const running = beginExample(args, { ...migrations.env, HANG: '1' }, { app });
      while (!existsSync(sign)) await sleep(50);
      expect(await running.stop('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
      await expectSettled();
      expect(await migrate('upgrade', 'head')).toMatchObject({ code: 0 });
      expect((await migrate('current')).stdout).toBe(`${BY_HAND} (head)\n`);
    });
  });
}
