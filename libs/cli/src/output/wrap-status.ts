/**
 * Breaks a line of work at the width of a terminal, with two blanks before what follows, as Alembic does (MSG-01). Words,
 * which are mostly paths, stay whole, so that they can be copied; what is no terminal gets one line.
 */
export function wrapStatus(
  text: string,
  { isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number },
): string {
  if (!isTTY || !columns) return text;
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(word);
    else if (last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`  ${word}`);
  }
  return lines.join('\n');
}
