import type { Relation } from 'typeorm';
import { Check, Column, Entity, Index, ManyToOne, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { Timestamps } from '../database/timestamps.js';
import { Product } from './product.entity.js';

@Entity({ comment: 'One size and colour of a product: what is stocked and sold' })
// Deferred, so that two variants can change places in one transaction.
@Unique('uq_variant_position', ['product', 'position'], { deferrable: 'INITIALLY DEFERRED' })
@Index('uq_variant_barcode', ['barcode'], { unique: true, where: 'barcode IS NOT NULL' })
@Check('ck_variant_price', 'price >= 0')
@Check('ck_variant_compare_at', 'compare_at_price IS NULL OR compare_at_price > price')
export class ProductVariant extends Timestamps {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: string;

  @Column({ type: 'varchar', length: 40, unique: true })
  sku!: string;

  @ManyToOne(() => Product, (product) => product.variants, { nullable: false, onDelete: 'CASCADE' })
  product!: Relation<Product>;

  @Column({ type: 'varchar', length: 80 })
  title!: string;

  @Column({ type: 'numeric', precision: 12, scale: 2 })
  price!: string;

  @Column({
    type: 'numeric',
    precision: 12,
    scale: 2,
    nullable: true,
    comment: 'Crossed-out price',
  })
  compareAtPrice!: string | null;

  @Column({ type: 'char', length: 3, default: 'EUR' })
  currency!: string;

  @Column({ type: 'jsonb', default: { size: null, colour: null } })
  options!: Record<string, unknown>;

  @Column({ type: 'varchar', length: 14, nullable: true })
  barcode!: string | null;

  @Column({ type: 'integer', default: 0 })
  position!: number;
}
