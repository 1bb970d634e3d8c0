import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { CompiledCore } from '../testing/compiled-core.fixture.js';
import { compileCore } from '../testing/compiled-core.fixture.js';
import type { SpecDatabase } from '../testing/database.fixture.js';
import { createSpecDatabase } from '../testing/database.fixture.js';
import type { Workshop } from '../testing/migrator.fixture.js';
import {
  createWorkshop,
  errorOf,
  leaksOf,
  ledgerOf,
  reset,
  stateOf,
} from '../testing/migrator.fixture.js';

let database: SpecDatabase;
let shop: Workshop;
let core: CompiledCore;

beforeAll(async () => {
  core = compileCore();
  database = await createSpecDatabase();
});
afterAll(async () => {
  core.remove();
  await database.drop();
});
beforeEach(async () => {
  await reset(database);
  // An index over it takes three seconds, wherever a build looks at its rows.
  await database.checker.query(
    `CREATE TABLE slow (id int); INSERT INTO slow VALUES (1);
     CREATE FUNCTION slowly(int) RETURNS int IMMUTABLE LANGUAGE plpgsql
       AS $$ BEGIN PERFORM pg_sleep(1.5); RETURN $1; END $$`,
  );
  shop = createWorkshop(database, { dialect: postgresDialect });
});
afterEach(() => shop.remove());

/** An upgrade in a process of its own, killed without a word when the server shows a statement of it. */
async function killDuring(pattern: string): Promise<void> {
  const child = startUpgrade();
  await until(async () => {
    const { rows } = await database.checker.query(
      `SELECT 1 FROM pg_stat_activity WHERE query ~ $1 AND state = 'active' AND pid <> pg_backend_pid()
         AND application_name LIKE 'nest-alembic%'`,
      [pattern],
    );
    return rows.length > 0;
  });
  const ended = once(child, 'close');
  child.kill('SIGKILL');
  await ended;
}

function startUpgrade(): ChildProcess {
  const worker = join(core.folder, 'runtime', 'testing', 'upgrade-worker.fixture.js');
  const dialect = join(core.folder, 'dialects', 'postgres', 'postgres-dialect.js');
  const args = [worker, dialect, database.url, shop.root];
  const child = spawn(process.execPath, args, {
    env: core.env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.write('go\n');
  return child;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('it did not come to that');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The server goes on with what was sent, and frees the lock when that has ended. */
const serverIsDone = (): Promise<void> => until(async () => (await leaksOf(database)).length === 0);

const indexState = async (): Promise<string> => {
  const { rows } = await database.checker.query<{ valid: boolean }>(
    `SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = to_regclass('public.ix')`,
  );
  return rows[0] === undefined ? 'absent' : rows[0].valid ? 'valid' : 'invalid';
};

const CONCURRENT = `op.createIndex('ix', 'slow', [{ expression: 'slowly(id)' }], { concurrently: true });`;

describe('kill -9 of a run', () => {
  it('during a concurrent index build (K4): the version row is the old one, and the ledger tells what was in flight', async () => {
    shop.put('a1');
    shop.put('b2', {
      down: 'a1',
      upgrade: `await op.createTable('made', (t: any) => [t.column('id', 'int')]);
        await ${CONCURRENT}
        await op.createTable('never', (t: any) => [t.column('id', 'int')]);`,
    });
    await killDuring('^CREATE INDEX CONCURRENTLY');
    expect(await ledgerOf(database)).toEqual(['upgrade b2 1 done', 'upgrade b2 2 running']);
    await serverIsDone();
    // The server finished the build by itself: the ledger says no more than what was known.
    expect(await indexState()).toBe('valid');
    expect(await ledgerOf(database)).toEqual(['upgrade b2 1 done', 'upgrade b2 2 running']);
    expect(await stateOf(database)).toMatchObject({
      rows: ['a1'],
      tables: ['made', 'slow', 't_a1'],
      log: ['upgrade a1'],
    });
    const error = await errorOf(shop.migrator.upgrade('head'));
    expect(error).toMatchObject({ code: 'E6011', facts: { revision: 'b2' } });
    expect(error.message).toMatch(
      /statement 1 \(create table made: .*\) is done; statement 2 \(create index ix on slow: .*\) was in flight/,
    );
    expect(error.message).toContain('"stamp b2"');
    expect(await indexState()).toBe('valid');
  });

  it('while another process waits: the waiting one stops with what the ledger says, and runs nothing', async () => {
    shop.put('a1', { upgrade: CONCURRENT });
    shop.put('b2', { down: 'a1' });
    await killDuring('^CREATE INDEX CONCURRENTLY');
    // It polls until the server has freed the lock of the dead one.
    expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({ code: 'E6011' });
    expect(await stateOf(database)).toMatchObject({ rows: [], tables: ['slow'], log: [] });
  });

  it('in the part after an autocommit statement: that part is gone, what was committed is told', async () => {
    shop.put('a1', {
      upgrade: `await op.createIndex('ix', 'slow', ['id'], { concurrently: true });
        await op.createTable('gone', (t: any) => [t.column('id', 'int')]);
        await op.execute('SELECT pg_sleep(60)');`,
    });
    await killDuring('pg_sleep\\(60\\)');
    await until(async () => (await stateOf(database)).tables.length === 1);
    // The server watches the socket during a transaction, so that dead work ends at once (K3).
    await serverIsDone();
    expect(await indexState()).toBe('valid');
    expect(await stateOf(database)).toMatchObject({ rows: [], tables: ['slow'] });
    expect(await ledgerOf(database)).toEqual(['upgrade a1 1 done']);
    expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({
      code: 'E6011',
      facts: { statements: [{ number: 1, state: 'done' }] },
    });
  });

  it('in a revision that stays in its transaction: no line, and the next run goes on', async () => {
    shop.put('a1', {
      upgrade: `await op.createTable('made', (t: any) => [t.column('id', 'int')]);
        await op.execute("SELECT pg_sleep(60) WHERE current_setting('application_name') = ''");
        await op.execute('SELECT slowly(1)');`,
    });
    await killDuring('slowly\\(1\\)');
    await serverIsDone();
    expect(await stateOf(database)).toMatchObject({ rows: [], tables: ['slow'] });
    expect(await ledgerOf(database)).toEqual([]);
    expect((await shop.migrator.upgrade('head')).rows).toEqual(['a1']);
  });
});
