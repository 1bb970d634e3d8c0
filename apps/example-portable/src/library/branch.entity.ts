import { Column, Entity, Index, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Copy } from './copy.entity.js';

/** A house of the library. */
@Entity('branches')
@Index('uq_branches_name', ['name'], { unique: true })
export class Branch {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ length: 100 })
  name!: string;

  @Column('time', { name: 'opens_at' })
  opensAt!: string;

  @Column({ name: 'is_public', default: true })
  isPublic!: boolean;

  @OneToMany(() => Copy, (copy) => copy.branch)
  copies!: Copy[];
}
