/**
 * Characters that are not printed as they stand: controls, line separators, half surrogate pairs, characters that cannot
 * be seen or that reverse what is seen (bidirectional marks), and every space but the ordinary one.
 */
const ODD = /[\p{Cc}\p{Cf}\p{Surrogate}\p{Co}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A JavaScript string literal with exactly this value, on one line, in the quotes that Prettier would choose. */
export function stringLiteral(text: string): string {
  const quote = countOf(text, "'") > countOf(text, '"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', () => '\\\\')
    .replaceAll(quote, () => `\\${quote}`)
    .replaceAll(ODD, escapeOdd);
  return quote + escaped + quote;
}

/**
 * A template literal with exactly this value for a text of several lines, or undefined where that would need an escape:
 * JavaScript reads CRLF in one as LF, and a person who reads SQL should read SQL.
 */
export function templateLiteral(text: string): string | undefined {
  if (!text.includes('\n') || /[`\\]|\$\{/.test(text)) return undefined;
  const odd = text.match(ODD) ?? [];
  return odd.every((character) => character === '\n' || character === '\t')
    ? `\`${text}\``
    : undefined;
}

/** A text as one line that is safe inside a block comment, cut to a length. */
export function commentLine(text: string, maxLength: number): string {
  const line = text
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replaceAll(ODD, escapeOdd)
    .replaceAll('*/', '* /')
    .replaceAll('/*', '/ *');
  if (line.length <= maxLength) return line;
  // Half a surrogate pair must not be left at the cut.
  return `${line.slice(0, maxLength - 1).replace(/\p{Surrogate}$/u, '')}…`;
}

function escapeOdd(character: string): string {
  const short = SHORT_ESCAPES[character];
  if (short !== undefined) return short;
  const units = Array.from({ length: character.length }, (_, unit) => character.charCodeAt(unit));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}
