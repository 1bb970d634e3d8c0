import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { Customer } from '../customers/customer.entity.js';
import { OrderLine } from '../orders/order-line.entity.js';
import { OrderStatus } from '../orders/order.entity.js';
import type { NewReview } from './content.input.js';
import { Review } from './review.entity.js';

/** What customers say of a product. */
export interface ReviewSummary {
  readonly count: number;
  /** Mean of the ratings with two decimals, or null without any. */
  readonly average: string | null;
  readonly reviews: readonly Review[];
}

@Injectable()
export class ReviewsService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async summary(slug: string): Promise<ReviewSummary> {
    const { manager } = this.dataSource;
    const { id } = await manager.findOneByOrFail(Product, { slug });
    const [figures]: [{ count: number; average: string | null }] = await manager.query(
      'SELECT count(*)::int AS count, round(avg(rating), 2)::text AS average FROM review WHERE product_id = $1',
      [id],
    );
    const reviews = await manager.find(Review, {
      where: { product: { id } },
      order: { createdAt: 'DESC' },
      take: 50,
    });
    return { ...figures, reviews };
  }

  /** A review counts as verified when its author has bought the product. */
  write(slug: string, { customerId, ...fields }: NewReview): Promise<Review> {
    return this.dataSource.transaction(async (manager) => {
      const product = await manager.findOneByOrFail(Product, { slug });
      const customer = await manager.findOneByOrFail(Customer, { id: customerId });
      const verified = await manager.existsBy(OrderLine, {
        order: { customer: { id: customer.id }, status: OrderStatus.Shipped },
        variant: { product: { id: product.id } },
      });
      return manager.save(
        manager.create(Review, {
          ...fields,
          verified,
          product: { id: product.id },
          customer: { id: customer.id },
        }),
      );
    });
  }
}
