/** Lines that only one of two schemas has: `-` for the first, `+` for the second. */
export function differences(
  first: readonly string[],
  second: readonly string[],
): readonly string[] {
  const [inFirst, inSecond] = [new Set(first), new Set(second)];
  return [
    ...first.filter((line) => !inSecond.has(line)).map((line) => `- ${line}`),
    ...second.filter((line) => !inFirst.has(line)).map((line) => `+ ${line}`),
  ];
}
