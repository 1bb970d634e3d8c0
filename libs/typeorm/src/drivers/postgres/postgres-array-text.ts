/**
 * The text of an array value, as the server reads it between the quotes of a literal (PostgreSQL manual, "Array Value
 * Input"): `{a,"b c",NULL}`. Arrays inside become further dimensions.
 *
 * @param spell gives the text of one element
 */
export function arrayText(values: readonly unknown[], spell: (element: unknown) => string): string {
  const parts = values.map((value) => {
    if (value === null || value === undefined) return 'NULL';
    return Array.isArray(value) ? arrayText(value, spell) : quoteElement(spell(value));
  });
  return `{${parts.join(',')}}`;
}

/** Quotes stand around an element that could be read as something else. */
function quoteElement(text: string): string {
  const isPlain = /^[\p{L}\p{N}_.+:-]+$/u.test(text) && text.toUpperCase() !== 'NULL';
  return isPlain ? text : `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
