import { ViewColumn, ViewEntity } from 'typeorm';
import { ProductSales } from './product-sales.view.js';

/** A view on a view: it can be made only after the other, and must be dropped before it. */
@ViewEntity({
  name: 'best_seller',
  dependsOn: [ProductSales],
  expression: `
    SELECT product_id, product_name, revenue, rank() OVER (ORDER BY revenue DESC) AS place
    FROM product_sales`,
})
export class BestSeller {
  @ViewColumn()
  productId!: string;

  @ViewColumn()
  productName!: string;

  @ViewColumn()
  revenue!: string;

  @ViewColumn()
  place!: string;
}
