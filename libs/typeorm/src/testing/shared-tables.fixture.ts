import {
  Column,
  Entity,
  Index,
  JoinColumn,
  JoinTable,
  ManyToMany,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';

@Entity()
export class Student {
  @PrimaryGeneratedColumn() id!: number;
  @ManyToMany(() => Course) @JoinTable({ name: 'enrolment' }) courses!: Relation<Course>[];
}

@Entity()
export class Course {
  @PrimaryGeneratedColumn() id!: number;
}

/** The join table as an entity with a column of its own (diff corpus PG-R1). */
@Entity('enrolment')
export class Enrolment {
  @PrimaryColumn('int') studentId!: number;
  @PrimaryColumn('int') courseId!: number;
  @Column('int', { default: 0 }) grade!: number;
  @ManyToOne(() => Student, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'studentId' })
  student!: Student;
  @ManyToOne(() => Course) @JoinColumn({ name: 'courseId' }) course!: Course;
}

@Entity('person')
export class Person {
  @PrimaryGeneratedColumn() id!: number;
  @Column({ default: 'nobody' }) @Index() name!: string;
  @Column('text', { nullable: true }) notes!: string | null;
}

/** Part of the same table. */
@Entity('person')
export class PersonName {
  @PrimaryGeneratedColumn() id!: number;
  @Column() @Index() name!: string;
}

/** Contradicts Person. */
@Entity('person')
export class PersonNumber {
  @PrimaryGeneratedColumn() id!: number;
  @Column('int') name!: number;
}
