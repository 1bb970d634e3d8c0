import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { readHeader } from './read-header.js';
import { rewriteDownRevision } from './rewrite-down-revision.js';

const change = { from: 'a1', to: 'b2' };
const downOf = (text: string) => readHeader(text).values.get('downRevision')?.value;

describe('rewriting the down revision in a text', () => {
  it.each([
    ['single quotes', `export const downRevision = 'a1';`, `export const downRevision = 'b2';`],
    ['double quotes', `export const downRevision = "a1"`, `export const downRevision = "b2"`],
    ['back-ticks', 'export const downRevision = `a1`;', 'export const downRevision = `b2`;'],
    [
      'a type and a comment',
      `export const downRevision: string | null = /* was */ 'a1' as const; // 'a1'`,
      `export const downRevision: string | null = /* was */ 'b2' as const; // 'a1'`,
    ],
    [
      'one of several',
      `export const downRevision = [\n  "x", // first\n  "a1",\n] satisfies string[];`,
      `export const downRevision = [\n  "x", // first\n  "b2",\n] satisfies string[];`,
    ],
    ['a list of one', `export const downRevision = ['a1'];`, `export const downRevision = ['b2'];`],
  ])('keeps %s', (_, text, expected) => {
    expect(rewriteDownRevision(text, change)).toBe(expected);
  });

  it.each([
    ['null', `export const revision = "c3";\nexport const downRevision = null;`, '"b2"'],
    ['null, before the id', `export const downRevision = null;`, `'b2'`],
    ['an empty list', `export const revision = 'c3';\nexport const downRevision = [];`, `['b2']`],
  ])('gives a parent where there was %s', (_, text, literal) => {
    const rewritten = rewriteDownRevision(text, { from: null, to: 'b2' });
    expect(rewritten).toContain(`export const downRevision = ${literal};`);
  });

  it('takes the parent away', () => {
    expect(
      rewriteDownRevision(`export const downRevision = ['a1'];`, { from: 'a1', to: null }),
    ).toBe('export const downRevision = null;');
  });

  it('leaves every other character: BOM, CRLF, text that looks the same', () => {
    const text = `\uFEFF/** Revises 'a1' */\r\nexport const revision = 'c3';\r\nexport const downRevision = 'a1';\r\n// downRevision = 'a1'\r\nexport async function upgrade() {\r\n  const downRevision = 'a1';\r\n}\r\n`;
    const rewritten = rewriteDownRevision(text, change);
    expect(rewritten).toBe(
      text.replace(`export const downRevision = 'a1'`, `export const downRevision = 'b2'`),
    );
  });

  it('works in compiled CommonJS', () => {
    const { outputText } = transpileModule(
      `export const revision = 'c3';\nexport const downRevision = 'a1';\nexport function upgrade() {}`,
      { compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 } },
    );
    expect(downOf(rewriteDownRevision(outputText, change))).toBe('b2');
  });

  it.each([
    ['computed', `export const downRevision = parent;`],
    ['a template with a substitution', 'export const downRevision = `${a}`;'],
    ['missing', `export const revision = 'c3';`],
    ['an array with something computed', `export const downRevision = ['x', y];`],
  ])('E7032: refuses what is %s', (_, text) => {
    expect(() => rewriteDownRevision(text, change)).toThrow(
      expect.objectContaining({ code: 'E7032' }),
    );
  });
});
