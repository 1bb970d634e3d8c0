import type { Relation } from 'typeorm';
import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';
import { Customer } from './customer.entity.js';

@Entity({ comment: 'What a customer likes to tell; shares the key of the customer' })
export class CustomerProfile {
  @PrimaryColumn({ type: 'uuid' })
  customerId!: string;

  @OneToOne(() => Customer, (customer) => customer.profile, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'customer_id' })
  customer!: Relation<Customer>;

  @Column({ type: 'date', nullable: true })
  birthday!: string | null;

  @Column({ type: 'text', array: true, default: [] })
  interests!: string[];

  @Column({ type: 'jsonb', default: { newsletter: false, channel: 'email' } })
  preferences!: Record<string, unknown>;
}
