/**
 * True when two values have equal content, whatever the order of their keys; a key without a value is as none. Keys of
 * `ignored` do not count at the top.
 */
export function sameData(left: unknown, right: unknown, ignored?: ReadonlySet<string>): boolean {
  return sameBy(sameData, { left, right, ignored });
}

/** The same, with keys of `ignored` that do not count at any depth. */
export function sameDataBut(left: unknown, right: unknown, ignored: ReadonlySet<string>): boolean {
  const same = (one: unknown, other: unknown): boolean =>
    sameBy(same, { left: one, right: other, ignored });
  return same(left, right);
}

interface Sides<T> {
  readonly left: T;
  readonly right: T;
  readonly ignored: ReadonlySet<string> | undefined;
}

type Same = (left: unknown, right: unknown) => boolean;
type Data = Readonly<Record<string, unknown>>;

function sameBy(same: Same, { left, right, ignored }: Sides<unknown>): boolean {
  if (left === right) return true;
  if (!isObject(left) || !isObject(right)) return false;
  if (Array.isArray(left) || Array.isArray(right)) return sameList(same, left, right);
  const sides = { left, right, ignored };
  return hasAllOf(same, sides) && hasNoMore(sides);
}

const isObject = (value: unknown): value is Data => typeof value === 'object' && value !== null;

function sameList(same: Same, left: unknown, right: unknown): boolean {
  if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
  return left.every((item, index) => same(item, right[index]));
}

function hasAllOf(same: Same, { left, right, ignored }: Sides<Data>): boolean {
  for (const key of Object.keys(left)) {
    if (ignored?.has(key) !== true && !same(left[key], right[key])) return false;
  }
  return true;
}

/** What both have is compared already. */
function hasNoMore({ left, right, ignored }: Sides<Data>): boolean {
  for (const key of Object.keys(right)) {
    if (right[key] !== undefined && left[key] === undefined && ignored?.has(key) !== true)
      return false;
  }
  return true;
}
