import { CreateDateColumn, UpdateDateColumn } from 'typeorm';

/** When a row was made and last changed, kept by TypeORM. */
export abstract class Timestamps {
  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}
