import * as fc from 'fast-check';
import { transformSync } from '@swc/core';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { postgresQuoting } from '../dialects/postgres/postgres-quoting.js';
import { reverseAll } from '../operations/reverse-all.js';
import { renderRevision } from '../render/render-revision.js';
import { leadingComment } from './leading-comment.js';
import { readPlainHeader } from './plain-header.js';
import { readHeader } from './read-header.js';

const valuesOf = (text: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries([...readHeader(text).values].map(([name, { value }]) => [name, value]));

/** What both ways of reading must agree upon. */
const GRAPH_NAMES = [
  'revision',
  'message',
  'downRevision',
  'branchLabels',
  'dependsOn',
  'createdAt',
];
const pick = (header: Readonly<Record<string, unknown>>): readonly unknown[] =>
  GRAPH_NAMES.map((name) => header[name]);

const STANDARD = `/**
 * add accounts
 */
import type { Operations } from '@nest-alembic/core';

export const revision = '1975ea83b712';
export const message = 'add accounts';
export const downRevision: string | readonly string[] | null = 'ae1027a6acf4';
export const branchLabels = null;
export const dependsOn = ['a', 'b'];
export const createdAt = '2026-11-20T14:32:05Z';

export async function upgrade(op: Operations): Promise<void> {
  await op.dropTable('account');
}
`;
const toCommonJs = (text: string): string =>
  transpileModule(text, {
    compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
  }).outputText;

describe('readPlainHeader', () => {
  it.each([
    ['as `revision` writes it', STANDARD],
    [
      'after a byte order mark, with Windows line ends',
      '\uFEFF' + STANDARD.replaceAll('\n', '\r\n'),
    ],
    ['with double quotes', STANDARD.replaceAll("'", '"')],
    [
      'with line comments',
      STANDARD.replace('export const message', '// first\n// second\nexport const message'),
    ],
    ['with less', STANDARD.replace(/export const (?:message|createdAt|branchLabels).*\n/g, '')],
    ['as the compiler writes CommonJS', toCommonJs(STANDARD)],
    [
      'as the compiler writes CommonJS without comments',
      toCommonJs(STANDARD.replace(/^\/\*.*?\*\/\n/s, '')),
    ],
  ])('reads a header %s', (_, text) => {
    const plain = readPlainHeader(text);
    expect(plain).toMatchObject({
      revision: '1975ea83b712',
      downRevision: 'ae1027a6acf4',
      dependsOn: ['a', 'b'],
    });
    expect(pick({ ...plain })).toEqual(pick(valuesOf(text)));
  });

  it.each([
    ['an escape', STANDARD.replace('add accounts', 'it\\x41').replace("'add accounts'", "'a\\'b'")],
    ['something computed', STANDARD.replace("'1975ea83b712'", "'a' + 'b'")],
    ['a value that goes on', STANDARD.replace("'ae1027a6acf4';", "'ae'\n  + 'x';")],
    [
      'another order',
      STANDARD.replace(/(export const revision.*\n)(export const message.*\n)/, '$2$1'),
    ],
    ['a comment in a list', STANDARD.replace("['a', 'b']", "['a' /* x */, 'b']")],
    ['a number in a list', STANDARD.replace("['a', 'b']", "['a', 3]")],
    ['a real import', STANDARD.replace('import type', 'import')],
    ['no revision', STANDARD.replace(/export const revision.*\n/, '')],
    ['a header inside of a comment', `/*\n${STANDARD.replace(/\/\*.*?\*\/\n/s, '')}*/`],
    ['a header inside of a text', 'const text = `\n' + STANDARD.replaceAll('`', '') + '`;'],
  ])('leaves to the scan a header with %s', (_, text) => {
    expect(readPlainHeader(text)).toBeUndefined();
  });

  it('finds a constant that stands below the functions', () => {
    const text = `${STANDARD.replace(/export const (?:dependsOn|message).*\n/g, '')}export const dependsOn = 'late';\n`;
    expect(readPlainHeader(text)).toBeUndefined();
    expect(valuesOf(text)).toMatchObject({ dependsOn: 'late' });
  });
});

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc
    .array(
      fc.constantFrom(
        "'",
        '"',
        '`',
        '\\',
        '*/',
        '/*',
        '//',
        '${',
        '}',
        '\n',
        '\r',
        '\u2028',
        'export const revision = ',
        ';',
        '\uFEFF',
        'x',
      ),
    )
    .map((parts) => parts.join('')),
);
const id = fc.stringMatching(/^[0-9a-f]{1,12}$/);

describe('headers as they are rendered', () => {
  const rendered = fc.record({
    revision: id,
    message: hostile,
    downRevisions: fc.array(id, { maxLength: 3 }),
    branchLabels: fc.array(fc.stringMatching(/^[a-z]{1,5}$/), { maxLength: 2 }),
    dependsOn: fc.array(id, { maxLength: 2 }),
  });
  const textOf = (draft: typeof rendered extends fc.Arbitrary<infer Draft> ? Draft : never) =>
    renderRevision(
      {
        ...draft,
        createdAt: '2026-11-20T14:32:05Z',
        importSource: '@nest-alembic/core',
        upgrade: [],
        downgrade: reverseAll([]),
      },
      postgresQuoting,
    );
  const listOf = (value: unknown): unknown => (value === null ? [] : [value].flat());

  it.each([
    ['TypeScript', (text: string) => text],
    ['CommonJS of the TypeScript compiler', toCommonJs],
    [
      'ESM of the TypeScript compiler',
      (text: string) =>
        transpileModule(text, {
          compilerOptions: { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 },
        }).outputText,
    ],
    ['CommonJS of swc', (text: string) => swc(text, { type: 'commonjs' })],
    ['ESM of swc', (text: string) => swc(text, { type: 'es6' })],
    ['minified ESM', (text: string) => swc(text, { type: 'es6', minify: true })],
    [
      'minified CommonJS',
      (text: string) => swc(toCommonJs(text), { type: 'commonjs', minify: true }),
    ],
  ])('read back equal, whatever the message says: %s', (_, compile) => {
    fc.assert(
      fc.property(rendered, (draft) => {
        const text = compile(textOf(draft));
        const plain = readPlainHeader(text);
        const header: Readonly<Record<string, unknown>> = plain ? { ...plain } : valuesOf(text);
        expect(header).toMatchObject({
          revision: draft.revision,
          createdAt: '2026-11-20T14:32:05Z',
        });
        expect(header['message']).toBe(Buffer.from(draft.message).toString());
        expect(listOf(header['downRevision'])).toEqual(draft.downRevisions);
        expect(listOf(header['branchLabels'])).toEqual(draft.branchLabels);
        expect(listOf(header['dependsOn'])).toEqual(draft.dependsOn);
        if (plain !== undefined) expect(pick({ ...plain })).toEqual(pick(valuesOf(text)));
      }),
      { numRuns: 60 },
    );
  });

  it('are nearly always read at once', () => {
    const text = textOf({
      revision: 'ab12',
      message: 'add accounts',
      downRevisions: ['cd34'],
      branchLabels: [],
      dependsOn: [],
    });
    expect(readPlainHeader(text)).toBeDefined();
    expect(readPlainHeader(toCommonJs(text))).toBeDefined();
  });
});

describe('any text', () => {
  const piece = fc.constantFrom(
    ...[
      'export const ',
      'exports.',
      'revision',
      'downRevision',
      ' = ',
      ': string',
      'null',
      ';',
      '\n',
      "'a'",
      '"b"',
      '`c`',
    ],
    ...[
      '/',
      '*',
      '\\',
      '[',
      ']',
      '{',
      '}',
      '(',
      ')',
      ',',
      "'",
      '"',
      '`',
      '${',
      '//',
      '/*',
      '*/',
      '#!',
      '\u2028',
      'function upgrade(',
    ],
    ...[
      "import type { A } from 'a';",
      'Object.defineProperty(exports, "__esModule", { value: true });',
      '"use strict";',
      ' as const',
      'void 0',
      '<T,>',
      '=>',
      '?',
      '++',
    ],
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(piece, { maxLength: 60 }).map((parts) => parts.join('')),
    fc
      .tuple(fc.nat(STANDARD.length), fc.nat(40), fc.array(piece, { maxLength: 4 }))
      .map(
        ([at, length, parts]) =>
          STANDARD.slice(0, at) + parts.join('') + STANDARD.slice(at + length),
      ),
  );

  it('never makes reading throw, and both ways of reading agree', () => {
    fc.assert(
      fc.property(text, (source) => {
        const scan = readHeader(source);
        void leadingComment(source);
        const plain = readPlainHeader(source);
        if (plain === undefined) return;
        expect(scan.computed.size).toBe(0);
        expect(pick({ ...plain })).toEqual(pick(valuesOf(source)));
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    ['blanks', ' '],
    ['line ends', '\n'],
    ['comments', '/**/'],
    ['line comments', '// x\n'],
    ['open comments', '/*'],
    ['open texts', "'"],
    ['backslashes', '\\'],
    ['open brackets', '['],
    ['slashes', '/'],
    ['slashes and brackets', '/['],
    ['templates', '`${'],
    ['exports', 'exports.a = '],
    ['imports', "import type { a } from 'b';\n"],
    ['constants', "export const revision = 'a';\n"],
    ['lists', "'a', "],
  ])('of 2 MB of %s is read within two seconds', (_, part) => {
    const source = part.repeat(Math.ceil(2_000_000 / part.length));
    for (const before of [
      '',
      'export const revision = ',
      "exports.revision = 'a';\nexports.downRevision = [",
      '/* ',
    ]) {
      const started = performance.now();
      readPlainHeader(before + source);
      readHeader(before + source);
      expect(performance.now() - started).toBeLessThan(2_000);
    }
  });
});

function swc(
  text: string,
  { type, minify = false }: { type: 'es6' | 'commonjs'; minify?: boolean },
): string {
  return transformSync(text, {
    swcrc: false,
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript' },
      ...(minify && { minify: { compress: false, mangle: false } }),
    },
    module: { type },
    minify,
  }).code;
}
