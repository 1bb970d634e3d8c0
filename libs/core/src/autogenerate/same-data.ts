/**
 * True when two values have equal content, whatever the order of their keys; a key without a value is as none. Keys of
 * `ignored` do not count at the top.
 */
export function sameData(left: unknown, right: unknown, ignored = NO_KEYS): boolean {
  return isSame(left, right, { keys: ignored, inside: NOTHING });
}

/** The same, with keys of `ignored` that do not count at any depth. */
export function sameDataBut(left: unknown, right: unknown, ignored: ReadonlySet<string>): boolean {
  return isSame(left, right, { keys: ignored });
}

/** Keys that do not count. */
interface Ignored {
  readonly keys: ReadonlySet<string>;
  /** Those of what is inside. @default the same */
  readonly inside?: Ignored;
}

type Data = Readonly<Record<string, unknown>>;

const NO_KEYS: ReadonlySet<string> = new Set();
const NOTHING: Ignored = { keys: NO_KEYS };

function isSame(left: unknown, right: unknown, ignored: Ignored): boolean {
  if (left === right) return true;
  if (!isObject(left) || !isObject(right)) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    return isSameList(left, right, ignored.inside ?? ignored);
  }
  return isSameObject(left, right, ignored);
}

function isSameObject(left: Data, right: Data, ignored: Ignored): boolean {
  const inside = ignored.inside ?? ignored;
  for (const key in left) {
    // Mostly they are identical: then nothing has to be called.
    if (left[key] === right[key] || ignored.keys.has(key)) continue;
    if (!isSame(left[key], right[key], inside)) return false;
  }
  return hasNoMore(left, right, ignored.keys);
}

const isObject = (value: unknown): value is Data => typeof value === 'object' && value !== null;

function isSameList(left: unknown, right: unknown, ignored: Ignored): boolean {
  if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
  return left.every((item, at) => isSame(item, right[at], ignored));
}

/** What both have is compared already. */
function hasNoMore(left: Data, right: Data, ignored: ReadonlySet<string>): boolean {
  for (const key in right) {
    if (right[key] !== undefined && left[key] === undefined && !ignored.has(key)) return false;
  }
  return true;
}
