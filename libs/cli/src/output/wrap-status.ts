/** How wide what is written may be. */
interface Screen {
  readonly isTTY?: boolean;
  /** In characters. */
  readonly columns?: number;
}

/**
 * Breaks a line of work at the width of a terminal, with two blanks before what follows, as Alembic does (MSG-01). Words,
 * which are mostly paths, stay whole, so that they can be copied; what is no terminal gets one line.
 */
export const wrapStatus = (text: string, screen: Screen): string => wrapLine(text, screen, '  ');

/** Breaks each line of a text between words, with what follows under its beginning; what is no terminal gets it as it is. */
export function wrapWords(text: string, screen: Screen): string {
  const lines = text.split('\n').map((line) => {
    const [, margin = ''] = /^( *(?:\d+\) )?)/.exec(line) ?? [];
    return wrapLine(line, screen, ' '.repeat(margin.length));
  });
  return lines.join('\n');
}

function wrapLine(text: string, { isTTY, columns }: Screen, margin: string): string {
  if (!isTTY || !columns) return text;
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(word);
    else if (last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${margin}${word}`);
  }
  return lines.join('\n');
}
