import type { Relation } from 'typeorm';
import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import { ProductVariant } from '../catalog/product-variant.entity.js';
import { Order } from './order.entity.js';

@Entity({ comment: 'Joins orders and variants, with what the join itself knows' })
@Unique(['order', 'variant'])
@Check('ck_order_line_quantity', 'quantity > 0')
@Check('ck_order_line_discount', 'discount >= 0 AND discount <= quantity * unit_price')
export class OrderLine {
  @PrimaryColumn({ type: 'bigint' })
  orderId!: string;

  @PrimaryColumn({ type: 'smallint' })
  lineNo!: number;

  @ManyToOne(() => Order, (order) => order.lines, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'order_id' })
  order!: Relation<Order>;

  @ManyToOne(() => ProductVariant, { nullable: false, onDelete: 'RESTRICT' })
  variant!: Relation<ProductVariant>;

  @Column({ type: 'integer' })
  quantity!: number;

  @Column({ type: 'numeric', precision: 12, scale: 2, comment: 'Price when it was ordered' })
  unitPrice!: string;

  @Column({ type: 'numeric', precision: 12, scale: 2, default: 0 })
  discount!: string;

  @Column({
    type: 'numeric',
    precision: 14,
    scale: 2,
    asExpression: 'quantity * unit_price - discount',
    generatedType: 'STORED',
  })
  readonly lineTotal!: string;
}
