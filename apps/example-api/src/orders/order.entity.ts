import type { Relation } from 'typeorm';
import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToMany,
  OneToOne,
  PrimaryGeneratedColumn,
  VersionColumn,
} from 'typeorm';
import { Address } from '../common/address.js';
import { Customer } from '../customers/customer.entity.js';
import { Warehouse } from '../inventory/warehouse.entity.js';
import { Coupon } from './coupon.entity.js';
import { OrderLine } from './order-line.entity.js';
import { Payment } from './payment.entity.js';
import { Shipment } from './shipment.entity.js';

export const OrderStatus = {
  Pending: 'pending',
  Paid: 'paid',
  Shipped: 'shipped',
  Delivered: 'delivered',
  Cancelled: 'cancelled',
} as const;

export type OrderStatus = (typeof OrderStatus)[keyof typeof OrderStatus];

@Entity({ comment: 'Orders; the table has the name of an SQL keyword on purpose' })
@Index(['customer', 'placedAt'])
@Index('ix_order_open', ['placedAt'], { where: `status IN ('pending', 'paid')` })
export class Order {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'varchar', length: 20, unique: true, comment: 'What the customer quotes' })
  number!: string;

  @Column({ type: 'enum', enum: OrderStatus, default: OrderStatus.Pending })
  status!: OrderStatus;

  @ManyToOne(() => Customer, (customer) => customer.orders, {
    nullable: false,
    onDelete: 'RESTRICT',
  })
  customer!: Relation<Customer>;

  @ManyToOne(() => Coupon, { nullable: true, onDelete: 'SET NULL', onUpdate: 'CASCADE' })
  @JoinColumn({ name: 'coupon_code' })
  coupon!: Relation<Coupon> | null;

  @ManyToOne(() => Warehouse, { nullable: false, onDelete: 'RESTRICT' })
  warehouse!: Relation<Warehouse>;

  @Column(() => Address, { prefix: 'shipping' })
  shippingAddress!: Address;

  @Column({ type: 'char', length: 3, default: 'EUR' })
  currency!: string;

  @Column({ type: 'text', nullable: true })
  note!: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  placedAt!: Date;

  @Column({ type: 'timestamptz', default: () => `now() + interval '15 days'` })
  payableUntil!: Date;

  @VersionColumn()
  version!: number;

  @OneToMany(() => OrderLine, (line) => line.order)
  lines!: Relation<OrderLine>[];

  @OneToMany(() => Payment, (payment) => payment.order)
  payments!: Relation<Payment>[];

  @OneToOne(() => Shipment, (shipment) => shipment.order)
  shipment!: Relation<Shipment> | null;
}
