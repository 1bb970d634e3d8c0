// Plants violations and demands that the check in question names each of them: a check that cannot fail is none.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** For each check what is planted, under which name in which folder of core, and what the check must say of that file. */
const CHECKS = [
  {
    // All other files were linted by the check itself; what may import what, it knows from the graph that Nx keeps.
    command: (files) => ['eslint', ...files],
    violations: [
      {
        name: 'a library that reaches up',
        file: 'planted-reach.ts',
        text: "import { MigrationsModule } from '@nest-alembic/nestjs';\n\n/** Planted. */\nexport const planted = MigrationsModule;\n",
        expected: '@nx/enforce-module-boundaries',
      },
      {
        name: 'TypeORM in core',
        file: 'planted-typeorm.ts',
        text: "import { DataSource } from 'typeorm';\n\n/** Planted. */\nexport const planted = DataSource;\n",
        expected: '@nx/enforce-module-boundaries',
      },
      {
        name: 'a clock in a pure folder',
        file: 'graph/planted-clock.ts',
        text: '/** Planted. */\nexport const planted = (): Date => new Date();\n',
        expected: 'pass the time in',
      },
      {
        name: 'the name of a dialect outside of its folder',
        file: 'runtime/planted-dialect.ts',
        text: "/** Planted. */\nexport const planted = (name: string): boolean => name === 'postgres';\n",
        expected: 'only dialects/<name> may name a dialect',
      },
      {
        name: 'an export without a docstring',
        file: 'planted-docstring.ts',
        text: 'export const planted = (): number => 1;\n',
        expected: 'jsdoc/require-jsdoc',
      },
      {
        name: 'a function with too many parameters',
        file: 'planted-parameters.ts',
        text: '/** Planted. */\nexport const planted = (...[a, b]: number[]): number => inner(a, b, 1, 2);\nfunction inner(a = 0, b = 0, c = 0, d = 0): number {\n  return a + b + c + d;\n}\n',
        expected: 'max-params',
      },
    ],
  },
  {
    command: () => ['depcruise', 'libs', '--config', '.dependency-cruiser.cjs'],
    violations: [
      {
        name: 'a leaf folder that knows the runtime',
        file: 'schema/planted-leaf.ts',
        text: "import type { MigrationEvent } from '../runtime/events.js';\n\n/** Planted. */\nexport type Planted = MigrationEvent;\n",
        expected: 'schema-is-a-leaf',
      },
      {
        name: 'I/O in a pure folder',
        file: 'operations/planted-io.ts',
        text: "import { readFileSync } from 'node:fs';\n\n/** Planted. */\nexport const planted = readFileSync;\n",
        expected: 'pure-folders-do-no-io',
      },
    ],
  },
  {
    command: () => ['nx', 'run', '@nest-alembic/core:typecheck', '--skip-nx-cache'],
    violations: [
      {
        name: 'a type error',
        file: 'planted-type.ts',
        text: "/** Planted. */\nexport const planted: number = 'text';\n",
        expected: 'TS2322',
      },
    ],
  },
  {
    command: (files) => ['prettier', '--check', ...files],
    violations: [
      {
        name: 'a file that is not formatted',
        file: 'planted-format.ts',
        text: '/** Planted. */\nexport const planted = "text"\n',
        expected: 'planted-format.ts',
      },
    ],
  },
];

/** Runs one check with all of its violations in place. Returns how many it caught. */
function run({ command, violations }) {
  const paths = violations.map(({ file }) => join(root, 'libs/core/src', file));
  const present = paths.find(existsSync);
  if (present) throw new Error(`${present} exists`);
  try {
    violations.forEach(({ text }, index) => writeFileSync(paths[index], text));
    const { status, stdout, stderr } = spawnSync('npx', command(paths), {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NX_DAEMON: 'false', FORCE_COLOR: '0' },
    });
    const output = stdout + stderr;
    const caught = violations.filter(({ name, file, expected }) => {
      const isCaught = status !== 0 && saidOf(file, output).includes(expected);
      console.log(`${isCaught ? 'caught' : 'MISSED'}: ${name}`);
      return isCaught;
    });
    if (caught.length < violations.length) console.log(output);
    return caught.length;
  } finally {
    for (const path of paths) rmSync(path, { force: true });
  }
}

/** The lines that name a file, each with those after it up to an empty one. */
function saidOf(file, output) {
  const blocks = output.split(/\n\s*\n/);
  return blocks
    .filter((block) => block.includes(file))
    .map((block) => block.slice(block.lastIndexOf('\n', block.indexOf(file)) + 1))
    .join('\n');
}

// With a listener a signal does not end this process before the files are removed. The command hears Ctrl+C as well.
let isInterrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => (isInterrupted = true));

let passed = 0;
for (const check of CHECKS) {
  passed += run(check);
  // Signals are heard between two turns of the event loop.
  await new Promise(setImmediate);
  if (isInterrupted) process.exit(1);
}
const failed = CHECKS.flatMap(({ violations }) => violations).length - passed;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
