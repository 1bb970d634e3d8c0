import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  OneToMany,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { Loan } from './loan.entity.js';

/** Who borrows books. */
@Entity('members')
@Index('uq_members_email', ['email'], { unique: true })
export class Member {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('uuid')
  card!: string;

  @Column({ length: 120 })
  name!: string;

  @Column({ length: 190 })
  email!: string;

  @Column({ name: 'is_blocked', default: false })
  isBlocked!: boolean;

  @CreateDateColumn({ name: 'joined_at' })
  joinedAt!: Date;

  @OneToMany(() => Loan, (loan) => loan.member)
  loans!: Loan[];
}
