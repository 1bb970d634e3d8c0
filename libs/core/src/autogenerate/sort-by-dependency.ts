/** Objects in an order in which each comes after what it needs, and the needs that no order can meet. */
export interface DependencyOrder<T> {
  readonly sorted: readonly T[];
  /** Needs on a cycle: `from` comes before the `to` that it needs. */
  readonly cut: readonly { readonly from: T; readonly to: T }[];
}

/**
 * Sorts objects so that each comes after those it needs; otherwise they keep their order. Cycles are cut at the object
 * that comes first in the list. Needs of an object on itself, or outside of the list, do not count.
 */
export function sortByDependency<T>(
  objects: readonly T[],
  needs: (object: T) => readonly T[],
): DependencyOrder<T> {
  const members = new Set(objects);
  const open = new Map(
    objects.map((object) => [
      object,
      new Set(needs(object).filter((need) => need !== object && members.has(need))),
    ]),
  );
  const needed = invert(open);
  const sorted: T[] = [];
  const cut: { from: T; to: T }[] = [];
  const place = (object: T): void => {
    sorted.push(object);
    open.delete(object);
    for (const dependant of needed.get(object) ?? []) open.get(dependant)?.delete(object);
  };
  while (open.size > 0) {
    const ready = [...open].filter(([, waits]) => waits.size === 0).map(([object]) => object);
    if (ready.length === 0) cutFirst(open, cut);
    ready.forEach(place);
  }
  return { sorted, cut };
}

function invert<T>(open: ReadonlyMap<T, ReadonlySet<T>>): ReadonlyMap<T, readonly T[]> {
  const inverted = new Map<T, T[]>();
  for (const [object, waits] of open) {
    for (const need of waits) {
      const dependants = inverted.get(need);
      if (dependants) dependants.push(object);
      else inverted.set(need, [object]);
    }
  }
  return inverted;
}

function cutFirst<T>(open: Map<T, Set<T>>, cut: { from: T; to: T }[]): void {
  const object = firstOnCycle(open);
  for (const need of open.get(object) ?? []) cut.push({ from: object, to: need });
  open.get(object)?.clear();
}

/** Walks needs from the first object until one comes round again: that one is on a cycle, not merely behind one. */
function firstOnCycle<T>(open: ReadonlyMap<T, ReadonlySet<T>>): T {
  const seen = new Set<T>();
  let [object] = open.keys() as Iterable<T> as unknown as [T];
  while (!seen.has(object)) {
    seen.add(object);
    const [next] = open.get(object) ?? [];
    if (next === undefined) break;
    object = next;
  }
  return object;
}
