import type { Relation } from 'typeorm';
import { Column, Entity, Index, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { AuditActor } from './audit-actor.entity.js';

export const AuditAction = { Create: 'create', Update: 'update', Delete: 'delete' } as const;

export type AuditAction = (typeof AuditAction)[keyof typeof AuditAction];

@Entity({ schema: 'audit', name: 'entry', comment: 'What was done, never changed' })
@Index('ix_entry_subject', ['subject', 'subjectId'])
export class AuditEntry {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @ManyToOne(() => AuditActor, { nullable: false, onDelete: 'RESTRICT' })
  actor!: Relation<AuditActor>;

  @Column({ type: 'enum', enum: AuditAction })
  action!: AuditAction;

  @Column({ type: 'varchar', length: 60, comment: 'Kind of thing: "product", "order" …' })
  subject!: string;

  @Column({ type: 'varchar', length: 60 })
  subjectId!: string;

  @Column({ type: 'text', array: true, default: [] })
  changed!: string[];

  @Column({ type: 'jsonb', nullable: true })
  before!: Record<string, unknown> | null;

  @Column({ type: 'jsonb', nullable: true })
  after!: Record<string, unknown> | null;

  @Index()
  @Column({ type: 'timestamptz', precision: 6, default: () => 'clock_timestamp()' })
  at!: Date;
}
