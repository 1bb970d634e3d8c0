import type { Relation } from 'typeorm';
import { Column, Entity, Index, ManyToOne, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { Address } from '../common/address.js';
import { Customer } from './customer.entity.js';

@Entity()
@Unique(['customer', 'label'])
@Index('uq_customer_default_address', ['customer'], { unique: true, where: 'is_default' })
export class CustomerAddress {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: string;

  @ManyToOne(() => Customer, (customer) => customer.addresses, {
    nullable: false,
    onDelete: 'CASCADE',
  })
  customer!: Relation<Customer>;

  @Column({ type: 'varchar', length: 40 })
  label!: string;

  @Column(() => Address, { prefix: false })
  address!: Address;

  @Column({ type: 'boolean', default: false })
  isDefault!: boolean;
}
