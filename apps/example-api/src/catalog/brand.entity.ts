import type { Relation } from 'typeorm';
import { Column, Entity, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Product } from './product.entity.js';

@Entity({ comment: 'Makers of the goods' })
export class Brand {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'ALWAYS' })
  id!: number;

  @Column({ type: 'varchar', length: 80, unique: true })
  name!: string;

  @Column({ type: 'varchar', length: 200, nullable: true })
  website!: string | null;

  @OneToMany(() => Product, (product) => product.brand)
  products!: Relation<Product>[];
}
