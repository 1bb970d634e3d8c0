/** Turns a value of unknown origin into a `T`. @throws InputError */
export type Reader<T> = (value: unknown) => T;

/** The type that a reader returns. */
export type Read<R> = R extends Reader<infer T> ? T : never;

/** What is wrong with an input, one line for each thing. */
export class InputError extends Error {
  override readonly name = 'InputError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('; '));
  }
}

type Shape = Readonly<Record<string, Reader<unknown>>>;
type OptionalKeys<S extends Shape> = {
  [K in keyof S]: undefined extends Read<S[K]> ? K : never;
}[keyof S];

/** An object read by a shape: what may be left out is an optional property. */
type ObjectOf<S extends Shape> = { [K in Exclude<keyof S, OptionalKeys<S>>]: Read<S[K]> } & {
  [K in OptionalKeys<S>]?: Exclude<Read<S[K]>, undefined>;
};

/** Reads an object whose fields are all known; tells about every field that is wrong, not only the first. */
export function object<S extends Shape>(shape: S): Reader<ObjectOf<S>> {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new InputError(['must be an object']);
    }
    const fields = value as Record<string, unknown>;
    const problems = Object.keys(fields)
      .filter((name) => !Object.hasOwn(shape, name))
      .map((name) => `${name}: is not known`);
    const result: Record<string, unknown> = {};
    for (const [name, read] of Object.entries(shape)) {
      const field = collect(problems, name, () => read(fields[name]));
      if (field !== undefined) result[name] = field;
    }
    if (problems.length > 0) throw new InputError(problems);
    return result as ObjectOf<S>;
  };
}

/** Reads a list. @param max most elements that are taken @default 100 */
export function listOf<T>(read: Reader<T>, max = 100): Reader<T[]> {
  return (value) => {
    if (!Array.isArray(value) || value.length > max) {
      throw new InputError([`must be a list of at most ${max} elements`]);
    }
    const problems: string[] = [];
    const result = value.map((element, index) =>
      collect(problems, String(index), () => read(element)),
    );
    if (problems.length > 0) throw new InputError(problems);
    return result as T[];
  };
}

/** Lets a field be left out. */
export function optional<T>(read: Reader<T>): Reader<T | undefined> {
  return (value) => (value === undefined ? undefined : read(value));
}

/** Lets a field be null, which means "none". */
export function nullable<T>(read: Reader<T>): Reader<T | null> {
  return (value) => (value === null ? null : read(value));
}

function collect<T>(problems: string[], name: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(
      ...error.problems.map(
        (problem) => `${name}${/^[\w]+[.:]/.test(problem) ? '.' : ': '}${problem}`,
      ),
    );
    return undefined;
  }
}
