import { Column, type ColumnOptions, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** An entity `T` with an id and one property `c`. */
export function oneColumn(
  options: ColumnOptions,
  table = 't',
): new () => { id: number; c: unknown } {
  class T {
    id!: number;
    c!: unknown;
  }
  PrimaryGeneratedColumn()(T.prototype, 'id');
  Column(options)(T.prototype, 'c');
  Entity(table)(T);
  return T;
}
