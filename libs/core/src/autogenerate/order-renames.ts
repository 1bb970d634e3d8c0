import type { Renaming } from '../schema/rename-in-schema.js';

/** What must be known of names to put renames in an order. */
export interface NameRules<N> {
  /** The names that are taken before any rename. */
  readonly present: readonly N[];
  /** The names that are wanted in the end. */
  readonly target: readonly N[];
  /** A text that is equal exactly for equal names. */
  keyOf(name: N): string;
  /** A name that nobody has, for a circle; `number` counts from 1. */
  spare(number: number): N;
}

/** Renames in order, and those that are not certain. */
export interface OrderedRenames<R> {
  readonly ordered: readonly R[];
  /** Their new name is taken by what keeps it, or their old one is wanted by something that is not renamed to it. */
  readonly blocked: readonly R[];
}

/**
 * Puts renames in an order in which each finds its new name free. In a circle one goes over a spare name, in two steps.
 */
export function orderRenames<N, R extends Renaming<N>>(
  wanted: readonly R[],
  rules: NameRules<N>,
): OrderedRenames<R> {
  const possible = possibleRenames(wanted, rules);
  const blocked = wanted.filter((rename) => !possible.includes(rename));
  return { ordered: inSteps(possible, rules), blocked };
}

function possibleRenames<N, R extends Renaming<N>>(
  wanted: readonly R[],
  { present, target, keyOf }: NameRules<N>,
): readonly R[] {
  const [taken, kept] = [new Set(present.map(keyOf)), new Set(target.map(keyOf))];
  let possible = wanted;
  for (let size = -1; size !== possible.length;) {
    size = possible.length;
    const left = new Set(possible.map(({ from }) => keyOf(from)));
    const reached = new Set(possible.map(({ to }) => keyOf(to)));
    possible = possible.filter(({ from, to }) => {
      const isFree = !taken.has(keyOf(to)) || left.has(keyOf(to));
      const isReleased = !kept.has(keyOf(from)) || reached.has(keyOf(from));
      return isFree && isReleased;
    });
  }
  return possible;
}

function inSteps<N, R extends Renaming<N>>(
  possible: readonly R[],
  { present, keyOf, spare }: NameRules<N>,
): readonly R[] {
  const taken = new Set(present.map(keyOf));
  const steps: R[] = [];
  const take = (step: R): void => {
    steps.push(step);
    taken.delete(keyOf(step.from));
    taken.add(keyOf(step.to));
  };
  let open = possible;
  for (let circles = 1; open.length > 0;) {
    const ready = open.find(({ to }) => !taken.has(keyOf(to))) ?? open[0];
    if (ready === undefined) break;
    const rest = open.filter((rename) => rename !== ready);
    if (!taken.has(keyOf(ready.to))) {
      take(ready);
      open = rest;
      continue;
    }
    const between = spare(circles++);
    take({ ...ready, to: between });
    open = [...rest, { ...ready, from: between }];
  }
  return steps;
}
