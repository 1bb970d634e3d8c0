import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToMany,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';

/** What books are about; a tree. */
@Entity('subjects')
@Index('uq_subjects_code', ['code'], { unique: true })
export class Subject {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ length: 12 })
  code!: string;

  @Column({ length: 80 })
  name!: string;

  @ManyToOne(() => Subject, (subject) => subject.children, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn({ name: 'parent_id', foreignKeyConstraintName: 'fk_subjects_parent' })
  parent!: Relation<Subject> | null;

  @OneToMany(() => Subject, (subject) => subject.parent)
  children!: Subject[];
}
