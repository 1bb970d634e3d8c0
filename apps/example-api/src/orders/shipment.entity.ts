import type { Relation } from 'typeorm';
import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  OneToOne,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { Order } from './order.entity.js';

@Entity()
@Check('ck_shipment_delivered', 'delivered_on IS NULL OR delivered_on >= shipped_on')
export class Shipment {
  @PrimaryGeneratedColumn()
  id!: number;

  @OneToOne(() => Order, (order) => order.shipment, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn()
  order!: Relation<Order>;

  @Column({ type: 'varchar', length: 40 })
  carrier!: string;

  @Index({ unique: true })
  @Column({ type: 'varchar', length: 60, nullable: true })
  trackingNumber!: string | null;

  @Column({ type: 'date', default: () => 'CURRENT_DATE' })
  shippedOn!: string;

  @Column({ type: 'date', nullable: true })
  deliveredOn!: string | null;
}
