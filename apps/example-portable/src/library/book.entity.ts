import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  JoinTable,
  ManyToMany,
  ManyToOne,
  OneToMany,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { Authorship } from './authorship.entity.js';
import { Copy } from './copy.entity.js';
import { Subject } from './subject.entity.js';
import { Tag } from './tag.entity.js';

/** What is known of a book besides its columns. */
export interface BookDetails {
  readonly publisher?: string;
  readonly languages?: readonly string[];
}

/** A book, of which the library has copies. */
@Entity('books')
@Index('uq_books_isbn', ['isbn'], { unique: true })
@Index('ix_books_title', ['title'])
@Check('ck_books_pages', 'pages > 0')
export class Book {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ length: 17 })
  isbn!: string;

  @Column({ length: 300 })
  title!: string;

  @Column('integer')
  pages!: number;

  @Column('decimal', { precision: 10, scale: 2 })
  price!: string;

  @Column('double precision', { nullable: true })
  rating!: number | null;

  @Column('date', { name: 'published_on', nullable: true })
  publishedOn!: string | null;

  @Column('json', { nullable: true })
  details!: BookDetails | null;

  @CreateDateColumn({ name: 'added_at' })
  addedAt!: Date;

  @ManyToOne(() => Subject, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn({ name: 'subject_id', foreignKeyConstraintName: 'fk_books_subject' })
  subject!: Relation<Subject> | null;

  @ManyToMany(() => Tag, (tag) => tag.books)
  @JoinTable({
    name: 'book_tags',
    joinColumn: { name: 'book_id', foreignKeyConstraintName: 'fk_book_tags_book' },
    inverseJoinColumn: { name: 'tag_id', foreignKeyConstraintName: 'fk_book_tags_tag' },
  })
  tags!: Tag[];

  @OneToMany(() => Authorship, (authorship) => authorship.book)
  authorships!: Authorship[];

  @OneToMany(() => Copy, (copy) => copy.book)
  copies!: Copy[];
}
