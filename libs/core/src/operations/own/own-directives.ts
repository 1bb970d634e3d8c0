import type { DirectiveContext } from '../directives/directive-context.js';

/** A method of `op` that an operation of one's own makes. */
export type OwnDirective = (...args: readonly unknown[]) => Promise<void>;

/** The methods of the operations that are registered, by their names. */
export function ownDirectives({
  operations = [],
  literal,
  submit,
}: DirectiveContext): Readonly<Record<string, OwnDirective>> {
  const methods = operations.map((definition) => {
    const method: OwnDirective = (...args) =>
      submit({ kind: 'own', definition, data: definition.read(args, { literal }) });
    return [definition.name, method] as const;
  });
  return Object.fromEntries(methods);
}
