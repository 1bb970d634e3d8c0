import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { TreeRepository } from 'typeorm';
import type { NewCategory } from './catalog.input.js';
import { Category } from './category.entity.js';

@Injectable()
export class CategoriesService {
  constructor(@InjectRepository(Category) private readonly categories: TreeRepository<Category>) {}

  /** All departments with their children inside. */
  async tree(): Promise<Category[]> {
    return this.categories.findTrees();
  }

  /** The way from the root to a department. @throws EntityNotFoundError */
  async path(slug: string): Promise<Category[]> {
    const category = await this.categories.findOneByOrFail({ slug });
    const ancestors = await this.categories
      .createAncestorsQueryBuilder('category', 'closure', category)
      .addSelect(
        (depth) =>
          depth
            .select('count(*)', 'depth')
            .from('category_closure', 'above')
            .where('above.id_descendant = category.id'),
        'depth',
      )
      .orderBy('depth')
      .getMany();
    return ancestors;
  }

  async create({ parent, ...category }: NewCategory): Promise<Category> {
    const above =
      parent === undefined ? null : await this.categories.findOneByOrFail({ slug: parent });
    return this.categories.save(this.categories.create({ ...category, parent: above as Category }));
  }
}
