/** Ends a `switch` over a closed union: the compiler refuses a forgotten kind. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected value ${JSON.stringify(value)}`);
}
