/** Ids as a page has them, and what they are in this run. */
export type Ids = Map<string, string>;

/** Not by `\b`: in the name of a file an underscore follows. */
const ID = /(?<![0-9a-z])[0-9a-f]{12}(?![0-9a-z])/g;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g;

/**
 * Compares documented output with real output; random ids and times may differ. Learns which id of the page is which real
 * one.
 *
 * @returns both as comparable texts: equal when the page tells the truth
 */
export function comparable(
  documented: string,
  actual: string,
  ids: Ids,
): { readonly documented: string; readonly actual: string } {
  const [expected, found] = [withoutTimes(documented), withoutTimes(actual)];
  const real = found.match(ID) ?? [];
  (expected.match(ID) ?? []).forEach((id, index) => {
    const value = real[index];
    if (!ids.has(id) && value !== undefined) ids.set(id, value);
  });
  return { documented: withRealIds(expected, ids), actual: found };
}

/** Puts the real ids, or as much of their beginning as the page has, into a text of the page. */
export function withRealIds(text: string, ids: Ids): string {
  return text.replaceAll(/(?<![0-9a-z])[0-9a-f]{4,12}(?![0-9a-z])/g, (token) => {
    const known = [...ids].find(([id]) => id.startsWith(token));
    return known === undefined ? token : known[1].slice(0, token.length);
  });
}

const withoutTimes = (text: string): string =>
  text
    .replaceAll(TIME, '<time>')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
