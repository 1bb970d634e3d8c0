import type { Relation } from 'typeorm';
import {
  Column,
  Entity,
  Index,
  ManyToMany,
  PrimaryGeneratedColumn,
  Tree,
  TreeChildren,
  TreeParent,
} from 'typeorm';
import { Product } from './product.entity.js';

@Entity({ comment: 'Departments of the shop, a tree' })
@Tree('closure-table')
export class Category {
  @PrimaryGeneratedColumn()
  id!: number;

  @Index({ unique: true })
  @Column({ type: 'varchar', length: 80 })
  slug!: string;

  @Column({ type: 'varchar', length: 80 })
  name!: string;

  @Column({ type: 'smallint', default: 0, comment: 'Place among its siblings' })
  position!: number;

  @TreeParent({ onDelete: 'CASCADE' })
  parent!: Relation<Category> | null;

  @TreeChildren()
  children!: Relation<Category>[];

  @ManyToMany(() => Product, (product) => product.categories)
  products!: Relation<Product>[];
}
