/** keywords */
import type { Operations } from '@nest-alembic/nestjs';

export const revision = '3d9e5a1c7f03';
export const message = 'keywords';
export const downRevision = '2c41f07be802';
export const branchLabels = null;
export const dependsOn = null;
export const createdAt = '2026-02-20T15:10:00Z';

export async function upgrade(op: Operations): Promise<void> {
  await op.createTable(
    'keywords',
    (t) => [
      t.column('id', op.type.integer(), { autoIncrement: true }),
      t.column('label', op.type.string(40), { nullable: false }),
      t.primaryKey(['id']),
    ],
    { entity: 'Tag' },
  );
  await op.createIndex('uq_tags_word', 'keywords', ['label'], { unique: true, entity: 'Tag' });
  await op.createTable(
    'book_tags',
    (t) => [
      t.column('book_id', op.type.integer(), { property: 'owner.id' }),
      t.column('tag_id', op.type.integer(), { property: 'inverse.id' }),
      t.primaryKey(['book_id', 'tag_id']),
      t.foreignKey(['book_id'], 'books', ['id'], {
        name: 'fk_book_tags_book',
        onDelete: 'cascade',
        onUpdate: 'cascade',
      }),
      t.foreignKey(['tag_id'], 'keywords', ['id'], {
        name: 'fk_book_tags_tag',
        onDelete: 'cascade',
        onUpdate: 'cascade',
      }),
    ],
    { entity: 'Book#tags' },
  );
  await op.createIndex('IDX_4d06db2d11048c09ca05de823d', 'book_tags', ['book_id'], {
    entity: 'Book#tags',
  });
  await op.createIndex('IDX_fb495c7e106e0c1c6332797d68', 'book_tags', ['tag_id'], {
    entity: 'Book#tags',
  });
}

export async function downgrade(op: Operations): Promise<void> {
  await op.dropTable('book_tags');
  await op.dropTable('keywords');
}
