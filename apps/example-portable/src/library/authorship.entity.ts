import {
  Check,
  Column,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';
import { Author } from './author.entity.js';
import { Book } from './book.entity.js';

/** What an author can have done for a book. */
export const ROLES = ['author', 'editor', 'translator'] as const;

/** Who did what for a book. */
@Entity('authorships')
@Check('ck_authorships_role', "role IN ('author', 'editor', 'translator')")
export class Authorship {
  @PrimaryColumn('integer', { name: 'book_id' })
  bookId!: number;

  @PrimaryColumn('integer', { name: 'author_id' })
  authorId!: number;

  @Column('varchar', { length: 16, default: 'author' })
  role!: (typeof ROLES)[number];

  @Column('smallint', { default: 1 })
  position!: number;

  @ManyToOne(() => Book, (book) => book.authorships, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'book_id', foreignKeyConstraintName: 'fk_authorships_book' })
  book!: Relation<Book>;

  @ManyToOne(() => Author, (author) => author.works, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'author_id', foreignKeyConstraintName: 'fk_authorships_author' })
  author!: Relation<Author>;
}
