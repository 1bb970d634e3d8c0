import type { Relation } from 'typeorm';
import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { StockLevel } from './stock-level.entity.js';

export const MovementReason = {
  Receipt: 'receipt',
  Sale: 'sale',
  Return: 'return',
  Correction: 'correction',
} as const;

export type MovementReason = (typeof MovementReason)[keyof typeof MovementReason];

@Entity({ comment: 'Journal of stock, never changed' })
@Index(['warehouseId', 'variantId', 'occurredAt'])
@Check('ck_movement_delta', 'delta <> 0')
export class StockMovement {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'integer' })
  warehouseId!: number;

  @Column({ type: 'bigint' })
  variantId!: string;

  // Deferred: the journal line comes first, the level it belongs to may be made later in the transaction.
  @ManyToOne(() => StockLevel, { onDelete: 'CASCADE', deferrable: 'INITIALLY DEFERRED' })
  @JoinColumn([
    { name: 'warehouse_id', referencedColumnName: 'warehouseId' },
    { name: 'variant_id', referencedColumnName: 'variantId' },
  ])
  level!: Relation<StockLevel>;

  @Column({ type: 'integer' })
  delta!: number;

  @Column({ type: 'enum', enum: MovementReason })
  reason!: MovementReason;

  @Column({ type: 'varchar', length: 60, nullable: true, comment: 'Order number, delivery note …' })
  reference!: string | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  occurredAt!: Date;
}
