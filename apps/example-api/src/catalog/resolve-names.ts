import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { Brand } from './brand.entity.js';
import type { NewProduct } from './catalog.input.js';
import { Category } from './category.entity.js';
import { Product } from './product.entity.js';
import { Tag } from './tag.entity.js';

/** Fields of a product in which other rows are named. */
type NamedFields = Partial<Omit<NewProduct, 'variants'>>;

/**
 * Turns the names in the fields of a product into rows; what is not given is left out.
 *
 * @throws EntityNotFoundError for a brand, category or product that does not exist; tags are made
 */
export async function resolveNames(
  manager: EntityManager,
  { brand, categories, tags, related, replacedBy, ...plain }: NamedFields,
): Promise<Partial<Product>> {
  return {
    ...plain,
    ...(brand !== undefined && { brand: await brandOf(manager, brand) }),
    ...(categories && {
      categories: await all(categories, (slug) => manager.findOneByOrFail(Category, { slug })),
    }),
    ...(related && {
      related: await all(related, (slug) => manager.findOneByOrFail(Product, { slug })),
    }),
    ...(replacedBy !== undefined && { replacedBy: await productOf(manager, replacedBy) }),
    ...(tags && { tags: await tagsOf(manager, tags) }),
  };
}

async function brandOf(manager: EntityManager, name: string | null): Promise<Brand | null> {
  return name === null ? null : manager.findOneByOrFail(Brand, { name });
}

async function productOf(manager: EntityManager, slug: string | null): Promise<Product | null> {
  return slug === null ? null : manager.findOneByOrFail(Product, { slug });
}

async function tagsOf(manager: EntityManager, names: readonly string[]): Promise<Tag[]> {
  if (names.length === 0) return [];
  const values = names.map((name) => ({ name }));
  await manager
    .createQueryBuilder()
    .insert()
    .into(Tag)
    .values(values)
    .orIgnore()
    .updateEntity(false)
    .execute();
  return manager.findBy(Tag, { name: In([...names]) });
}

/** One after the other: a transaction has one connection. */
async function all<T>(names: readonly string[], find: (name: string) => Promise<T>): Promise<T[]> {
  const found: T[] = [];
  for (const name of new Set(names)) found.push(await find(name));
  return found;
}
