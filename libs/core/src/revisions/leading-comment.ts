/** `#!/usr/bin/env node`, which only the very beginning can be. */
export const INTERPRETER = /\uFEFF?#!.*/y;
const BLANKS = /\s*/y;
const STRICT = /(?:'use strict'|"use strict");?\s*/y;

/** Where the first statement or comment of a text begins: behind a byte order mark, `#!` and `"use strict"`. */
export function afterPreamble(text: string): number {
  return skip(STRICT, text, skip(BLANKS, text, skip(INTERPRETER, text, 0)));
}

/** First paragraph of the comment at the very beginning of a file, without its stars. */
export function leadingComment(text: string): string {
  const start = afterPreamble(text);
  const end = text.indexOf('*/', start + 2);
  if (!text.startsWith('/*', start) || end === -1) return '';
  const lines = text
    .slice(start + 2, end)
    .split(/\r?\n/)
    .map((line) =>
      line
        .trim()
        .replace(/^\*+ ?/, '')
        .trim(),
    );
  const paragraph: string[] = [];
  for (const line of lines) {
    if (line === '' && paragraph.length > 0) break;
    if (line !== '') paragraph.push(line);
  }
  return paragraph.join(' ');
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
