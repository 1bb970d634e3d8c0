import { readFileSync } from 'node:fs';
import { MigrationError, isMigrationError } from '../errors/migration-error.js';
import type { ErrorCode } from '../errors/error-codes.js';
import { thrownText } from '../errors/thrown-text.js';
import { formatFix } from './module-format.js';

/** A place in a file, both from 1. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * What became of loading a revision file, as an error with file, line and column.
 * @returns E2001 no code or a missing import, E2004 it throws, E2007 the other module format, E2011 not readable,
 * E2012 a circle of imports; an error of ours as it is
 */
export async function loadError(file: string, error: unknown): Promise<MigrationError> {
  if (isMigrationError(error)) return error;
  const kind = KINDS.find(({ is }) => is(error)) ?? THROWN;
  const parsed = kind.code === 'E2001' ? await parsePlace(file) : undefined;
  const place = parsed ?? stackPlace(file, error);
  const at = place === undefined ? '' : `:${place.line}:${place.column}`;
  return new MigrationError(kind.code, {
    problem: `revision file "${file}${at}" cannot be loaded: ${firstLine(error)}`,
    advice: kind.advice(file, error),
    facts: { file, ...place },
    cause: error,
  });
}

interface Kind {
  readonly code: ErrorCode;
  readonly is: (error: unknown) => boolean;
  readonly advice: (file: string, error: unknown) => string;
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;
const nameOf = (error: unknown): unknown => (error as { name?: unknown } | null)?.name;
const textOf = (error: unknown): string =>
  // An error of Jest's or another realm is no instance of our Error.
  typeof (error as { message?: unknown } | null)?.message === 'string'
    ? (error as Error).message
    : thrownText(error);

const ONLY_TYPES =
  'A revision must not import the entities of the app: they change, and the revision must not. Import types only (`import type`); nothing was run.';
const ESM_IN_COMMONJS =
  /Unexpected token 'export'|Cannot use import statement outside a module|Cannot use 'import\.meta' outside a module/;
const COMMONJS_IN_ESM =
  /\b(?:exports|module|require|__dirname|__filename) is not defined in ES module scope/;
const NO_SUCH_EXPORT = /does not provide an export named/;

const THROWN: Kind = {
  code: 'E2004',
  is: () => true,
  advice: () =>
    'A revision file may import types only, and must not do anything at its top level; nothing was run.',
};

/** The first that fits tells what it is. */
const KINDS: readonly Kind[] = [
  {
    code: 'E2011',
    is: (error) => ['EACCES', 'EPERM', 'EISDIR'].includes(String(codeOf(error))),
    advice: () => 'Give the user that runs this the right to read it.',
  },
  {
    code: 'E2001',
    is: (error) =>
      ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED'].includes(
        String(codeOf(error)),
      ) || NO_SUCH_EXPORT.test(textOf(error)),
    advice: () => ONLY_TYPES,
  },
  {
    code: 'E2007',
    is: (error) => ESM_IN_COMMONJS.test(textOf(error)) || COMMONJS_IN_ESM.test(textOf(error)),
    advice: (file, error) =>
      formatFix(file, COMMONJS_IN_ESM.test(textOf(error)) ? 'CommonJS' : 'ESM'),
  },
  {
    code: 'E2012',
    is: (error) =>
      codeOf(error) === 'ERR_REQUIRE_CYCLE_MODULE' ||
      /^Cannot access '.*' before initialization/.test(textOf(error)),
    advice: () =>
      'It uses a value before it has one, as in a circle of imports. A revision file should not import another; nothing was run.',
  },
  {
    code: 'E2001',
    is: (error) =>
      nameOf(error) === 'SyntaxError' ||
      /ParseError|SyntaxError|Transform failed|Syntax Error/.test(textOf(error)),
    advice: () => 'Mend the syntax; nothing was run.',
  },
];

/** Without the place, which a parser puts into its message. */
const firstLine = (error: unknown): string =>
  (
    textOf(error)
      .split('\n')
      .find((line) => line.trim() !== '') ?? 'an error without a message'
  )
    .replace(/^ParseError: /, '')
    .trim();

/** Node tells no place for a syntax error of an ES module, so the file is parsed once more. */
async function parsePlace(file: string): Promise<Place | undefined> {
  try {
    const { createJiti } = await import('jiti');
    const source = readFileSync(file, 'utf8');
    const parser = createJiti(__filename, { fsCache: false });
    const code = parser.transform({ source, filename: file, ts: file.endsWith('ts') });
    const found = /__JITI_ERROR__ = (\{.*\})/s.exec(code)?.[1];
    if (found === undefined) return undefined;
    const { line, column } = JSON.parse(found) as Place;
    return { line, column: column + 1 };
  } catch {
    return undefined;
  }
}

/** `at /file.js:3:7`, or the head `/file.js:3` of a syntax error with its marker below. */
function stackPlace(file: string, error: unknown): Place | undefined {
  const stack = String((error as { stack?: unknown } | null)?.stack ?? '');
  for (const name of [file, encodeURI(file)]) {
    const at = stack.indexOf(`${name}:`);
    const found = at === -1 ? null : /^(\d+)(?::(\d+))?/.exec(stack.slice(at + name.length + 1));
    if (found) return { line: Number(found[1]), column: Number(found[2] ?? 1) };
  }
  return undefined;
}
