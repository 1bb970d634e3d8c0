/** Former names that a class has for itself (key `null`) and for its properties. */
type FormerNames = Map<string | null, string>;

/** On the class itself, so that two copies of this package read the same. */
const FORMER_NAMES = Symbol.for('@nest-alembic/typeorm:RenamedFrom');

interface Marked {
  [FORMER_NAMES]?: FormerNames;
}

/**
 * Says how an entity or a property was called before, so that autogenerate renames instead of asking (design D9): on a class the
 * name of its table or of the class, on a property the name of its column or of the property. Once the rename is applied it says
 * nothing any more, and may stay or go.
 *
 * @example
 * @Entity()
 * @RenamedFrom('Account')
 * export class Customer {
 *   @RenamedFrom('email')
 *   @Column()
 *   address!: string;
 * }
 */
export function RenamedFrom(name: string): ClassDecorator & PropertyDecorator {
  return (target: object, property?: string | symbol) => {
    const owner: Marked = property === undefined ? target : target.constructor;
    if (!Object.hasOwn(owner, FORMER_NAMES)) owner[FORMER_NAMES] = new Map();
    owner[FORMER_NAMES]?.set(property === undefined ? null : String(property), name);
  };
}

/** The former name of a class, or of a property that it declares. */
export function formerName(target: unknown, property: string | null): string | undefined {
  if (typeof target !== 'function' || !Object.hasOwn(target, FORMER_NAMES)) return undefined;
  return (target as Marked)[FORMER_NAMES]?.get(property);
}
