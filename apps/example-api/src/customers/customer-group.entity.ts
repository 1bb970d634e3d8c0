import type { Relation } from 'typeorm';
import { Check, Column, Entity, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Customer } from './customer.entity.js';

@Entity()
@Check('ck_group_discount', 'discount_percent BETWEEN 0 AND 100')
export class CustomerGroup {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'BY DEFAULT' })
  id!: number;

  @Column({ type: 'varchar', length: 60, unique: true })
  name!: string;

  @Column({ type: 'numeric', precision: 5, scale: 2, default: '0.00' })
  discountPercent!: string;

  @OneToMany(() => Customer, (customer) => customer.group)
  customers!: Relation<Customer>[];
}
