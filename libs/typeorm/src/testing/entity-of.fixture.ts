import {
  Column,
  type ColumnOptions,
  Entity,
  type EntityOptions,
  PrimaryGeneratedColumn,
  ViewEntity,
} from 'typeorm';

type ViewEntityOptions = NonNullable<Parameters<typeof ViewEntity>[1]>;

/** An entity class that a spec makes where it is needed. */
export type EntityClass = new () => Record<string, unknown>;

/** What {@link entityOf} makes an entity of. */
export interface EntityParts {
  /** The class. @default 'T' */
  readonly name?: string;
  /** The table, or all options. @default 't' */
  readonly table?: string | EntityOptions;
  /** By property. Without a column `id` there is a counter of that name, unless one is a primary key. */
  readonly columns?: Readonly<Record<string, ColumnOptions>>;
  /** Decorators of other properties, by property: relations, special columns. */
  readonly properties?: Readonly<Record<string, PropertyDecorator | readonly PropertyDecorator[]>>;
  /** Decorators of the class: `Index(['c'])`, `Check('c > 0')`. */
  readonly decorators?: readonly ClassDecorator[];
}

/** An entity with the columns and decorators of one case. */
export function entityOf(parts: EntityParts): EntityClass {
  const { name = 'T', table = 't', columns = {}, properties = {}, decorators = [] } = parts;
  // A computed key gives the class its name.
  const Class = { [name]: class {} }[name] as EntityClass;
  const isKeyed =
    'id' in columns || 'id' in properties || Object.values(columns).some(({ primary }) => primary);
  if (!isKeyed) PrimaryGeneratedColumn()(Class.prototype, 'id');
  for (const [property, options] of Object.entries(columns))
    Column(options)(Class.prototype, property);
  for (const [property, given] of Object.entries(properties)) {
    for (const decorate of [given].flat() as PropertyDecorator[])
      decorate(Class.prototype, property);
  }
  for (const decorate of decorators) decorate(Class);
  if (typeof table === 'string') Entity(table)(Class);
  else Entity(table)(Class);
  return Class;
}

/** A view class over a query; its name in lower case is the view's. */
export function viewOf(
  name: string,
  expression: string,
  options: Partial<ViewEntityOptions> = {},
): EntityClass {
  const Class = { [name]: class {} }[name] as EntityClass;
  ViewEntity({ name: name.toLowerCase(), expression, ...options })(Class);
  return Class;
}
