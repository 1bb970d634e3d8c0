import type { Relation } from 'typeorm';
import { Column, Entity, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Address } from '../common/address.js';
import { StockLevel } from './stock-level.entity.js';

@Entity()
export class Warehouse {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ type: 'varchar', length: 8, unique: true })
  code!: string;

  @Column(() => Address)
  address!: Address;

  @Column({ type: 'varchar', length: 40, default: 'Europe/Berlin' })
  timeZone!: string;

  @Column({ type: 'boolean', default: true })
  active!: boolean;

  @OneToMany(() => StockLevel, (level) => level.warehouse)
  levels!: Relation<StockLevel>[];
}
