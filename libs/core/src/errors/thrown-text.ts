/** In words what was thrown that is no error: anything can be, also what refuses to be a text. */
export function thrownText(thrown: unknown): string {
  try {
    return `it threw ${String(thrown)}`;
  } catch {
    return 'it threw something that has no text';
  }
}
