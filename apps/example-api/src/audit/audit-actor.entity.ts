import type { Relation } from 'typeorm';
import { Column, Entity, ManyToOne, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { Customer } from '../customers/customer.entity.js';

export const ActorKind = { Customer: 'customer', Staff: 'staff', System: 'system' } as const;

export type ActorKind = (typeof ActorKind)[keyof typeof ActorKind];

@Entity({ schema: 'audit', name: 'actor', comment: 'Who does things' })
@Unique(['kind', 'label'])
export class AuditActor {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ type: 'enum', enum: ActorKind })
  kind!: ActorKind;

  @Column({ type: 'varchar', length: 120 })
  label!: string;

  @ManyToOne(() => Customer, { nullable: true, onDelete: 'SET NULL' })
  customer!: Relation<Customer> | null;
}
