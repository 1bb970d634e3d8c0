/** The list with each member as `change` gives it; the list itself where all of them stay as they are. */
export function mapChanged<T>(
  list: readonly T[],
  change: (member: T, at: number) => T,
): readonly T[] {
  let changed: T[] | undefined;
  let at = 0;
  for (const member of list) {
    const after = change(member, at);
    if (after !== member) changed ??= list.slice();
    if (changed) changed[at] = after;
    at += 1;
  }
  return changed ?? list;
}
