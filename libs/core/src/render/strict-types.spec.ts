import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { arbOperationFor } from '../operations/operation.fixture.js';
import type { Operation } from '../operations/operation.js';
import { reverseAll } from '../operations/reverse-all.js';
import { parseLiteral } from '../schema/literal.fixture.js';
import { arbSchema } from '../schema/schema.fixture.js';
import { renderRevision } from './render-revision.js';
import { severalTemplate } from './revision-template.js';

const importSource = join(__dirname, '../operations/operations-api.js');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'strict-types-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Operations of every kind, as a rich schema has them; an app declares the types of its own. */
const arbOperations = arbSchema.chain((model) =>
  fc.array(arbOperationFor(model), { minLength: 1, maxLength: 4 }),
);
const operations: readonly Operation[] = fc
  .sample(arbOperations, { numRuns: 150, seed: 11 })
  .flat()
  .filter(({ kind }) => kind !== 'own');

const written = (name: string, parts: object): string => {
  const { operations: back } = reverseAll(operations);
  const text = renderRevision(
    {
      revision: 'a1',
      message: 'a rich schema',
      downRevisions: [],
      branchLabels: [],
      dependsOn: [],
      createdAt: '2026-11-20T14:32:05Z',
      importSource,
      upgrade: operations,
      downgrade: { operations: back, irreversible: [] },
      ...parts,
    },
    { parseLiteral, finalNames: true },
  );
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

/** What the compiler says of files with the flags of a careful user. */
function tsc(...files: readonly string[]): string {
  const flags = [
    ...['--strict', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes'],
    ...['--isolatedModules', '--noImplicitOverride', '--noImplicitReturns', '--noUnusedLocals'],
    ...['--noPropertyAccessFromIndexSignature', '--noEmit', '--skipLibCheck', '--ignoreConfig'],
    ...['--target', 'es2023', '--module', 'nodenext', '--types', 'node'],
    ...['--typeRoots', join(__dirname, '../../../../node_modules/@types')],
  ];
  const program = require.resolve('typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [program, ...flags, ...files], {
    cwd: folder,
    encoding: 'utf8',
  });
  return stdout;
}

describe('a generated file under a strict tsconfig', () => {
  it('has no type error, whatever it makes, and a wrong call has one', () => {
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const plain = written('plain.ts', {});
    const several = written('several.ts', {
      template: severalTemplate(importSource),
      environment: 'main',
      others: [{ name: 'event-log', upgrade: [], downgrade: reverseAll([]) }],
    });
    const empty = written('empty.ts', { upgrade: [], downgrade: reverseAll([]) });
    expect(new Set(operations.map(({ kind }) => kind)).size).toBeGreaterThan(40);
    const wrong = join(folder, 'wrong.ts');
    writeFileSync(
      wrong,
      `import type { Operations } from '${importSource}';\nexport const up = (op: Operations) => op.dropTable('x', { ifExists: undefined });\n`,
    );
    const errors = tsc(plain, several, empty, wrong).match(/^\S.*error TS\d+/gm);
    expect(errors).toEqual([expect.stringMatching(/^wrong\.ts\(2,\d+\): error TS2379$/)]);
  }, 120_000);
});
