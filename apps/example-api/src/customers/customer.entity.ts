import type { Relation } from 'typeorm';
import {
  Column,
  DeleteDateColumn,
  Entity,
  Index,
  ManyToOne,
  OneToMany,
  OneToOne,
  PrimaryGeneratedColumn,
  VersionColumn,
} from 'typeorm';
import { Timestamps } from '../database/timestamps.js';
import { Order } from '../orders/order.entity.js';
import { CustomerAddress } from './customer-address.entity.js';
import { CustomerGroup } from './customer-group.entity.js';
import { CustomerProfile } from './customer-profile.entity.js';

export const CustomerStatus = {
  Active: 'active',
  Blocked: 'blocked',
  Erased: 'erased',
} as const;

export type CustomerStatus = (typeof CustomerStatus)[keyof typeof CustomerStatus];

@Entity({ comment: 'People who buy' })
@Index(['group', 'createdAt'])
export class Customer extends Timestamps {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'varchar', length: 254, unique: true })
  email!: string;

  @Column({ type: 'varchar', length: 120 })
  name!: string;

  @Column({ type: 'varchar', length: 10, default: 'en' })
  locale!: string;

  @Column({ type: 'enum', enum: CustomerStatus, default: CustomerStatus.Active })
  status!: CustomerStatus;

  @Column({ type: 'boolean', default: false })
  marketingConsent!: boolean;

  @VersionColumn()
  version!: number;

  @DeleteDateColumn({ type: 'timestamptz' })
  deletedAt!: Date | null;

  @ManyToOne(() => CustomerGroup, (group) => group.customers, {
    nullable: true,
    onDelete: 'RESTRICT',
  })
  group!: Relation<CustomerGroup> | null;

  @ManyToOne(() => Customer, (customer) => customer.referrals, {
    nullable: true,
    onDelete: 'SET NULL',
  })
  referredBy!: Relation<Customer> | null;

  @OneToMany(() => Customer, (customer) => customer.referredBy)
  referrals!: Relation<Customer>[];

  @OneToOne(() => CustomerProfile, (profile) => profile.customer)
  profile!: Relation<CustomerProfile> | null;

  @OneToMany(() => CustomerAddress, (address) => address.customer)
  addresses!: Relation<CustomerAddress>[];

  @OneToMany(() => Order, (order) => order.customer)
  orders!: Relation<Order>[];
}
