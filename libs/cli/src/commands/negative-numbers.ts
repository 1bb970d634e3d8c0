/** Stands before an argument that begins like a negative number; no command line can hold it itself. */
const MARK = '\u0000';

/** Makes `-1` and `-3:current` operands for commander 11, which reads them as options. See {@link unmark}. */
export function markNumbers(argv: readonly string[]): string[] {
  return argv.map((argument) => (/^-\d/.test(argument) ? MARK + argument : argument));
}

/** Undoes {@link markNumbers} in an argument, in the value of an option, or in all of an array or record of them. */
export function unmark<Value>(value: Value): Value;
export function unmark(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith(MARK) ? value.slice(1) : value;
  if (Array.isArray(value)) return value.map((member: unknown) => unmark(member));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, unmark(member)]));
}
