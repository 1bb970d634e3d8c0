import type { AlterEnum } from './enum-operations.js';

/** A label to add, and the label that it stands after; `after: null` is before all others. */
export interface EnumAddition {
  readonly label: string;
  readonly after: string | null;
}

/** How the labels of an enum become others. */
export type EnumChange =
  | {
      /** Renamed and added labels only: the type stays. */
      readonly kind: 'inPlace';
      /** In the order to add them in, after the renames. */
      readonly additions: readonly EnumAddition[];
      readonly removed: readonly never[];
    }
  | {
      /** Labels are removed or stand in another order: the type must be replaced. */
      readonly kind: 'replace';
      /** Labels of `from` that nothing in `to` continues. */
      readonly removed: readonly string[];
    };

/** Finds out whether an enum can be changed in place, after its renames. */
export function enumChangeOf({ from, to, renames = [] }: AlterEnum): EnumChange {
  const nameAfter = (label: string): string =>
    renames.reduce((name, rename) => (rename.from === name ? rename.to : name), label);
  const removed = from.filter((label) => !to.includes(nameAfter(label)));
  const kept = from.map(nameAfter).filter((label) => to.includes(label));
  const keptInOrder = to.filter((label) => kept.includes(label));
  if (removed.length > 0 || kept.some((label, place) => keptInOrder[place] !== label)) {
    return { kind: 'replace', removed };
  }
  const additions = to.flatMap((label, place) =>
    kept.includes(label) ? [] : [{ label, after: to[place - 1] ?? null }],
  );
  return { kind: 'inPlace', additions, removed: [] };
}
