import { HEADER_NAMES } from './header-names.js';
import { afterPreamble } from './leading-comment.js';

const TEXT = `('[^'\\\\\\n\\r]*'|"[^"\\\\\\n\\r]*")`;
const LIST = `(null|'[^'\\\\\\n\\r]*'|"[^"\\\\\\n\\r]*"|\\[[^\\[\\]\\\\\`/]*\\])`;
const TYPE = '(?:readonly )?\\w+(?:\\[\\])?';
/** Blanks and line comments. */
const BLANK = '\\s*(?:\\/\\/[^\\n\\r\\u2028\\u2029]*[\\n\\r\\u2028\\u2029]\\s*)*';

/** A list in a header: one text stands for a list of one. */
export type PlainList = string | readonly string[] | null | undefined;

/** The constants that a graph needs, of the right types. */
export interface PlainHeader {
  readonly revision: string;
  readonly message: string | undefined;
  readonly downRevision: PlainList;
  readonly branchLabels: PlainList;
  readonly dependsOn: PlainList;
  readonly createdAt: string | undefined;
}

/** The whole header in one expression; each constant in the order in which `revision` writes them. */
function headerOf(before: string, assigned: (name: string) => string, direction: string): RegExp {
  const one = (name: string, literal: string): string => `${assigned(name)}${literal};${BLANK}`;
  const maybe = (name: string, literal: string): string => `(?:${one(name, literal)})?`;
  const constants = [
    one('revision', TEXT),
    maybe('message', TEXT),
    one('downRevision', LIST),
    maybe('branchLabels', LIST),
    maybe('dependsOn', LIST),
    maybe('createdAt', TEXT),
    maybe('transaction', TEXT),
  ];
  return new RegExp(`${before}${constants.join('')}${direction}`, 'y');
}

/** A header with every constant on a line of its own, nothing optional. */
function writtenHeader(): RegExp {
  const text = `('[^'\\\\\\n\\r]*')`;
  const list = `(null|'[^'\\\\\\n\\r]*'|\\[[^\\[\\]\\\\\`/]*\\])`;
  const lines = [
    `\\s*import type \\{[\\w, ]+\\} from '[^'\\\\\\n]*'`,
    `export const revision = ${text}`,
    `export const message = ${text}`,
    `export const downRevision = ${list}`,
    `export const branchLabels = ${list}`,
    `export const dependsOn = ${list}`,
    `export const createdAt = ${text}`,
    'export async function upgrade\\(',
  ];
  return new RegExp(lines.join(';\\s*'), 'y');
}

/** As `revision` writes it. {@link ESM} takes it as well, but needs three times as long. */
const WRITTEN = writtenHeader();
const ESM = headerOf(
  `${BLANK}(?:import type (?:\\w+|\\{[\\w, ]+\\}) from (?:'[^'\\\\\\n]*'|"[^"\\\\\\n]*");${BLANK})*`,
  (name) => `export const ${name}(?:: ${TYPE}(?: \\| ${TYPE})*)? = `,
  'export (?:async )?function (?:upgrade|downgrade)\\(',
);
/** As the TypeScript compiler writes it. */
const COMMONJS = headerOf(
  `${BLANK}Object\\.defineProperty\\(exports, "__esModule", \\{ value: true \\}\\);${BLANK}(?:(?:exports\\.\\w+ = )+(?:void 0|upgrade|downgrade);${BLANK})*`,
  (name) => `exports\\.${name} = `,
  '(?:\\/\\*[^*]*\\*\\/\\s*)?(?:async )?function (?:upgrade|downgrade)\\(',
);

/**
 * Reads a header that is written as `revision` writes it, in TypeScript or as the compiler turns it to JavaScript: plain
 * literals in the usual order, before the functions. 10,000 files are read at every command, and the tolerant scan, which
 * reads any form and gives the same, costs ten times as much.
 * @returns undefined for a header of any other form
 */
export function readPlainHeader(text: string): PlainHeader | undefined {
  const at = afterComment(text);
  const found = matchAt(WRITTEN, text, at) ?? matchAt(ESM, text, at) ?? matchAt(COMMONJS, text, at);
  return found === null ? undefined : constantsOf(found, text);
}

function matchAt(header: RegExp, text: string, at: number): RegExpExecArray | null {
  header.lastIndex = at;
  return header.exec(text);
}

function constantsOf(found: RegExpExecArray, text: string): PlainHeader | undefined {
  const downRevision = listOf(found[3]);
  const branchLabels = listOf(found[4]);
  const dependsOn = listOf(found[5]);
  if (downRevision === OTHER || branchLabels === OTHER || dependsOn === OTHER) return undefined;
  const header = {
    revision: textOf(found[1]) as string,
    message: textOf(found[2]),
    downRevision,
    branchLabels,
    dependsOn,
    createdAt: textOf(found[6]),
  };
  // In nearly every file all of them were there; else they may stand below the functions.
  const missing = (found as (string | undefined)[]).indexOf(undefined);
  if (missing === -1 || missing === TRANSACTION) return header;
  return isWhole(header, text, found.index + found[0].length) ? header : undefined;
}

function isWhole(header: PlainHeader, text: string, end: number): boolean {
  return !mayHaveMore(text, end, (name) => header[name as keyof PlainHeader] !== undefined);
}

/** Group of the only constant that a graph does not need; the last one. */
const TRANSACTION = 7;
const OTHER = Symbol('other');

const textOf = (literal: string | undefined): string | undefined =>
  literal === undefined ? undefined : copyOf(literal.slice(1, -1));

/** A piece of a text keeps all of it in memory, from this length on. */
const KEEPS_ALL = 13;
const scratch = Buffer.allocUnsafeSlow(1024);

/** The same text without the file that it was cut from: 10,000 files would be kept, and moved about by the collector. */
function copyOf(piece: string): string {
  if (piece.length < KEEPS_ALL || piece.length > scratch.length / 3) return piece;
  return scratch.toString('utf8', 0, scratch.write(piece, 0, 'utf8'));
}

function listOf(literal: string | undefined): PlainList | typeof OTHER {
  if (literal === undefined) return undefined;
  if (literal === 'null') return null;
  if (!literal.startsWith('[')) return literal.slice(1, -1);
  // Without escapes and with one kind of quotes, it is read as JSON.
  if (literal.includes('"') && literal.includes("'")) return OTHER;
  try {
    const list: unknown = JSON.parse(literal.replaceAll("'", '"').replace(/,\s*\]$/, ']'));
    return (list as unknown[]).every((item) => typeof item === 'string')
      ? (list as readonly string[])
      : OTHER;
  } catch {
    return OTHER;
  }
}

/** Behind the comment that says what the revision does. */
function afterComment(text: string): number {
  const start = text.startsWith('/*') ? 0 : afterPreamble(text);
  if (!text.startsWith('/*', start)) return start;
  const end = text.indexOf('*/', start + 2);
  return end === -1 ? start : end + 2;
}

/** Whether the text may have constants of the header besides those that were found, from a place on. */
export function mayHaveMore(
  text: string,
  from: number,
  isFound: (name: string) => boolean,
): boolean {
  for (const name of HEADER_NAMES) {
    // The transaction is asked for only of the module that runs.
    if (name !== 'transaction' && !isFound(name) && text.includes(name, from)) return true;
  }
  return false;
}
