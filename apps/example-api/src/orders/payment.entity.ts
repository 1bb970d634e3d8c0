import type { Relation } from 'typeorm';
import {
  Check,
  ChildEntity,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  ManyToOne,
  PrimaryGeneratedColumn,
  TableInheritance,
} from 'typeorm';
import { Order } from './order.entity.js';

export const PaymentStatus = {
  Authorized: 'authorized',
  Captured: 'captured',
  Refunded: 'refunded',
  Failed: 'failed',
} as const;

export type PaymentStatus = (typeof PaymentStatus)[keyof typeof PaymentStatus];

@Entity({ comment: 'Payments of all kinds in one table' })
@TableInheritance({ column: { type: 'varchar', name: 'kind', length: 20 } })
@Index(['order', 'status'])
@Check('ck_payment_amount', 'amount > 0')
export abstract class Payment {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'varchar', length: 20 })
  readonly kind!: string;

  @ManyToOne(() => Order, (order) => order.payments, { nullable: false, onDelete: 'CASCADE' })
  order!: Relation<Order>;

  @Column({ type: 'numeric', precision: 12, scale: 2 })
  amount!: string;

  @Column({ type: 'enum', enum: PaymentStatus, default: PaymentStatus.Authorized })
  status!: PaymentStatus;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;
}

@ChildEntity('card')
export class CardPayment extends Payment {
  @Column({ type: 'varchar', length: 20 })
  cardBrand!: string;

  @Column({ type: 'char', length: 4 })
  lastFour!: string;
}

@ChildEntity('transfer')
export class TransferPayment extends Payment {
  @Column({ type: 'varchar', length: 34 })
  iban!: string;

  @Column({ type: 'varchar', length: 140, nullable: true })
  reference!: string | null;
}
