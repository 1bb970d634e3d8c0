import { Column, Entity, Index, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Authorship } from './authorship.entity.js';

/** Who writes books. */
@Entity('authors')
@Index('ix_authors_name', ['familyName', 'givenName'])
export class Author {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ name: 'family_name', length: 80 })
  familyName!: string;

  @Column({ name: 'given_name', length: 80, default: '' })
  givenName!: string;

  @Column('date', { name: 'born_on', nullable: true })
  bornOn!: string | null;

  @Column('text', { nullable: true })
  biography!: string | null;

  @OneToMany(() => Authorship, (authorship) => authorship.author)
  works!: Authorship[];
}
