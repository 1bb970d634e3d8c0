import { relative } from 'node:path';

/** A path as a person at this terminal writes it: relative to the current folder where that is below it. */
export function shownPath(file: string, from: string = process.cwd()): string {
  const path = relative(from, file);
  return path === '' || path.startsWith('..') ? file : path;
}
