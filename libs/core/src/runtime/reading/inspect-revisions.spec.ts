import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { spawnSync } from 'node:child_process';
import { model, table } from '../../autogenerate/model.fixture.js';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { compileCore } from '../testing/compiled-core.fixture.js';
import type { CompiledCore } from '../testing/compiled-core.fixture.js';
import type { SpecDatabase } from '../testing/database.fixture.js';
import { createSpecDatabase } from '../testing/database.fixture.js';
import type { Workshop } from '../testing/migrator.fixture.js';
import { createWorkshop } from '../testing/migrator.fixture.js';

let database: SpecDatabase;
let core: CompiledCore;
let shop: Workshop;

beforeAll(async () => {
  database = await createSpecDatabase();
  core = compileCore();
});
afterAll(async () => {
  core.remove();
  await database.drop();
});
beforeEach(() => {
  shop = createWorkshop(database, {
    dialect: postgresDialect,
    targetSchema: () => model([table('t', [])]),
  });
  writeFileSync(join(shop.root, 'package.json'), '{}');
});
afterEach(() => shop.remove());

/** Loads the revisions in a process of its own, where nothing else is open. */
function inspect(operations = '[]'): {
  readonly warnings: readonly string[];
  readonly error?: string;
} {
  const program = `
    const { createMigrator, defineOperation, postgresDialect } = require(${JSON.stringify(join(core.folder, 'index.js'))});
    const { inspectRevisions } = require(${JSON.stringify(join(core.folder, 'runtime/reading/inspect-revisions.js'))});
    const { resolveEnvironment } = require(${JSON.stringify(join(core.folder, 'runtime/options/environment.js'))});
    const { readRevisions } = require(${JSON.stringify(join(core.folder, 'runtime/running/revision-source.js'))});
    const { RevisionGraph } = require(${JSON.stringify(join(core.folder, 'graph/revision-graph.js'))});
    const environment = resolveEnvironment({ dialect: postgresDialect, connect: () => {}, rootDirectory: ${JSON.stringify(shop.root)}, operations: ${operations} });
    const warnings = [];
    const end = (error) => {
      process.stdout.write(JSON.stringify({ warnings, error }), () => process.exit());
    };
    readRevisions(environment)
      .then((revisions) => inspectRevisions(environment, RevisionGraph.build(revisions), ({ code, message }) => warnings.push(code + ' ' + message)))
      .then(() => end(), ({ code, message }) => end(code + ' ' + message));`;
  const run = spawnSync(process.execPath, ['-e', program], { env: core.env, encoding: 'utf8' });
  if (run.stdout === '') throw new Error(run.stderr);
  return JSON.parse(run.stdout) as ReturnType<typeof inspect>;
}

function put(name: string, text: string): string {
  const file = join(shop.versions, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}
const header = (id: string, down: string | null = null): string =>
  `exports.revision = '${id}';\nexports.downRevision = ${JSON.stringify(down)};\nexports.upgrade = () => {};\n`;

describe('check --load', () => {
  it('has nothing to say of files that only export', () => {
    put('a.js', header('a'));
    put('b.js', header('b', 'a'));
    expect(inspect()).toEqual({ warnings: [] });
  });

  it.each([
    [
      'opens a connection',
      `require('node:net').connect(1, '127.0.0.1').on('error', () => {});`,
      'a network connection',
    ],
    [
      'connects to a database by name',
      `new (require('pg').Client)({ host: 'localhost', port: 1 }).connect().catch(() => {});`,
      'something open',
    ],
    ['listens on a port', `require('node:net').createServer().listen(0);`, 'a network server'],
    ['starts a timer', 'setInterval(() => {}, 1000);', 'a timer'],
    ['changes the environment', `process.env.SET_BY_REVISION = '1';`, 'SET_BY_REVISION'],
    ['makes a global', 'globalThis.leaked = 1;', 'makes the global "leaked"'],
    ['listens to signals', `process.on('SIGTERM', () => {});`, 'listens to "SIGTERM"'],
    ['leaves the folder', `process.chdir('/');`, 'changes the current folder'],
  ])('B034: warns of a file that %s when it is loaded', (_, effect, says) => {
    put('a.js', header('a'));
    symlinkSync(resolve(__dirname, '../../../../../node_modules'), join(shop.root, 'node_modules'));
    const file = put('b.js', header('b', 'a') + effect);
    const { warnings, error } = inspect();
    expect(error).toBeUndefined();
    expect(warnings).toEqual([expect.stringMatching(/^E2014 /)]);
    expect(warnings[0]).toContain(file);
    expect(warnings[0]).toContain(says);
  });

  it('every file that cannot be loaded is told: the first as the error, the others as warnings', () => {
    put('a.js', header('a'));
    put('b.js', `${header('b', 'a')}(;`);
    put('c.js', `${header('c', 'b')}throw new Error('boom');`);
    put('d.js', header('d', 'c').replace('() => {}', '3'));
    const { warnings, error } = inspect();
    expect(error).toMatch(/^E2001 .*b\.js:4:2/);
    expect(warnings.map((warning) => warning.slice(0, 5))).toEqual(['E2004', 'E2003']);
  });

  it('B028: tells type errors with file, line and column, by the options of tsconfig.json', () => {
    symlinkSync(resolve(__dirname, '../../../../../node_modules'), join(shop.root, 'node_modules'));
    writeFileSync(
      join(shop.root, 'tsconfig.json'),
      '{ "compilerOptions": { "strict": true, "module": "nodenext", "types": [] } }',
    );
    const file = put(
      'a.ts',
      `export const revision = 'a';\nexport const downRevision = null;\nexport function upgrade(op) {\n  const wrong: number = 'text';\n}\n`,
    );
    const { warnings, error } = inspect();
    expect(error).toBeUndefined();
    expect(warnings).toEqual([
      expect.stringContaining(
        `E2013 revision file "${file}:3:25" has a type error: Parameter 'op' implicitly`,
      ),
      expect.stringMatching(/a\.ts:4:9" has a type error: .* \(TS2322\)/),
    ]);
  });

  it('B028: knows the operations of the app where a file of tsconfig.json declares them', () => {
    symlinkSync(resolve(__dirname, '../../../../../node_modules'), join(shop.root, 'node_modules'));
    writeFileSync(
      join(shop.root, 'tsconfig.json'),
      '{ "compilerOptions": { "strict": true, "module": "nodenext", "types": [] }, "include": ["*.ts"] }',
    );
    writeFileSync(
      join(shop.root, 'operations.ts'),
      `export {};\ndeclare global {\n  interface Op {\n    greet(): void;\n  }\n}\n`,
    );
    put(
      'a.ts',
      `export const revision = 'a';\nexport const downRevision = null;\nexport function upgrade(op: Op) {\n  op.greet();\n  op.meet();\n}\n`,
    );
    const greet = `[defineOperation({ name: 'greet', parameters: [], describe: () => 'greet', compile: () => [] })]`;
    expect(inspect(greet).warnings).toEqual([expect.stringContaining(`'meet' does not exist`)]);
    expect(inspect().warnings).toEqual([expect.stringContaining(`Cannot find name 'Op'`)]);
  });

  it('B028: says that types were not checked where there is no typescript', () => {
    put('a.ts', header('a'));
    expect(inspect()).toEqual({
      warnings: [expect.stringContaining('"typescript" is not installed')],
    });
  });

  it('B034: is a part of check, which warns in its result and by events', async () => {
    shop.put('a1', { more: `process.env['SET_BY_A1'] = '1';` });
    await shop.migrator.stamp(['head']);
    const { warnings } = await shop.migrator.check({ load: true });
    expect(warnings.map(({ code }) => code)).toContain('E2014');
    for (const { message } of warnings)
      expect(shop.events).toContainEqual({ type: 'warning', message });
    expect((await shop.migrator.check()).warnings).toEqual([]);
  });
});
