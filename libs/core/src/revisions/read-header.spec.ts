import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { readHeader } from './read-header.js';
import { loadRevisionModule } from './load-revision-module.js';

const SOURCE = `/**
 * add accounts
 * of customers
 *
 * not this
 */
import type { Operations } from '@nest-alembic/core';

// export const revision = 'wrong';
export const revision = '1975ea83b712';
export const message: string = 'add "accounts"';
export const downRevision: string | readonly string[] | null = ['a', "b"] as const;
export const branchLabels = null;
export const dependsOn = ['billing'] satisfies string[];
export const createdAt = \`2026-11-20T14:32:05Z\`;

export async function upgrade(op: Operations): Promise<void> {
  const revision = 'inner';
  await op.execute(\`select '\${revision}' /* export const revision = 'x' */\`);
}
`;

const EXPECTED = {
  revision: '1975ea83b712',
  message: 'add "accounts"',
  downRevision: ['a', 'b'],
  branchLabels: null,
  dependsOn: ['billing'],
  createdAt: '2026-11-20T14:32:05Z',
};

const valuesOf = (text: string) =>
  Object.fromEntries([...readHeader(text).values].map(([name, { value }]) => [name, value]));

describe('readHeader', () => {
  it('reads the constants of a TypeScript revision, and its comment', () => {
    expect(valuesOf(SOURCE)).toEqual(EXPECTED);
    expect(readHeader(SOURCE).comment).toBe('add accounts of customers');
    expect(readHeader(SOURCE).exportsUpgrade).toBe(true);
  });

  it.each([
    ['CommonJS', ModuleKind.CommonJS],
    ['ESM', ModuleKind.ESNext],
  ])('reads the same from %s that the compiler makes', (_, module) => {
    const { outputText } = transpileModule(SOURCE, {
      compilerOptions: { module, target: ScriptTarget.ES2022 },
    });
    expect(valuesOf(outputText)).toEqual(EXPECTED);
  });

  it.each([
    [
      'BOM and CRLF (B038)',
      '\uFEFF' + "export const revision = 'a';".replace(/$/, '\r\n'),
      { revision: 'a' },
    ],
    ['a number where a string belongs (B019)', 'export const revision = 123;', { revision: 123 }],
    [
      'no semicolons',
      "export const revision = 'a'\nexport const downRevision = null\n",
      { revision: 'a', downRevision: null },
    ],
    [
      'escapes',
      String.raw`export const message = 'it\'s \u{1F600} \x41 \n';`,
      { message: "it's 😀 A \n" },
    ],
    [
      'a chain of exports',
      "exports.message = exports.revision = void 0;\nexports.revision = 'a';",
      { revision: 'a' },
    ],
    [
      'a regular expression before',
      "const odd = /['\"`]/;\nexport const revision = 'a';",
      { revision: 'a' },
    ],
    [
      'prototype names as ids (B018)',
      "export const revision = '__proto__';",
      { revision: '__proto__' },
    ],
  ])('copes with %s', (_, text, expected) => {
    expect(valuesOf(text)).toEqual(expected);
  });

  it.each([
    ["export const revision = prefix + 'a';", 'revision'],
    ['export const downRevision = [parent];', 'downRevision'],
    ['export const message = `a ${b}`;', 'message'],
    ["exports.revision = 'a' + b;", 'revision'],
  ])('leaves what is computed to the import: %s', (text, name) => {
    expect(readHeader(text).computed).toContain(name);
    expect(readHeader(text).values.has(name)).toBe(false);
  });

  it('never takes a constant inside of a function for the header', () => {
    expect(valuesOf("function f() { const revision = 'a'; exports.message = 'b'; }")).toEqual({});
  });

  it('agrees with running the file, for any strings', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'header-'));
    let count = 0;
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.string({ unit: 'grapheme' }),
          fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 }),
          async (message, downRevision) => {
            const text = `exports.message = ${JSON.stringify(message)};\nexports.downRevision = ${JSON.stringify(downRevision)};\n`;
            const file = join(folder, `${count++}.cjs`);
            writeFileSync(file, text);
            const loaded = await loadRevisionModule(file);
            expect(valuesOf(text)).toEqual({
              message: loaded['message'],
              downRevision: loaded['downRevision'],
            });
          },
        ),
        { numRuns: 60 },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void readHeader(text)),
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'export ',
            'const ',
            'revision',
            '=',
            "'",
            '"',
            '`',
            '${',
            '}',
            '{',
            '/',
            '*',
            '\\',
            '\n',
            '[',
            ']',
            ',',
          ),
          { maxLength: 40 },
        ),
        (parts) => void readHeader(parts.join('')),
      ),
    );
  });
});
