import { ViewColumn, ViewEntity } from 'typeorm';

@ViewEntity({
  name: 'product_sales',
  expression: `
    SELECT p.id AS product_id,
           p.name AS product_name,
           sum(l.quantity)::bigint AS units_sold,
           sum(l.line_total) AS revenue,
           count(DISTINCT o.id) AS order_count
    FROM product p
    JOIN product_variant v ON v.product_id = p.id
    JOIN order_line l ON l.variant_id = v.id
    JOIN "order" o ON o.id = l.order_id AND o.status <> 'cancelled'
    GROUP BY p.id, p.name`,
})
export class ProductSales {
  @ViewColumn()
  productId!: string;

  @ViewColumn()
  productName!: string;

  @ViewColumn()
  unitsSold!: string;

  @ViewColumn()
  revenue!: string;

  @ViewColumn()
  orderCount!: string;
}
