import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DeepPartial, EntityManager } from 'typeorm';
import { DataSource, OptimisticLockVersionMismatchError } from 'typeorm';
import { AuditAction } from '../audit/audit-entry.entity.js';
import { AuditService } from '../audit/audit.service.js';
import { PublicationStatus } from '../common/publication-status.js';
import type { NewProduct, NewVariant, ProductChange, VariantOrder } from './catalog.input.js';
import { ProductVariant } from './product-variant.entity.js';
import { Product } from './product.entity.js';
import { resolveNames } from './resolve-names.js';

const withEverything = {
  brand: true,
  categories: true,
  tags: true,
  related: true,
  replacedBy: true,
  variants: true,
} as const;

@Injectable()
export class ProductsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly audit: AuditService,
  ) {}

  /** @throws EntityNotFoundError */
  get(slug: string): Promise<Product> {
    return read(this.dataSource.manager, slug);
  }

  create({ variants = [], ...fields }: NewProduct): Promise<Product> {
    return this.dataSource.transaction(async (manager) => {
      const product = manager.create(Product, { variants: variants.map(variantOf) });
      Object.assign(product, await resolveNames(manager, fields));
      publishedNow(product);
      const { id } = await manager.save(product);
      await this.audit.record(manager, {
        action: AuditAction.Create,
        subject: 'product',
        subjectId: id,
        after: { ...fields },
      });
      return read(manager, fields.slug);
    });
  }

  /** @throws OptimisticLockVersionMismatchError when somebody else has changed it */
  change(slug: string, { version, ...fields }: ProductChange): Promise<Product> {
    return this.dataSource.transaction(async (manager) => {
      // Locked before the comparison, so that nobody changes it between that and the commit.
      const lock = { mode: 'pessimistic_write' } as const;
      const product = await manager.findOneOrFail(Product, { where: { slug }, lock });
      if (product.version !== version) {
        throw new OptimisticLockVersionMismatchError('product', version, product.version);
      }
      const before = Object.fromEntries(
        Object.keys(fields).map((name) => [name, product[name as keyof Product]]),
      );
      Object.assign(product, await resolveNames(manager, fields));
      publishedNow(product);
      await manager.save(product);
      await this.audit.record(manager, {
        action: AuditAction.Update,
        subject: 'product',
        subjectId: product.id,
        before,
        after: { ...fields },
      });
      return read(manager, slug);
    });
  }

  /** Hides the product; orders that have it keep it. */
  remove(slug: string): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      const product = await manager.findOneByOrFail(Product, { slug });
      await manager.softRemove(product);
      await this.audit.record(manager, {
        action: AuditAction.Delete,
        subject: 'product',
        subjectId: product.id,
        before: { slug, name: product.name },
      });
    });
  }

  addVariant(slug: string, variant: NewVariant): Promise<Product> {
    return this.dataSource.transaction(async (manager) => {
      const product = await manager.findOneByOrFail(Product, { slug });
      const position = await manager.countBy(ProductVariant, { product: { id: product.id } });
      await manager.save(
        manager.create(ProductVariant, { ...variantOf(variant, position), product }),
      );
      return read(manager, slug);
    });
  }

  /** Numbers the variants anew; that two have one number on the way is allowed until the commit. */
  orderVariants(slug: string, { skus }: VariantOrder): Promise<Product> {
    return this.dataSource.transaction(async (manager) => {
      const product = await manager.findOneByOrFail(Product, { slug });
      for (const [position, sku] of skus.entries()) {
        const where = { sku, product: { id: product.id } };
        const { id } = await manager.findOneByOrFail(ProductVariant, where);
        await manager.update(ProductVariant, { id }, { position });
      }
      return read(manager, slug);
    });
  }
}

function read(manager: EntityManager, slug: string): Promise<Product> {
  return manager.findOneOrFail(Product, {
    where: { slug },
    relations: withEverything,
    order: { variants: { position: 'ASC' } },
  });
}

function variantOf(variant: NewVariant, position: number): DeepPartial<ProductVariant> {
  return { ...(variant as DeepPartial<ProductVariant>), position };
}

function publishedNow(product: Product): void {
  if (product.status === PublicationStatus.Published) product.publishedAt ??= new Date();
}
