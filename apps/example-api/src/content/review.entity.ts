import type { Relation } from 'typeorm';
import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  ManyToOne,
  PrimaryGeneratedColumn,
  Unique,
} from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { Customer } from '../customers/customer.entity.js';

@Entity()
@Unique('uq_review_once', ['product', 'customer'])
@Index(['product', 'rating'])
@Check('ck_review_rating', 'rating BETWEEN 1 AND 5')
export class Review {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: string;

  @ManyToOne(() => Product, (product) => product.reviews, { nullable: false, onDelete: 'CASCADE' })
  product!: Relation<Product>;

  @ManyToOne(() => Customer, { nullable: false, onDelete: 'CASCADE' })
  customer!: Relation<Customer>;

  @Column({ type: 'smallint' })
  rating!: number;

  @Column({ type: 'varchar', length: 120 })
  title!: string;

  @Column({ type: 'text', default: '' })
  body!: string;

  @Column({ type: 'boolean', default: false, comment: 'The customer has bought the product' })
  verified!: boolean;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  createdAt!: Date;
}
