import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** The only entity of the fixture apps. */
@Entity()
export class Account {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'varchar', length: 255 })
  email!: string;
}
