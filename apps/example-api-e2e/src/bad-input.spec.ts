import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { TestDatabase } from '@nest-alembic/testing';
import { createTestDatabase } from '@nest-alembic/testing';
import type { RefusalBench } from './describe-refusals.js';
import { describeRefusals, expectClearError } from './describe-refusals.js';
import { runExample } from './example-process.js';
import { succeed } from './migrations-folder.js';
import type { OwnServer } from './own-server.js';
import { startPasswordServer } from './own-server.js';
import { stateOf } from './schema-of.js';

jest.setTimeout(120_000);

const FIRST = '5d0c8e21f3a4';
const NEXT = 'aaaaaaaaaaaa';
/** Stands where a password does: it may appear nowhere. */
const CANARY = 'c4nary-p4ssword';

/** One try, with room for a busy machine: TypeORM's own ten tries take 27 s. */
const SOON_MS = 15_000;

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await succeed(['migrate', 'upgrade', 'head'], { DATABASE_URL: database.url });
});

afterAll(() => database?.drop());

const benchOf = (one: TestDatabase): RefusalBench => ({
  app: 'example-api',
  url: one.url,
  state: () => stateOf(one),
});
const atHead = (): RefusalBench => benchOf(database);

describe('a wrong target or command', () => {
  describeRefusals(atHead, [
    { what: 'a downgrade past base', line: 'downgrade -2', code: 'E1014' },
    { what: 'an upgrade past head', line: 'upgrade +1', code: 'E1014' },
    { what: 'an upgrade to an unknown revision', line: 'upgrade nosuch', code: 'E1017' },
    { what: 'a downgrade to an unknown revision', line: 'downgrade nosuch', code: 'E1017' },
    { what: 'no target', line: 'upgrade', code: 'E7013' },
    { what: 'two targets', line: 'upgrade head head', code: 'E7007' },
    { what: 'a misspelt command', line: 'upgrad head', code: 'E7007', says: '"upgrade"' },
    { what: 'a misspelt option', line: 'upgrade head --sqll', code: 'E7007', says: '--sqll' },
    { what: 'an id that is taken', line: `revision -m x --rev-id ${FIRST}`, code: 'E7001' },
    { what: 'an id that leaves the folder', line: 'revision -m x --rev-id ../x', code: 'E7003' },
  ]);
});

const header = `export const revision = '${NEXT}';\nexport const downRevision = '${FIRST}';\n`;
const upgrade = (body: string): string =>
  `export async function upgrade(op) {\n  ${body}\n}\nexport async function downgrade(op) {}\n`;

describe('a broken revision file', () => {
  const broken = (what: string, text: string | Buffer, code: string) => ({
    what,
    line: 'upgrade head',
    code,
    files: { 'broken.ts': text },
    says: 'broken.ts',
  });
  const half = (rest: string): string => header + upgrade(`await op.createSchema('half'); ${rest}`);
  describeRefusals(atHead, [
    broken('no code', `${header}export async function upgrade(op) {\n`, 'E2001'),
    broken('an error when it is loaded', `${header}throw new Error('mine');\n`, 'E2004'),
    broken('no upgrade()', header, 'E2002'),
    broken('no id', `export const downRevision = null;\n${upgrade('')}`, 'E2002'),
    broken(
      'an id that is taken',
      `export const revision = '${FIRST}';\nexport const downRevision = null;\n`,
      'E1001',
    ),
    broken('a down revision that is missing', header.replace(FIRST, 'bbbbbbbbbbbb'), 'E1003'),
    broken('no UTF-8', Buffer.from([0x2f, 0x2f, 0xff, 0xfe, 0x0a]), 'E2008'),
    broken('a second statement that fails', half(`await op.execute('SELECT 1/0');`), 'E6003'),
    broken('an error after its first statement', half(`throw new Error('mine');`), 'E6004'),
    broken('a forgotten argument', half(`await op.addColumn('brand');`), 'E3013'),
    broken('a COMMIT of its own', half(`await op.execute('COMMIT');`), 'E6007'),
  ]);
});

describe('an unknown revision in the version table', () => {
  let foreign: TestDatabase;

  beforeAll(async () => {
    foreign = await createTestDatabase({ template: database.name });
    const connection = await foreign.connect();
    await connection.query(`UPDATE alembic_version SET version_num = 'ffffffffffff'`);
    await connection.close();
  });

  afterAll(() => foreign?.drop());

  const lines = ['upgrade head', 'downgrade base', 'stamp head', 'check'];
  describeRefusals(
    () => benchOf(foreign),
    [...lines, 'revision --autogenerate -m x'].map((line) => ({
      what: `migrate ${line}`,
      line,
      code: 'E4001',
      says: '"ffffffffffff"',
    })),
  );
});

const urlOf = (host: string, { user = 'somebody', name = 'none' } = {}): string =>
  `postgres://${user}:${CANARY}@${host}/${name}`;

describe('a database that cannot be used', () => {
  const cannotConnect = (what: string, line: string, url: () => string, says?: () => string) => ({
    what: `${what}: migrate ${line}`,
    line,
    code: 'E5010',
    url,
    conceals: CANARY,
    ...(says && { says }),
  });
  let passwords: OwnServer;

  beforeAll(async () => {
    passwords = await startPasswordServer();
  });

  afterAll(() => passwords?.stop());

  const noDatabase = (): string => {
    const { host, username } = new URL(database.url);
    return urlOf(host, { user: username, name: 'no_such_db' });
  };
  const wrongPassword = (): string => urlOf(passwords.host, { user: 'app', name: 'postgres' });
  const noPassword = (): string => `postgres://app@${passwords.host}/postgres`;
  describeRefusals(atHead, [
    ...['check', 'upgrade head'].map((line) =>
      cannotConnect(
        'nobody listens',
        line,
        () => urlOf('127.0.0.1:1'),
        () => '127.0.0.1:1',
      ),
    ),
    cannotConnect('no such database', 'current', noDatabase, () => 'no_such_db'),
    cannotConnect('a wrong password', 'upgrade head', wrongPassword, () => '(28P01)'),
    cannotConnect('no password', 'current', noPassword, () => 'wants a password'),
    cannotConnect('no URL', 'current', () => urlOf('[')),
  ]);
});

describe('a database that does not answer', () => {
  let silent: Server;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    silent = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => void silent.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => {
    sockets.forEach((socket) => socket.destroy());
    silent.close();
  });

  const portOf = (server: Server): number => (server.address() as AddressInfo).port;

  it.each([
    ['nobody listens', () => urlOf('127.0.0.1:1')],
    ['it takes the connection and says nothing', () => urlOf(`127.0.0.1:${portOf(silent)}`)],
  ])('%s: that is told at the first try', async (what, url) => {
    // What the machine needs to load the app, whatever the database does.
    const loading = await succeed(['migrate', 'heads'], {});
    const outcome = await runExample(['migrate', 'current'], { DATABASE_URL: url() });
    expectClearError(outcome, { what, line: 'current', code: 'E5010', conceals: CANARY });
    expect(outcome.durationMs - loading.durationMs).toBeLessThan(SOON_MS);
  });

  it.each(['--raiseerr', '--json', '--json --raiseerr'])(
    'with %s as well, the password is not printed',
    async (options) => {
      const args = ['migrate', 'current', ...options.split(' ')];
      const env = { DATABASE_URL: urlOf('127.0.0.1:1') };
      const { code, stdout, stderr } = await runExample(args, env);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toContain('E5010');
      expect(stderr).not.toContain(CANARY);
    },
  );
});
