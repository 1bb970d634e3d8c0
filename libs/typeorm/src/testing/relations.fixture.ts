import {
  Column,
  Entity,
  ForeignKey,
  JoinColumn,
  JoinTable,
  ManyToMany,
  ManyToOne,
  OneToMany,
  OneToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';

@Entity()
export class Profile {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @OneToOne(() => Author, (author) => author.profile) author!: Relation<Author>;
}

@Entity()
export class Author {
  @PrimaryGeneratedColumn() id!: number;
  @Column({ unique: true, length: 40 }) name!: string;
  @OneToOne(() => Profile, (profile) => profile.author, { onDelete: 'CASCADE' })
  @JoinColumn()
  profile!: Profile;
  @OneToMany(() => Book, (book) => book.author) books!: Relation<Book>[];
  @ManyToOne(() => Author, { nullable: true, onDelete: 'SET NULL', onUpdate: 'CASCADE' })
  mentor!: Author | null;
}

@Entity()
export class Tag {
  @PrimaryColumn('varchar', { length: 20 }) code!: string;
  @ManyToMany(() => Book, (book) => book.tags) books!: Relation<Book>[];
}

@Entity()
export class Shelf {
  @PrimaryColumn('int') building!: number;
  @PrimaryColumn('int') row!: number;
}

@Entity()
export class Book {
  @PrimaryGeneratedColumn('increment', { type: 'bigint' }) id!: string;
  @Column('int') authorId!: number;
  @ManyToOne(() => Author, (author) => author.books, {
    onDelete: 'RESTRICT',
    deferrable: 'INITIALLY DEFERRED',
  })
  author!: Relation<Author>;
  @ManyToOne(() => Author, { createForeignKeyConstraints: false, nullable: true })
  reviewer!: Author | null;
  @ManyToOne(() => Author, { nullable: true })
  @JoinColumn({
    name: 'translator_name',
    referencedColumnName: 'name',
    foreignKeyConstraintName: 'book_translator_fk',
  })
  translator!: Author | null;
  @ManyToOne(() => Shelf, { nullable: true })
  @JoinColumn([
    { name: 'shelf_building', referencedColumnName: 'building' },
    { name: 'shelf_row', referencedColumnName: 'row' },
  ])
  shelf!: Shelf | null;
  @ManyToMany(() => Tag, (tag) => tag.books) @JoinTable() tags!: Tag[];
  @ManyToMany(() => Book)
  @JoinTable({
    name: 'book_sequel',
    joinColumn: { name: 'book_id', foreignKeyConstraintName: 'sequel_book_fk' },
    inverseJoinColumn: { name: 'sequel_id' },
  })
  sequels!: Book[];
  @ManyToMany(() => Shelf, { onDelete: 'RESTRICT' }) @JoinTable() copies!: Shelf[];
}

/** Two foreign keys share the tenant's column. */
@Entity()
export class TenantUser {
  @PrimaryColumn('int') tenantId!: number;
  @PrimaryColumn('int') userId!: number;
}

@Entity()
export class TenantDocument {
  @PrimaryColumn('int') tenantId!: number;
  @PrimaryColumn('int') documentId!: number;
  @ManyToOne(() => TenantUser)
  @JoinColumn([
    { name: 'tenantId', referencedColumnName: 'tenantId' },
    { name: 'ownerId', referencedColumnName: 'userId' },
  ])
  owner!: TenantUser;
  @ManyToOne(() => TenantUser, { nullable: true })
  @JoinColumn([
    { name: 'tenantId', referencedColumnName: 'tenantId' },
    { name: 'editorId', referencedColumnName: 'userId' },
  ])
  editor!: TenantUser | null;
}

/** A relation is the primary key. */
@Entity()
export class AuthorSettings {
  @PrimaryColumn('int') authorId!: number;
  @OneToOne(() => Author, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'authorId' })
  author!: Author;
}

/** A foreign key without a relation. */
@Entity()
export class Loan {
  @PrimaryGeneratedColumn() id!: number;
  @Column('bigint') @ForeignKey(() => Book, { onDelete: 'CASCADE' }) bookId!: string;
}
