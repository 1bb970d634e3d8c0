/**
 * True when two values have equal content, whatever the order of their keys; a key without a value is as none. Keys of
 * `ignored` do not count at the top.
 */
export function sameData(left: unknown, right: unknown, ignored?: ReadonlySet<string>): boolean {
  if (left === right) return true;
  if (!isObject(left) || !isObject(right)) return false;
  if (Array.isArray(left) || Array.isArray(right)) return sameList(left, right);
  return hasAllOf(left, right, ignored) && hasAllOf(right, left, ignored);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function sameList(left: unknown, right: unknown): boolean {
  if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
  return left.every((item, index) => sameData(item, right[index]));
}

function hasAllOf(
  left: Readonly<Record<string, unknown>>,
  right: Readonly<Record<string, unknown>>,
  ignored: ReadonlySet<string> | undefined,
): boolean {
  for (const key of Object.keys(left)) {
    if (ignored?.has(key) !== true && !sameData(left[key], right[key])) return false;
  }
  return true;
}
