/**
 * The line of a file that a stack passes through, or undefined. Loaders that change lines map them back in the stack.
 */
export function lineIn(file: string | undefined, stack: string | undefined): number | undefined {
  if (file === undefined || stack === undefined) return undefined;
  const frame = stack
    .split('\n')
    .find((text) => text.includes(file) || text.includes(encodeURI(file)));
  const position = frame && /:(\d+):\d+\)?$/.exec(frame);
  return position ? Number(position[1]) : undefined;
}
