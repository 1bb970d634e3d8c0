import { closestName } from '../../errors/closest-name.js';
import { MigrationError } from '../../errors/migration-error.js';

/**
 * Methods with one more for every other name, which refuses: `op.grantRol is not a function` would say neither what is there
 * nor what to do. Names that JavaScript itself asks for stay undefined.
 */
export function refuseUnknown<T extends object>(methods: T): T {
  return new Proxy(methods, {
    get: (known, name) =>
      typeof name === 'symbol' || Reflect.has(known, name) || ASKED_BY_JAVASCRIPT.has(name)
        ? (Reflect.get(known, name) as unknown)
        : () => {
            throw unknownOperation(name, Object.keys(known));
          },
  });
}

/** `await`, JSON, and tools that look what a value is. */
const ASKED_BY_JAVASCRIPT: ReadonlySet<string> = new Set([
  'then',
  'toJSON',
  'asymmetricMatch',
  'nodeType',
  'inspect',
]);

function unknownOperation(name: string, known: readonly string[]): MigrationError {
  const suggestion = closestName(name, known);
  return new MigrationError('E3019', {
    problem: `op.${name} is not an operation`,
    advice: suggestion
      ? `Did you mean op.${suggestion}?`
      : 'Register it with the option "operations", or correct the name.',
    facts: { operation: name, ...(suggestion !== undefined && { suggestion }) },
  });
}
