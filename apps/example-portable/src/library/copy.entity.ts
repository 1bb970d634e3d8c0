import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToMany,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { Book } from './book.entity.js';
import { Branch } from './branch.entity.js';
import { Loan } from './loan.entity.js';

/** What a copy can look like. */
export const CONDITIONS = ['new', 'good', 'worn'] as const;

/** A book that stands on a shelf, or is lent. */
@Entity('copies')
@Index('uq_copies_barcode', ['barcode'], { unique: true })
@Check('ck_copies_condition', "state IN ('new', 'good', 'worn')")
export class Copy {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ length: 20 })
  barcode!: string;

  @Column('varchar', { length: 8, default: 'good' })
  state!: (typeof CONDITIONS)[number];

  @ManyToOne(() => Book, (book) => book.copies, { nullable: false })
  @JoinColumn({ name: 'book_id', foreignKeyConstraintName: 'fk_copies_book' })
  book!: Relation<Book>;

  @ManyToOne(() => Branch, (branch) => branch.copies, { nullable: false })
  @JoinColumn({ name: 'branch_id', foreignKeyConstraintName: 'fk_copies_branch' })
  branch!: Relation<Branch>;

  @OneToMany(() => Loan, (loan) => loan.copy)
  loans!: Loan[];
}
