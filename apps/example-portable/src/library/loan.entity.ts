import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { Branch } from './branch.entity.js';
import { Copy } from './copy.entity.js';
import { Member } from './member.entity.js';

/** A copy that a member has, or had. */
@Entity('loans')
@Index('ix_loans_open', ['dueOn', 'returnedAt'])
@Check('ck_loans_fine', 'fine >= 0')
export class Loan {
  @PrimaryGeneratedColumn()
  id!: number;

  @CreateDateColumn({ name: 'borrowed_at' })
  borrowedAt!: Date;

  @Column('date', { name: 'due_on' })
  dueOn!: string;

  @Column({ type: Date, name: 'returned_at', precision: 6, nullable: true })
  returnedAt!: Date | null;

  @Column('decimal', { precision: 8, scale: 2, default: 0 })
  fine!: string;

  @Column('bigint', { default: 0 })
  renewals!: string;

  @ManyToOne(() => Copy, (copy) => copy.loans, { nullable: false })
  @JoinColumn({ name: 'copy_id', foreignKeyConstraintName: 'fk_loans_copy' })
  copy!: Relation<Copy>;

  @ManyToOne(() => Member, (member) => member.loans, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'member_id', foreignKeyConstraintName: 'fk_loans_member' })
  member!: Relation<Member>;

  @ManyToOne(() => Branch, { nullable: false })
  @JoinColumn({ name: 'branch_id', foreignKeyConstraintName: 'fk_loans_branch' })
  branch!: Relation<Branch>;
}
