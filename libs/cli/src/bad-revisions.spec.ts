import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createTestDatabase } from '@nest-alembic/testing';
import type { TestDatabase } from '@nest-alembic/testing';
import { Project, expectError } from './testing/project.fixture.js';

jest.setTimeout(120_000);

let database: TestDatabase;
let project: Project;

beforeAll(async () => {
  database = await createTestDatabase();
  project = new Project();
  put('a.mjs', BASE);
  expect(await run('upgrade', 'head')).toMatchObject({ exitCode: 0 });
  project.remove();
});
afterAll(() => database.drop());
beforeEach(() => {
  project = new Project();
  put('a.mjs', BASE);
});
afterEach(() => project.remove());

const put = (name: string, text: string | Buffer): void =>
  writeFileSync(join(project.versions, name), text);
const run = (...args: string[]) => project.migrate(database.url, args);
const options = (values: object): string => {
  const file = join(project.root, 'options.json');
  writeFileSync(file, JSON.stringify(values));
  return file;
};

/** A revision as ESM: a header, a table of its own in upgrade, and more. */
const revision = (id: string, down: string | null, more = '', body = ''): string =>
  `export const revision = '${id}';\nexport const downRevision = ${JSON.stringify(down)};\n${more}\nexport async function upgrade(op) {\n  op.createTable('t_${id}', (t) => [t.column('id', 'int')]);\n  ${body}\n}\n`;

/** Everything that a command may have written. */
async function state(): Promise<unknown> {
  const connection = await database.connect();
  try {
    const { rows } = await connection.query(
      `SELECT (SELECT json_agg(version_num) FROM alembic_version) AS rows,
         (SELECT count(*) FROM alembic_version_log) AS log,
         (SELECT json_agg(relname ORDER BY 1) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r') AS tables,
         (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS locks`,
    );
    return rows[0];
  } finally {
    await connection.close();
  }
}

const BASE = `export const revision = 'a';\nexport const downRevision = null;\nexport async function upgrade() {}\n`;

describe('a bad revision file above a good one: exit code 1, the code and the file, nothing written', () => {
  it.each([
    [
      'B027: a syntax error',
      'b.mjs',
      'E2001',
      `${revision('b', 'a')}\nexport { ;\n`,
      /b\.mjs:\d+:\d+" cannot be loaded/,
    ],
    [
      'B029: no upgrade',
      'b.mjs',
      'E2002',
      `export const revision = 'b';\nexport const downRevision = 'a';\n`,
      /does not export "upgrade"/,
    ],
    [
      'B030: a class',
      'b.mjs',
      'E2003',
      `export const revision = 'b';\nexport const downRevision = 'a';\nexport class upgrade {}\n`,
      /a class or a generator/,
    ],
    [
      'B030: a text',
      'b.mjs',
      'E2003',
      `export const revision = 'b';\nexport const downRevision = 'a';\nexport const upgrade = 'text';\n`,
      /is a string/,
    ],
    ['B032: throw "x"', 'b.mjs', 'E2004', revision('b', 'a', 'throw "x";'), /it threw x/],
    [
      'B032: throw undefined',
      'b.cjs',
      'E2004',
      `exports.revision = 'b'; exports.downRevision = 'a';\nexports.upgrade = () => {};\nthrow undefined;`,
      /it threw undefined/,
    ],
    [
      'B033: process.exit(0) when it is loaded',
      'b.mjs',
      'E2005',
      revision('b', 'a', 'process.exit(0);'),
      /process\.exit\(0\)/,
    ],
    [
      'B033: process.exit(0) in upgrade',
      'b.mjs',
      'E2005',
      revision('b', 'a', '', 'process.exit(0);'),
      /b\.mjs:6\) failed: upgrade calls process\.exit\(0\)/,
    ],
    ['B037: the other module format', 'b.cjs', 'E2007', revision('b', 'a'), /Rename it to "\.mjs"/],
    ['B038: UTF-16', 'b.mjs', 'E2008', Buffer.from(revision('b', 'a'), 'utf16le'), /not UTF-8/],
    ['B039: nothing in it', 'b.mjs', 'E2002', '', /does not export "revision"/],
    ['B040: 11 MB', 'b.mjs', 'E2009', Buffer.alloc(11 * 1024 * 1024, 0x20), /11534336 bytes/],
    [
      'B045: a getter that throws',
      'b.cjs',
      'E2004',
      `Object.defineProperty(exports, 'revision', { enumerable: true, get() { throw new Error('no'); } });`,
      /no/,
    ],
    [
      'B050: a circle of imports',
      'b.mjs',
      'E2012',
      `import './c.mjs';\n${revision('b', 'a')}export const used = 1;\n`,
      /circle/,
    ],
    [
      'B051: an entity that is gone',
      'b.mjs',
      'E2001',
      `import { User } from '../../src/user.entity.js';\n${revision('b', 'a', 'User;')}`,
      /must not import the entities/,
    ],
  ])('%s', async (_, name, code, text, says) => {
    put(name, text);
    if (code === 'E2012')
      put('c.mjs', `import { used } from './b.mjs';\n${revision('c', 'b', 'used;')}`);
    const before = await state();
    const outcome = await run('upgrade', 'b');
    expectError(outcome, code);
    expect(outcome.stderr).toMatch(says);
    expect(await state()).toEqual(before);
  });

  it.each([
    ['a link to outside', () => symlinkSync('/etc/hostname', join(project.versions, 'b.mjs'))],
    ['a link that leads nowhere', () => symlinkSync('gone.mjs', join(project.versions, 'b.mjs'))],
    ['a link in a circle', () => symlinkSync('b.mjs', join(project.versions, 'b.mjs'))],
  ])('B042: %s: E7005', async (_, arrange) => {
    arrange();
    const before = await state();
    expectError(await run('upgrade', 'head'), 'E7005');
    expect(await state()).toEqual(before);
  });

  it('B031: one that never ends, with `revisionTimeoutMs`: E6012, the lock is free', async () => {
    put('b.mjs', revision('b', 'a', '', 'await new Promise(() => undefined);'));
    const before = await state();
    const outcome = await run('-c', options({ revisionTimeoutMs: 500 }), 'upgrade', 'head');
    expectError(outcome, 'E6012');
    expect(outcome.stderr).toContain('did not end within 500 ms');
    expect(await state()).toEqual(before);
  });

  it('B049: an applied revision whose file is deleted: E4001', async () => {
    put('other.mjs', revision('b', null));
    rmSync(join(project.versions, 'a.mjs'));
    const before = await state();
    expectError(await run('upgrade', 'head'), 'E4001');
    expect(await state()).toEqual(before);
  });

  it('B048: an applied file that was changed, with `strict`: E4010; else a warning, and upgrade goes on', async () => {
    put('a.mjs', `${BASE}// edited\n`);
    put('b.mjs', revision('b', 'a'));
    const before = await state();
    expectError(await run('-c', options({ strict: true }), 'upgrade', 'head'), 'E4010');
    expect(await state()).toEqual(before);
    const check = await run('check');
    expect(check.stderr).toContain('a.mjs" was changed after revision "a" had been applied');
    const upgrade = await run('upgrade', 'head');
    expect(upgrade).toMatchObject({ exitCode: 0, stdout: 'The database is at b.\n' });
    expect(upgrade.stderr).toContain('a.mjs" was changed after revision "a" had been applied');
    await run('downgrade', '-1');
  });

  it('B044: a folder that every user may write to, with `strictPermissions`: E7004; else a warning', async () => {
    chmodSync(project.versions, 0o777);
    const heads = await run('heads');
    expect(heads).toMatchObject({ exitCode: 0, stdout: 'a (head)\n' });
    expect(heads.stderr).toContain('every user of this machine may write to');
    const before = await state();
    expectError(await run('-c', options({ strictPermissions: true }), 'upgrade', 'head'), 'E7004');
    expect(await state()).toEqual(before);
  });
});

describe('odd revision files that are no error', () => {
  it('B035, B036, B041, B042, B046, B052: they are read, passed over or warned of, and the good ones run', async () => {
    const folder = join(project.migrations, 'ver #1 %20?é 名');
    mkdirSync(folder);
    const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
    put('a b#%20?.mjs', BASE);
    put('b.mjs', revision('b', 'a'));
    put('c.js', `throw new Error('the output of c.ts');`);
    put('c.ts', revision('c', 'b').replace('(op)', '(op: any)'));
    put('c.d.ts', 'export {};');
    put('c.spec.ts', 'export const revision = 3;');
    mkdirSync(join(folder, 'x.ts'));
    put('..y', `exports.revision = 'y';`);
    put(
      'y.cjs',
      `let reads = 0;\nObject.defineProperty(exports, 'revision', { enumerable: true, get: () => 'y' + reads++ });\nexports.downRevision = 'c';\nexports.upgrade = () => {};`,
    );
    writeFileSync(join(project.root, 'outside.mjs'), revision('z', 'y0'));
    symlinkSync(join(project.root, 'outside.mjs'), join(folder, 'z.mjs'));
    const file = options({ versionLocations: [folder], followSymlinks: true });
    const upgrade = await run('-c', file, 'upgrade', 'head');
    expect(upgrade.stderr).toContain('x.ts" is named like a revision and is no file: ignoring.');
    expect(upgrade).toMatchObject({ exitCode: 0, stdout: 'The database is at z.\n' });
    expect(await run('-c', file, 'downgrade', 'a')).toMatchObject({ exitCode: 1 });
    await run('-c', file, 'stamp', 'a');
  });

  it('B028, B034: check --load tells type errors and what loading does; the revisions run all the same', async () => {
    put(
      'b.ts',
      `export const revision = 'b';\nexport const downRevision = 'a';\nconst wrong: number = 'text';\nsetInterval(() => wrong, 1_000);\nexport async function upgrade() {}\n`,
    );
    symlinkSync(resolve(__dirname, '../../../node_modules'), join(project.root, 'node_modules'));
    expect(await run('upgrade', 'head')).toMatchObject({ exitCode: 0 });
    const check = await run('check', '--load', '--json');
    expect(check.stderr).toMatch(/b\.ts" leaves something open \(a timer\)/);
    expect(check.stderr).toMatch(/b\.ts:3:7" has a type error: Type 'string' is not assignable/);
    const { warnings } = JSON.parse(check.stdout) as { warnings: readonly { code: string }[] };
    expect(warnings.map(({ code }) => code)).toEqual(['E2014', 'E2013']);
    await run('stamp', 'a');
  });
});
