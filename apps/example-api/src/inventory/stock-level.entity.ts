import type { Relation } from 'typeorm';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ProductVariant } from '../catalog/product-variant.entity.js';
import { Warehouse } from './warehouse.entity.js';

@Entity({ comment: 'How much of a variant a warehouse has' })
@Index(['variantId', 'quantity'])
@Check('ck_stock_quantity', 'quantity >= 0')
@Check('ck_stock_reserved', 'reserved >= 0 AND reserved <= quantity')
export class StockLevel {
  @PrimaryColumn({ type: 'integer' })
  warehouseId!: number;

  @PrimaryColumn({ type: 'bigint' })
  variantId!: string;

  @ManyToOne(() => Warehouse, (warehouse) => warehouse.levels, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'warehouse_id' })
  warehouse!: Relation<Warehouse>;

  @ManyToOne(() => ProductVariant, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'variant_id' })
  variant!: Relation<ProductVariant>;

  @Column({ type: 'integer', default: 0 })
  quantity!: number;

  @Column({ type: 'integer', default: 0, comment: 'Part of quantity that open orders hold' })
  reserved!: number;

  @Column({ type: 'integer', default: 10 })
  reorderPoint!: number;
}
