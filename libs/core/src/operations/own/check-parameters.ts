import { shown } from '../directives/place.js';
import { faulty } from './faulty-operation.js';

/** A parameter, apart from where it stands. */
interface Named {
  readonly name: unknown;
  readonly type: unknown;
  /** It must be given. */
  readonly isNeeded: boolean;
  readonly isOption: boolean;
}

/**
 * Checks the parameters of an operation: JavaScript has no types.
 * @throws MigrationError E3018
 */
export function checkParameters(method: string, parameters: readonly unknown[]): void {
  const refuse = (problem: string): Error =>
    faulty(method, { problem: `in "parameters" of ${method} ${problem}`, part: 'parameters' });
  const all = parameters.flatMap((parameter, place) => {
    const named = namedIn(parameter, place === parameters.length - 1);
    if (named === undefined)
      throw refuse(`item ${place + 1} is ${shown(parameter)}, not a name and a type`);
    return named;
  });
  for (const [place, one] of all.entries()) {
    const problem = problemOf(one, all.slice(0, place));
    if (problem !== undefined) throw refuse(problem);
  }
}

/** The parameters in an item of the list, or undefined where it has the wrong form. */
function namedIn(parameter: unknown, isLast: boolean): readonly Named[] | undefined {
  if (Array.isArray(parameter)) {
    const [name, type] = parameter as readonly unknown[];
    return [{ name, type, isNeeded: presenceOf(type) !== 'optional', isOption: false }];
  }
  if (!isLast || typeof parameter !== 'object' || parameter === null) return undefined;
  return Object.entries(parameter).map(([name, type]: readonly [string, unknown]) => ({
    name,
    type,
    isNeeded: presenceOf(type) === 'required',
    isOption: true,
  }));
}

function problemOf({ name, type, isNeeded }: Named, before: readonly Named[]): string | undefined {
  if (typeof name !== 'string' || !/^(?!__proto__$)[A-Za-z_$][\w$]*$/.test(name))
    return `${shown(name)} cannot be a name`;
  if (before.some((other) => other.name === name)) return `"${name}" is there twice`;
  if (!isArgumentType(type)) return `"${name}" has no type, such as argument.name`;
  const optional = before.find((other) => !other.isOption && !other.isNeeded);
  return optional && isNeeded
    ? `"${name}" must be given, but stands behind "${String(optional.name)}", which need not`
    : undefined;
}

const presenceOf = (type: unknown): unknown =>
  (type as { readonly presence?: unknown } | null | undefined)?.presence;

function isArgumentType(type: unknown): boolean {
  if (typeof type !== 'object' || type === null) return false;
  const { read, check, print } = type as Readonly<Record<string, unknown>>;
  return [read, check, print].every((part) => typeof part === 'function');
}
