import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { SelectQueryBuilder } from 'typeorm';
import { Repository } from 'typeorm';
import { pageOptions } from '../common/paging.js';
import type { ProductQuery } from './catalog.input.js';
import { Product } from './product.entity.js';

/** One page of products and how many there are. */
export interface ProductPage {
  readonly total: number;
  readonly products: readonly Product[];
}

@Injectable()
export class ProductSearchService {
  constructor(@InjectRepository(Product) private readonly products: Repository<Product>) {}

  async find(query: ProductQuery): Promise<ProductPage> {
    const found = this.products
      .createQueryBuilder('product')
      .leftJoinAndSelect('product.brand', 'brand')
      .leftJoinAndSelect('product.tags', 'tag')
      .orderBy('product.searchName')
      .addOrderBy('product.id');
    restrict(found, query);
    const { take, skip } = pageOptions(query);
    const [products, total] = await found.take(take).skip(skip).getManyAndCount();
    return { total, products };
  }
}

/** A condition for each filter that the query has; a category stands for all below it. */
function restrict(found: SelectQueryBuilder<Product>, query: ProductQuery): void {
  const { q, status, category, tag, maxPrice, brandId } = query;
  if (q !== undefined) {
    const pattern = `%${q.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
    found.andWhere('(product.searchName LIKE :pattern OR :word = ANY (product.keywords))', {
      pattern,
      word: q,
    });
  }
  if (status !== undefined) found.andWhere('product.status = :status', { status });
  if (brandId !== undefined) found.andWhere('brand.id = :brandId', { brandId });
  if (tag !== undefined) {
    found.andWhere(
      `EXISTS (SELECT FROM product_tag pt JOIN tag t ON t.id = pt.tag_id
               WHERE pt.product_id = product.id AND t.name = :tag)`,
      { tag },
    );
  }
  if (category !== undefined) {
    found.andWhere(
      `EXISTS (SELECT FROM product_category pc JOIN category_closure cc ON cc.id_descendant = pc.category_id
               JOIN category c ON c.id = cc.id_ancestor
               WHERE pc.product_id = product.id AND c.slug = :category)`,
      { category },
    );
  }
  if (maxPrice !== undefined) {
    found.andWhere(
      'EXISTS (SELECT FROM product_variant v WHERE v.product_id = product.id AND v.price <= :maxPrice)',
      { maxPrice },
    );
  }
}
