import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  getMetadataArgsStorage,
  Index,
  PrimaryGeneratedColumn,
} from 'typeorm';
import type { ColumnOptions } from 'typeorm';
import { Branch } from './library/branch.entity.js';
import { ENTITIES } from './library/entities.js';
import { Loan } from './library/loan.entity.js';
import { Member } from './library/member.entity.js';

/** An entity that the history does not know yet, with what databases spell most differently. */
@Entity('readings')
@Index('uq_readings_ticket', ['ticket'], { unique: true })
@Check('ck_readings_seats', 'seats BETWEEN 1 AND 500')
class Reading {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('uuid')
  ticket!: string;

  @Column()
  room!: string;

  @Column({ default: false })
  isSoldOut!: boolean;

  @Column('smallint', { default: 40 })
  seats!: number;

  @Column('decimal', { precision: 6, scale: 2, default: 2.5 })
  price!: string;

  @Column('json')
  program!: object;

  @Column({ type: Date, precision: 3 })
  beginsAt!: Date;

  @CreateDateColumn()
  announcedAt!: Date;
}

/** The entities of the app after a change, until `restore` is called: a table, columns, types and an index are others. */
export function changeEntities(): { readonly entities: readonly unknown[]; restore(): void } {
  const storage = getMetadataArgsStorage();
  const before = storage.columns.map((column) => ({ column, options: { ...column.options } }));
  const indices = [...storage.indices];
  const optionsOf = (target: unknown, property: string): ColumnOptions =>
    storage.columns.find((one) => one.target === target && one.propertyName === property)
      ?.options ?? {};
  const add = (target: typeof Member, propertyName: string, options: ColumnOptions): void => {
    storage.columns.push({ target, propertyName, mode: 'regular', options });
  };
  Object.assign(optionsOf(Branch, 'name'), { length: 150 });
  Object.assign(optionsOf(Loan, 'fine'), { precision: 10 });
  add(Member, 'phone', { type: String, length: 30, nullable: true });
  add(Member, 'points', { type: 'bigint', default: 0 });
  storage.indices.splice(
    storage.indices.findIndex(({ name }) => name === 'ix_loans_open'),
    1,
  );
  storage.indices.push({ target: Loan, name: 'ix_loans_due', columns: ['dueOn'] });
  return {
    entities: [...ENTITIES, Reading],
    restore: () => {
      storage.columns.splice(before.length);
      for (const { column, options } of before) Object.assign(column.options, options);
      storage.indices.splice(0, storage.indices.length, ...indices);
    },
  };
}
