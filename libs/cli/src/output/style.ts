/** Marks parts of a text with colours, or leaves them as they are. */
export interface Style {
  /** A revision id. */
  revision(text: string): string;
  /** Where something stands: `(head)`, `(current)`. */
  mark(text: string): string;
  /** Says what the lines below it are about. */
  heading(text: string): string;
  /** That something went well. */
  success(text: string): string;
  error(text: string): string;
  warning(text: string): string;
}

/** Colours by ANSI sequences when `coloured`, else none. */
export function createStyle(coloured: boolean): Style {
  const paint =
    (begin: number, end: number) =>
    (text: string): string =>
      coloured && text !== '' ? `\u001b[${begin}m${text}\u001b[${end}m` : text;
  return {
    revision: paint(33, 39),
    mark: paint(36, 39),
    heading: paint(1, 22),
    success: paint(32, 39),
    error: paint(31, 39),
    warning: paint(33, 39),
  };
}

/**
 * Whether to write colours to a stream: only to a terminal. NO_COLOR (no-color.org) turns them off, FORCE_COLOR
 * (as Node reads it: anything but `0` and `false`) on; FORCE_COLOR wins.
 */
export function wantsColour(
  stream: { readonly isTTY?: boolean },
  environment: NodeJS.ProcessEnv,
): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: terminal } = environment;
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (no !== undefined && no !== '') return false;
  return stream.isTTY === true && terminal !== 'dumb';
}
