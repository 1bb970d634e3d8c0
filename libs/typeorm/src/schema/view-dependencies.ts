import { compareNames, nameKey, type View } from '@nest-alembic/core';

/**
 * Adds to each view the views that its query mentions by name, but for those that would close a circle: such a mention
 * is the name of something else, a column or an alias.
 */
export function withMentionedViews(views: readonly View[]): readonly View[] {
  const known = new Map(views.map((view) => [nameKey(view), view]));
  for (const view of views) {
    for (const other of views) {
      const current = known.get(nameKey(view)) ?? view;
      const isNew = !current.dependsOn.some((name) => nameKey(name) === nameKey(other));
      if (isNew && mentions(view, other) && !reaches(known, other, view)) {
        const { schema, name } = other;
        const dependsOn = [...current.dependsOn, { schema, name }].sort(compareNames);
        known.set(nameKey(view), { ...current, dependsOn });
      }
    }
  }
  return [...known.values()];
}

/** True when the query holds the name as a word: quoted as it is, or unquoted, in any case where it is in lower case. */
function mentions(view: View, { name }: View): boolean {
  const word = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const quoted = `"${word.replaceAll('"', '""')}"|\`${word.replaceAll('`', '``')}\``;
  const isPlain = name === name.toLowerCase();
  return (
    new RegExp(quoted).test(view.definition) ||
    new RegExp(`(?<![\\w$"'])${word}(?![\\w$"'])`, isPlain ? 'i' : '').test(view.definition)
  );
}

function reaches(known: ReadonlyMap<string, View>, from: View, to: View): boolean {
  const seen = new Set<string>();
  const waiting = [nameKey(from)];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (key === nameKey(to)) return true;
    if (!seen.has(key)) waiting.push(...(known.get(key)?.dependsOn.map(nameKey) ?? []));
    seen.add(key);
  }
  return false;
}
