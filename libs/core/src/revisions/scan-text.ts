import { INTERPRETER } from './leading-comment.js';

/** One token of JavaScript or TypeScript text: what a header needs, and no more. */
export interface Token {
  readonly kind: 'word' | 'string' | 'number' | 'punctuation' | 'template' | 'regex';
  /** The value of a string, the text of anything else. */
  readonly text: string;
  /** Position in the text, and that behind it. */
  readonly at: number;
  readonly end: number;
}

const BLANKS = /\s+/y;
const LINE = /[^\n\r\u2028\u2029]*/y;
const WORD = /[\p{L}\p{Nl}$_][\p{L}\p{Nl}\p{N}$_\u200c\u200d]*/uy;
const NUMBER = /\d[\w.]*/y;
/** After these a slash starts a regular expression; elsewhere it divides. */
const BEFORE_REGEX = /^(?:[(,=:[!&|?{};+\-*%~^<>]|return|typeof|case|in|of|do|else)$/;

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** End of a quoted text that starts at `at`, or undefined where its line ends before it. */
function endOfString(text: string, at: number): number | undefined {
  const quote = text[at];
  if (quote !== "'" && quote !== '"') return undefined;
  for (let place = at + 1; place < text.length; place++) {
    const char = text[place];
    if (char === quote) return place + 1;
    if (char === '\n') return undefined;
    if (char === '\\') place++;
  }
  return undefined;
}

/** End of a regular expression that starts at `at`, flags included, or undefined where its line ends before it. */
function endOfRegex(text: string, at: number): number | undefined {
  let inClass = false;
  for (let place = at + 1; place < text.length; place++) {
    const char = text[place];
    if (char === '\n') return undefined;
    if (char === '\\') place++;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass)
      return place + 1 + (match(FLAGS, text, place + 1)?.length ?? 0);
  }
  return undefined;
}

const FLAGS = /[a-z]*/y;

/** A piece of a template literal: an escape, the start of a substitution, or one character. */
const TEMPLATE_PIECE = /\\[\s\S]|\$\{|[\s\S]/gy;

/** End of a template literal that starts at `at`, substitutions included. */
function endOfTemplate(text: string, at: number): number {
  let depth = 0;
  TEMPLATE_PIECE.lastIndex = at + 1;
  for (let piece = TEMPLATE_PIECE.exec(text); piece; piece = TEMPLATE_PIECE.exec(text)) {
    if (depth === 0 && piece[0] === '`') return TEMPLATE_PIECE.lastIndex;
    depth += depthChange(piece[0], depth);
  }
  return text.length;
}

function depthChange(piece: string, depth: number): number {
  if (piece === '${') return 1;
  if (depth === 0) return 0;
  return piece === '{' ? 1 : piece === '}' ? -1 : 0;
}

/** The value of a quoted string token. */
function unquote(source: string): string {
  return source
    .slice(1, -1)
    .replace(/\\(?:u\{([0-9a-f]+)\}|u([0-9a-f]{4})|x([0-9a-f]{2})|([\s\S]))/gi, unescape);
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
  '\n': '',
};

function unescape(...[, point, unit, byte, char = '']: (string | undefined)[]): string {
  const code = point ?? unit ?? byte;
  if (code === undefined) return ESCAPES[char] ?? char;
  const value = parseInt(code, 16);
  // What is above is no character; such a text does not compile.
  return value > 0x10ffff ? '' : String.fromCodePoint(value);
}

/** Where blanks and comments end; a comment that never ends takes all the rest. */
function afterBlanks(text: string, start: number): number {
  let at = start;
  for (;;) {
    at += match(BLANKS, text, at)?.length ?? 0;
    if (text.startsWith('//', at)) at += match(LINE, text, at)?.length ?? 0;
    else if (text.startsWith('/*', at)) at = behind(text, '*/', at + 2);
    else return at;
  }
}

function behind(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from);
  return at === -1 ? text.length : at + end.length;
}

/** The tokens of a text, one by one, comments and blanks left out. Never throws: odd text gives odd tokens. */
export function* scanTokens(text: string): Generator<Token, undefined> {
  const scan = new TextScan(text);
  for (let token = scan.next(); token; token = scan.next()) yield token;
}

class TextScan {
  private at: number;
  private previous: Token | undefined;
  /** No regular expression begins before this: one that had no end was found on the line, and to look again costs as much. */
  private regexFrom = 0;

  constructor(private readonly text: string) {
    this.at = match(INTERPRETER, text, 0)?.length ?? 0;
  }

  next(): Token | undefined {
    this.at = afterBlanks(this.text, this.at);
    if (this.at >= this.text.length) return undefined;
    this.previous = this.read();
    this.at = this.previous.end;
    return this.previous;
  }

  private read(): Token {
    const { text, at } = this;
    const char = text[at] ?? '';
    if (char === '`') return this.make('template', text.slice(at, endOfTemplate(text, at)));
    const stringEnd = endOfString(text, at);
    if (stringEnd !== undefined) return this.makeString(text.slice(at, stringEnd));
    const word = match(WORD, text, at);
    if (word !== undefined) return this.make('word', word);
    const number = match(NUMBER, text, at);
    if (number !== undefined) return this.make('number', number);
    const regex = char === '/' ? this.readRegex() : undefined;
    return regex ?? this.make('punctuation', char);
  }

  private readRegex(): Token | undefined {
    const { text, at, previous } = this;
    const mayBegin = previous === undefined || BEFORE_REGEX.test(previous.text);
    if (!mayBegin || at < this.regexFrom) return undefined;
    const end = endOfRegex(text, at);
    if (end !== undefined) return this.make('regex', text.slice(at, end));
    this.regexFrom = at + (match(LINE, text, at)?.length ?? 0);
    return undefined;
  }

  private makeString(source: string): Token {
    return this.make('string', source, unquote(source));
  }

  private make(kind: Token['kind'], source: string, value = source): Token {
    return { kind, text: value, at: this.at, end: this.at + source.length };
  }
}

/** Line (from 1) of a position in a text. */
export function lineAt(text: string, at: number): number {
  let line = 1;
  for (
    let index = text.indexOf('\n');
    index !== -1 && index < at;
    index = text.indexOf('\n', index + 1)
  )
    line++;
  return line;
}
