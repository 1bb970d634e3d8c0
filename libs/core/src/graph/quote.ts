const LONGEST = 64;
const MOST = 5;

/** A text in double quotes for a message: odd characters are escaped, and what is too long is cut. */
export function quoted(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  const escaped = JSON.stringify(short).replace(
    /[^\x20-\x7e…]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return escaped;
}

/** Texts in double quotes, with commas between; of many only the first five and how many more there are. */
export function listed(texts: readonly string[]): string {
  const shown = texts.slice(0, MOST).map(quoted).join(', ');
  return texts.length > MOST ? `${shown} and ${texts.length - MOST} more` : shown;
}
