/**
 * The name that was probably meant: the nearest one within two typing errors (a missing, an added, a wrong or two
 * swapped letters), and within one per three letters; else undefined. The first of equally near names wins.
 */
export function closestName(name: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = MOST_ERRORS + 1;
  for (const candidate of names) {
    const shorter = Math.min(name.length, candidate.length);
    if (Math.abs(name.length - candidate.length) > MOST_ERRORS) continue;
    const distance = typingErrors(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance && distance <= Math.ceil(shorter / 3))
      [best, bestDistance] = [candidate, distance];
  }
  return best;
}

const MOST_ERRORS = 2;

/** Optimal string alignment distance. */
function typingErrors(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const line = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      line.push(
        Math.min(
          at(last, column) + 1,
          at(line, column - 1) + 1,
          at(last, column - 1) + (same ? 0 : 1),
          swapped ? at(beforeLast, column - 2) + 1 : Infinity,
        ),
      );
    }
    [beforeLast, last] = [last, line];
  }
  return at(last, to.length);
}

function at(line: readonly number[], index: number): number {
  return line[index] ?? Infinity;
}
