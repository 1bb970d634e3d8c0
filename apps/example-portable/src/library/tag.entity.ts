import { Column, Entity, Index, ManyToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Book } from './book.entity.js';

/** A word that readers find books by. */
@Entity('tags')
@Index('uq_tags_word', ['word'], { unique: true })
export class Tag {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ length: 40 })
  word!: string;

  @ManyToMany(() => Book, (book) => book.tags)
  books!: Book[];
}
