/** books on shelves */
import type { Operations } from '@nest-alembic/nestjs';

export const revision = '1a0b63c9d201';
export const message = 'books on shelves';
export const downRevision = null;
export const branchLabels = null;
export const dependsOn = null;
export const createdAt = '2026-01-12T09:30:00Z';

export async function upgrade(op: Operations): Promise<void> {
  await op.createTable(
    'authors',
    (t) => [
      t.column('id', op.type.integer(), { autoIncrement: true }),
      t.column('family_name', op.type.string(80), { nullable: false, property: 'familyName' }),
      t.column('given_name', op.type.string(80), {
        nullable: false,
        default: '',
        property: 'givenName',
      }),
      t.column('born_on', op.type.date(), { property: 'bornOn' }),
      t.column('biography', op.type.text()),
      t.primaryKey(['id']),
    ],
    { entity: 'Author' },
  );
  await op.createIndex('ix_authors_name', 'authors', ['family_name', 'given_name'], {
    entity: 'Author',
  });
  await op.createTable(
    'branches',
    (t) => [
      t.column('id', op.type.integer(), { autoIncrement: true }),
      t.column('name', op.type.string(100), { nullable: false }),
      t.column('opens_at', op.type.time(), { nullable: false, property: 'opensAt' }),
      t.column('is_public', op.type.boolean(), {
        nullable: false,
        default: true,
        property: 'isPublic',
      }),
      t.primaryKey(['id']),
    ],
    { entity: 'Branch' },
  );
  await op.createIndex('uq_branches_name', 'branches', ['name'], {
    unique: true,
    entity: 'Branch',
  });
  await op.createTable(
    'subjects',
    (t) => [
      t.column('id', op.type.integer(), { autoIncrement: true }),
      t.column('code', op.type.string(12), { nullable: false }),
      t.column('name', op.type.string(80), { nullable: false }),
      t.primaryKey(['id']),
    ],
    { entity: 'Subject' },
  );
  await op.createIndex('uq_subjects_code', 'subjects', ['code'], {
    unique: true,
    entity: 'Subject',
  });
  await op.createTable(
    'books',
    (t) => [
      t.column('id', op.type.integer(), { autoIncrement: true }),
      t.column('isbn', op.type.string(17), { nullable: false }),
      t.column('title', op.type.string(120), { nullable: false }),
      t.column('pages', op.type.smallint(), { nullable: false }),
      t.column('price', op.type.decimal(10, 2), { nullable: false }),
      t.column('published_on', op.type.date(), { property: 'publishedOn' }),
      t.column('added_at', op.type.timestamp(), {
        nullable: false,
        default: op.now(),
        property: 'addedAt',
      }),
      t.column('subject_id', op.type.integer(), { property: 'subject.id' }),
      t.primaryKey(['id']),
      t.check('pages > 0', { name: 'ck_books_pages' }),
      t.foreignKey(['subject_id'], 'subjects', ['id'], {
        name: 'fk_books_subject',
        onDelete: 'set null',
      }),
    ],
    { entity: 'Book' },
  );
  await op.createIndex('ix_books_title', 'books', ['title'], { entity: 'Book' });
  await op.createIndex('uq_books_isbn', 'books', ['isbn'], { unique: true, entity: 'Book' });
  await op.createTable(
    'authorships',
    (t) => [
      t.column('book_id', op.type.integer(), { property: 'bookId' }),
      t.column('author_id', op.type.integer(), { property: 'authorId' }),
      t.column('role', op.type.string(16), { nullable: false, default: 'author' }),
      t.column('position', op.type.smallint(), { nullable: false, default: 1 }),
      t.primaryKey(['book_id', 'author_id']),
      t.check("role IN ('author', 'editor', 'translator')", { name: 'ck_authorships_role' }),
      t.foreignKey(['book_id'], 'books', ['id'], {
        name: 'fk_authorships_book',
        onDelete: 'cascade',
      }),
      t.foreignKey(['author_id'], 'authors', ['id'], {
        name: 'fk_authorships_author',
        onDelete: 'cascade',
      }),
    ],
    { entity: 'Authorship' },
  );
  await op.createTable(
    'copies',
    (t) => [
      t.column('id', op.type.integer(), { autoIncrement: true }),
      t.column('barcode', op.type.string(20), { nullable: false }),
      t.column('book_id', op.type.integer(), { nullable: false, property: 'book.id' }),
      t.column('branch_id', op.type.integer(), { nullable: false, property: 'branch.id' }),
      t.primaryKey(['id']),
      t.foreignKey(['book_id'], 'books', ['id'], { name: 'fk_copies_book' }),
      t.foreignKey(['branch_id'], 'branches', ['id'], { name: 'fk_copies_branch' }),
    ],
    { entity: 'Copy' },
  );
  await op.createIndex('uq_copies_barcode', 'copies', ['barcode'], {
    unique: true,
    entity: 'Copy',
  });
}

export async function downgrade(op: Operations): Promise<void> {
  await op.dropTable('copies');
  await op.dropTable('authorships');
  await op.dropTable('books');
  await op.dropTable('subjects');
  await op.dropTable('branches');
  await op.dropTable('authors');
}
