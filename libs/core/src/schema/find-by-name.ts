/**
 * Finds members of a list by their names, given where their counterparts stand in another list: two states of one table mostly
 * have the same parts in the same order, and then nothing has to be searched.
 */
export function finderByName<T extends { readonly name?: string }>(
  list: readonly T[],
): (name: string, at: number) => T | undefined {
  let byName: ReadonlyMap<string | undefined, T> | undefined;
  return (name, at) => {
    const opposite = list[at];
    if (opposite?.name === name) return opposite;
    byName ??= new Map(list.map((member) => [member.name, member]));
    return byName.get(name);
  };
}
