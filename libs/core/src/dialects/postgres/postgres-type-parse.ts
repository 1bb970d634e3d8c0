/** The parts of a type's spelling. */
export interface ParsedType {
  /** Absent where the spelling has none. */
  readonly schema?: string;
  /** Content of the quotes, or unquoted words in lower case with one blank between them. */
  readonly name: string;
  readonly isQuoted: boolean;
  /** What stands in the parentheses: `['10', '2']`. */
  readonly modifiers: readonly string[];
  /** `with time zone`, `without time zone`, or absent. */
  readonly zone?: string;
  readonly isArray: boolean;
}

/** Takes a type's spelling apart; undefined where it does not look like a type. */
export function parseType(type: string): ParsedType | undefined {
  const reader = new Reader(type.trim());
  const schema = reader.take(SCHEMA);
  const name = reader.take(SEVERAL_WORDS) ?? reader.take(INTERVAL_FIELDS) ?? reader.take(ONE_NAME);
  const modifiers = reader.take(MODIFIERS);
  const zone = reader.take(ZONE);
  const isArray = reader.take(ARRAY) !== undefined;
  if (name === undefined || !reader.isAtEnd) return undefined;
  return {
    ...(schema !== undefined && { schema: resolveName(schema) }),
    name: resolveName(name),
    isQuoted: name.startsWith('"'),
    modifiers: modifiers?.split(',').map((modifier) => modifier.trim()) ?? [],
    ...(zone !== undefined && { zone: resolveName(zone) }),
    isArray,
  };
}

const NAME = String.raw`"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*`;
const WORD_END = String.raw`(?![\p{L}\p{N}_$"])`;

const SCHEMA = new RegExp(String.raw`(${NAME})\s*\.\s*`, 'yiu');
const SEVERAL_WORDS = new RegExp(
  String.raw`(double\s+precision|(?:national\s+)?char(?:acter)?\s+varying|nchar\s+varying|national\s+char(?:acter)?|bit\s+varying)${WORD_END}`,
  'yiu',
);
const FIELD = '(?:year|month|day|hour|minute|second)';
const INTERVAL_FIELDS = new RegExp(
  String.raw`(interval\s+${FIELD}(?:\s+to\s+${FIELD})?)${WORD_END}`,
  'yiu',
);
const ONE_NAME = new RegExp(`(${NAME})`, 'yiu');
const MODIFIERS = /\s*\(([^()]*)\)/y;
const ZONE = /\s*(with(?:out)?\s+time\s+zone)/iy;
const ARRAY = /((?:\s*\[\s*\d*\s*\])+|\s+array(?:\s*\[\s*\d*\s*\])?)\s*/iy;

/** Reads a text from left to right. */
class Reader {
  private position = 0;

  constructor(private readonly text: string) {}

  get isAtEnd(): boolean {
    return this.position === this.text.length;
  }

  /** The first group of the pattern where it matches here. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text);
    if (match !== null) this.position = pattern.lastIndex;
    return match?.[1];
  }
}

/** Case is folded as the server folds it: ASCII letters of unquoted words. */
function resolveName(spelling: string): string {
  if (spelling.startsWith('"')) return spelling.slice(1, -1).replaceAll('""', '"');
  return spelling
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .split(/\s+/)
    .join(' ');
}
