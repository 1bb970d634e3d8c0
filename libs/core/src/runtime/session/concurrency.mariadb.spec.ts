import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '../../dialects/common/connection.js';
import { connectMysqlClient } from '../../dialects/mysql/connect-mysql.fixture.js';
import type { CompiledCore } from '../testing/compiled-core.fixture.js';
import { compileCore } from '../testing/compiled-core.fixture.js';

const ids = ['a1', 'b2', 'c3', 'd4', 'e5', 'f6'];
const name = `core_mysql_${process.pid}_${randomBytes(4).toString('hex')}`;
let core: CompiledCore;
let root: string;
let server: Connection;
let url: string;

beforeAll(async () => {
  core = compileCore();
  root = mkdtempSync(join(tmpdir(), 'mariadb-replicas-'));
  writeFileSync(join(root, 'worker.cjs'), WORKER);
  const serverUrl = String(process.env['TEST_MARIADB_URL']);
  server = await connectMysqlClient(serverUrl);
  await server.query(`CREATE DATABASE ${name}`);
  await server.query(`USE ${name}`);
  url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
});
afterAll(async () => {
  await server.query(`DROP DATABASE ${name}`);
  await server.close();
  core.remove();
  rmSync(root, { recursive: true, force: true });
});

/** A replica: gets ready, waits for the starting signal, upgrades, and prints what it came to. */
const WORKER = `
const [folder, url, ids] = process.argv.slice(2);
const { createMigrator, mariadbDialect } = require(folder + '/index.js');
const { connectMysqlClient } = require(folder + '/dialects/mysql/connect-mysql.fixture.js');
const revisions = ids.split(',').map((revision, at, all) => ({
  revision, downRevision: all[at - 1] ?? null,
  upgrade: async (op) => {
    await op.execute("INSERT INTO probe VALUES ('" + revision + "')");
    await op.createTable('made_by_' + revision, (t) => [t.column('id', 'int'), t.primaryKey(['id'])]);
    await op.execute('ALTER TABLE made_by_' + revision + ' ADD COLUMN n int');
  },
  downgrade: (op) => op.dropTable('made_by_' + revision),
}));
const migrator = createMigrator({
  dialect: mariadbDialect, connect: () => connectMysqlClient(url), revisions, lockTimeoutMs: 60000,
});
process.stdout.write('ready\\n');
process.stdin.once('data', async () => {
  const { steps, rows } = await migrator.upgrade('head');
  process.stdout.write(JSON.stringify({ steps: steps.length, rows }) + '\\n');
  process.exit(0);
});
`;

class Replica {
  readonly #child: ChildProcess;
  output = '';

  constructor() {
    const args = [join(root, 'worker.cjs'), core.folder, url, ids.join(',')];
    this.#child = spawn(process.execPath, args, { env: core.env });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
  }

  async ready(): Promise<void> {
    while (!this.output.includes('ready') && this.#child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** Ends the process as nothing in it can prevent. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  start(): void {
    this.#child.stdin?.write('go\n');
  }

  async end(): Promise<{ steps: number; rows: string[] }> {
    const [code] = (await once(this.#child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`a replica ended with ${code}: ${this.output}`);
    return JSON.parse(this.output.split('\n')[1] ?? 'null');
  }
}

const rowsOf = async (sql: string) => (await server.query(sql)).rows;

beforeEach(async () => {
  await server.query(`DROP DATABASE ${name}`);
  await server.query(`CREATE DATABASE ${name}`);
  await server.query(`USE ${name}`);
  await server.query('CREATE TABLE probe (rev varchar(9))');
});

it('ten processes on a fresh MariaDB apply each revision once, and all succeed', async () => {
  const replicas = Array.from({ length: 10 }, () => new Replica());
  await Promise.all(replicas.map((replica) => replica.ready()));
  const ends = replicas.map((replica) => replica.end());
  for (const replica of replicas) replica.start();
  const results = await Promise.all(ends);
  expect(results.map(({ rows }) => rows)).toEqual(results.map(() => ['f6']));
  expect(results.reduce((sum, { steps }) => sum + steps, 0)).toBe(ids.length);
  expect(await rowsOf('SELECT rev FROM probe ORDER BY rev')).toEqual(ids.map((rev) => ({ rev })));
  expect(await rowsOf('SELECT version_num FROM alembic_version')).toEqual([{ version_num: 'f6' }]);
  expect(await rowsOf('SELECT * FROM alembic_version_ledger')).toEqual([]);
}, 120_000);

it('a process that is killed leaves no version row that lies, and what it left unfinished is in the ledger', async () => {
  const replica = new Replica();
  await replica.ready();
  const end = replica.end().catch(() => undefined);
  replica.start();
  for (let found = 0; found < 2;) found = (await rowsOf(`SHOW TABLES LIKE 'made\\_by\\_%'`)).length;
  replica.kill();
  await end;
  const versions = await rowsOf('SELECT version_num FROM alembic_version');
  const made = await rowsOf(
    `SELECT t.TABLE_NAME AS name FROM information_schema.TABLES t JOIN information_schema.COLUMNS c USING (TABLE_SCHEMA, TABLE_NAME)
     WHERE TABLE_SCHEMA = DATABASE() AND c.COLUMN_NAME = 'n' ORDER BY 1`,
  );
  const applied = ids.indexOf(String(versions[0]?.['version_num'])) + 1;
  // Whatever the row says is there, whole.
  expect(made.length).toBeGreaterThanOrEqual(applied);
  const ledger = await rowsOf('SELECT revision FROM alembic_version_ledger');
  const isBetween = made.length === applied && ledger.length === 0;
  if (!isBetween) expect(ledger[0]).toEqual({ revision: ids[applied] });
}, 60_000);
