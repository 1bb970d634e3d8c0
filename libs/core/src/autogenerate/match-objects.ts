/** Pairs of two lists, and what is left of each. */
export interface Matches<T> {
  readonly pairs: readonly { readonly current: T; readonly target: T }[];
  readonly onlyCurrent: readonly T[];
  readonly onlyTarget: readonly T[];
}

/** How objects pair. */
export interface MatchRules<T> {
  nameOf(object: T): string | undefined;
  /** Equal but for their names; asked for objects of one name before anything else, as most are equal. */
  sameShape(current: T, target: T): boolean;
  /** Keys for what is left, one after the other. Objects pair in their order; undefined pairs with nothing. */
  readonly keys: readonly ((object: T) => string | undefined)[];
}

/** Pairs the objects of two lists: those of one name and shape, then what is left by one key after the other. */
export function matchObjects<T>(
  current: readonly T[],
  target: readonly T[],
  rules: MatchRules<T>,
): Matches<T> {
  let matches = matchTwins(current, target, rules);
  for (const key of rules.keys) {
    if (matches.onlyCurrent.length === 0 || matches.onlyTarget.length === 0) break;
    matches = matchBy(key, matches);
  }
  return releaseTakenNames(matches, (object) => rules.nameOf(object));
}

function matchTwins<T>(
  current: readonly T[],
  target: readonly T[],
  rules: MatchRules<T>,
): Matches<T> {
  const named = new Map(current.map((object) => [rules.nameOf(object), object]));
  const pairs: { current: T; target: T }[] = [];
  const onlyTarget: T[] = [];
  for (const object of target) {
    const name = rules.nameOf(object);
    const twin = name === undefined ? undefined : named.get(name);
    if (twin !== undefined && rules.sameShape(twin, object)) {
      pairs.push({ current: twin, target: object });
      named.delete(name);
    } else onlyTarget.push(object);
  }
  const paired = new Set(pairs.map((pair) => pair.current));
  return { pairs, onlyTarget, onlyCurrent: current.filter((object) => !paired.has(object)) };
}

function matchBy<T>(key: (object: T) => string | undefined, matches: Matches<T>): Matches<T> {
  const waiting = new Map<string, T[]>();
  for (const object of matches.onlyCurrent) {
    const name = key(object);
    if (name !== undefined) waiting.set(name, [...(waiting.get(name) ?? []), object]);
  }
  const pairs = [...matches.pairs];
  const onlyTarget: T[] = [];
  for (const object of matches.onlyTarget) {
    const partner = waiting.get(key(object) ?? '')?.shift();
    if (partner === undefined || key(object) === undefined) onlyTarget.push(object);
    else pairs.push({ current: partner, target: object });
  }
  const paired = new Set(pairs.map((pair) => pair.current));
  return {
    pairs,
    onlyTarget,
    onlyCurrent: matches.onlyCurrent.filter((object) => !paired.has(object)),
  };
}

/**
 * Takes apart the pairs whose name is needed: an object that pairs with one of another name, while a new object takes its
 * own, must be made anew under the name that the model gives it.
 */
function releaseTakenNames<T>(
  matches: Matches<T>,
  nameOf: (object: T) => string | undefined,
): Matches<T> {
  if (matches.onlyTarget.length === 0) return matches;
  const needed = new Set(matches.onlyTarget.map(nameOf));
  const isTaken = ({ current, target }: { readonly current: T; readonly target: T }): boolean =>
    nameOf(current) !== nameOf(target) && needed.has(nameOf(current));
  const released = matches.pairs.filter(isTaken);
  if (released.length === 0) return matches;
  const apart: Matches<T> = {
    pairs: matches.pairs.filter((pair) => !isTaken(pair)),
    onlyCurrent: [...matches.onlyCurrent, ...released.map(({ current }) => current)],
    onlyTarget: [...matches.onlyTarget, ...released.map(({ target }) => target)],
  };
  return releaseTakenNames(apart, nameOf);
}
