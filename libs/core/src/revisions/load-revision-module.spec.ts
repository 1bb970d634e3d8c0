import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compileCore } from '../runtime/testing/compiled-core.fixture.js';
import type { CompiledCore } from '../runtime/testing/compiled-core.fixture.js';
import type { LoadOutcome } from './load-files.fixture.js';

// Files are loaded by processes of their own: inside of Jest, `require` is Jest's.

let core: CompiledCore;
let folder: string;

beforeAll(() => {
  core = compileCore();
});
afterAll(() => core.remove());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loading-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

function load(...files: readonly string[]): readonly LoadOutcome[] {
  const script = join(core.folder, 'revisions/load-files.fixture.js');
  const run = spawnSync(process.execPath, [script, ...files], { env: core.env, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`exit code ${run.status}: ${run.stderr}`);
  return JSON.parse(run.stdout) as readonly LoadOutcome[];
}

const loadOne = (name: string, text: string): LoadOutcome =>
  load(put(name, text))[0] as LoadOutcome;

const SYNTAX = {
  ESM: `export const revision = 'a';\nexport function upgrade() {}\n`,
  'ESM with top-level await': `export const revision = await Promise.resolve('a');\nexport function upgrade() {}\n`,
  CommonJS: `exports.revision = 'a';\nexports.upgrade = () => {};\n`,
} as const;
const TYPED = `import type { Nothing } from './nowhere';\nexport const typed: Nothing | undefined = undefined;\n`;

type Syntax = keyof typeof SYNTAX;
type PackageType = 'missing' | 'commonjs' | 'module';

/** What Node itself says: a suffix, or else the package, decides; without either it looks at the text. */
function isRead(type: PackageType, suffix: string, syntax: Syntax): boolean {
  if (suffix.endsWith('ts')) return true;
  const isEsm = syntax !== 'CommonJS';
  if (suffix === '.mjs') return isEsm;
  if (suffix === '.cjs') return !isEsm;
  return type === 'missing' || isEsm === (type === 'module');
}

describe('loading a revision file', () => {
  it.each(['missing', 'commonjs', 'module'] as const)(
    'B037: every suffix in every format that Node reads, in a package with type %s; else E2007 says what to change',
    (type) => {
      put('package.json', JSON.stringify(type === 'missing' ? {} : { type }));
      const cases = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs'].flatMap((suffix) =>
        (Object.keys(SYNTAX) as Syntax[])
          .filter((syntax) => !suffix.endsWith('ts') || syntax !== 'CommonJS')
          .map((syntax) => ({ suffix, syntax })),
      );
      const files = cases.map(({ suffix, syntax }, at) =>
        put(`${at}${suffix}`, (suffix.endsWith('ts') ? TYPED : '') + SYNTAX[syntax]),
      );
      load(...files).forEach((outcome, at) => {
        const { suffix, syntax } = cases[at] as (typeof cases)[number];
        const expected = isRead(type, suffix, syntax)
          ? { exports: ['revision', 'upgrade'] }
          : { code: 'E2007', message: expect.stringContaining('Rename it to') };
        expect({ suffix, syntax, ...outcome }).toMatchObject({ suffix, syntax, ...expected });
      });
    },
  );

  it.each([
    [
      'TypeScript',
      'a.ts',
      'export const revision: string = "a";\nexport function upgrade(: ) {}\n',
      2,
      25,
    ],
    ['CommonJS', 'a.cjs', 'exports.revision = "a";\nexports.upgrade = (;\n', 2, 20],
    ['ESM', 'a.mjs', 'export const revision = "a";\n\nexport function upgrade() { ] }\n', 3, 29],
    [
      'a file that ends too early',
      'a.mts',
      'export const revision = "a";\nexport function upgrade() {\n',
      3,
      1,
    ],
  ])(
    'B027: a syntax error in %s is told with file, line and column',
    (_, name, text, line, column) => {
      const outcome = loadOne(name, text);
      const file = join(folder, name);
      expect(outcome).toMatchObject({ code: 'E2001', facts: { file, line, column } });
      expect(outcome.message).toContain(`"${file}:${line}:${column}" cannot be loaded: `);
    },
  );

  it.each([
    ['a.ts', 'type X = 1;\nexport const revision: X | string = "a";\n\nthrow new Error("boom");'],
    ['a.cjs', 'exports.revision = "a";\n\n\nthrow new Error("boom");'],
    ['a.mjs', 'export const revision = "a";\n\n\nthrow new Error("boom");'],
  ])(
    'B032, CFG-35: an error at the top level of %s is told with its line, and is the cause',
    (name, text) => {
      const outcome = loadOne(name, text);
      expect(outcome).toMatchObject({ code: 'E2004', facts: { line: 4 }, cause: 'boom' });
      expect(outcome.message).toContain(`${name}:4:7" cannot be loaded: boom`);
    },
  );

  it.each(['undefined', 'null', '"x"', '{ toString() { throw 1; } }', 'new Error("")'])(
    'B032: `throw %s` is an error that names the file',
    (thrown) => {
      const names = ['a.cjs', 'b.mjs', 'c.ts'];
      const outcomes = load(...names.map((name) => put(name, `throw ${thrown};`)));
      expect(outcomes.map(({ code }) => code)).toEqual(['E2004', 'E2004', 'E2004']);
      expect(outcomes.map(({ facts }) => facts?.['file'])).toEqual(
        names.map((name) => join(folder, name)),
      );
    },
  );

  it.each([
    ['process.exit(0)', 'a.cjs', 'process.exit(0);'],
    ['process.exit() in ESM', 'a.mjs', 'process.exit();\nexport const revision = "a";'],
    ['exit of node:process', 'a.mjs', 'import { exit } from "node:process";\nexit(0);'],
    [
      'process.exit(0) in TypeScript',
      'a.ts',
      'export const revision: string = "a";\nprocess.exit(0);',
    ],
    [
      'process.exit(0) after an await',
      'a.mjs',
      'await new Promise((go) => setTimeout(go, 5));\nprocess.exit(0);',
    ],
    ['process.exit(0) of an import', 'a.cjs', 'require("./other.cjs");'],
    [
      'one that catches what it throws',
      'a.cjs',
      'try { process.exit(0); } catch {}\nexports.revision = "a";',
    ],
  ])('B033: %s is refused, and process.exit is as before', (_, name, text) => {
    put('other.cjs', 'process.exit(0);');
    const outcome = loadOne(name, text);
    expect(outcome).toMatchObject({ code: 'E2005', exitIsReal: true });
    expect(outcome.message).toContain('calls process.exit(');
  });

  it.each([
    [
      'a getter',
      'Object.defineProperty(exports, "revision", { enumerable: true, get() { throw new Error("no"); } });',
    ],
    ['a Proxy', 'module.exports = new Proxy({}, { get() { throw new Error("no"); } });'],
  ])('B045: %s that throws is an error like any other of loading', (_, text) => {
    expect(loadOne('a.cjs', text)).toMatchObject({
      code: 'E2004',
      message: expect.stringContaining('no'),
    });
  });

  it('B050: a circle of imports ends: well where the format allows it, else with an error', () => {
    const circle = (one: string, two: string, use: string): string => {
      put(two, `import { a } from './${one}';\nexport const b = ${use};\n`);
      return put(
        one,
        `import { b } from './${two}';\nexport const revision = 'a';\nexport const a = 'x';\nexport const upgrade = () => b;\n`,
      );
    };
    put('d.cjs', `exports.b = require('./c.cjs').revision;`);
    const outcomes = load(
      circle('a.mjs', 'b.mjs', '() => a'),
      circle('e.mjs', 'f.mjs', 'a'),
      circle('a.ts', 'b.ts', '() => a'),
      put('c.cjs', `exports.b = require('./d.cjs').b;\nexports.revision = 'c';`),
    );
    expect(outcomes.map(({ code }) => code)).toEqual([undefined, 'E2012', undefined, undefined]);
    expect(outcomes[1]?.message).toContain('circle of imports');
  });

  it.each([
    [
      'a.ts',
      `import { User } from '../src/user.entity';\nexport const revision: string = User.name;`,
    ],
    ['a.mjs', `import { User } from '../src/user.entity.js';\nexport const revision = User.name;`],
    ['a.cjs', `const { User } = require('../src/user.entity');\nexports.revision = User.name;`],
    ['b.mjs', `import { User } from './here.mjs';\nexport const revision = User.name;`],
    ['c.ts', `import { User } from 'no-such-package';\nexport const revision: string = User.name;`],
  ])(
    'B051: %s that imports what is not there any more is told not to import entities',
    (name, text) => {
      put('here.mjs', 'export const Other = 1;');
      expect(loadOne(name, text)).toMatchObject({
        code: 'E2001',
        message: expect.stringContaining('must not import the entities'),
      });
    },
  );

  it('B028: a type error is no error when it runs', () => {
    const outcome = loadOne(
      'a.ts',
      `export const revision: number = 'a';\nexport const upgrade: string = () => nothing;`,
    );
    expect(outcome.exports).toEqual(['revision', 'upgrade']);
  });

  it('B052: a path with spaces, #, %, ? and letters of any script', () => {
    const names = ['.ts', '.mts', '.js', '.mjs', '.cjs'].map(
      (suffix) => `a #%? é 名/1 %20#?é名${suffix}`,
    );
    const files = names.map((name) =>
      put(name, name.endsWith('.cjs') ? SYNTAX.CommonJS : SYNTAX['ESM']),
    );
    const awaiting = put('a #%? é 名/x#.mjs', SYNTAX['ESM with top-level await']);
    const outcomes = load(...files, awaiting);
    expect(outcomes.map(({ exports }) => exports?.length)).toEqual(outcomes.map(() => 2));
  });

  it('B035: a file that is loaded twice runs once', () => {
    const file = put(
      'a.ts',
      `export const revision: string = 'a';\nconst g = globalThis as any;\nif (g.ran) throw new Error('twice');\ng.ran = true;`,
    );
    expect(load(file, file).map(({ exports }) => exports)).toEqual([['revision'], ['revision']]);
  });
});
