/** subjects form a tree */
import type { Operations } from '@nest-alembic/nestjs';

export const revision = '4f7ac2086d04';
export const message = 'subjects form a tree';
export const downRevision = '3d9e5a1c7f03';
export const branchLabels = null;
export const dependsOn = null;
export const createdAt = '2026-03-09T08:00:00Z';

export async function upgrade(op: Operations): Promise<void> {
  await op.addColumn('subjects', 'parent_id', op.type.integer(), {
    entity: 'Subject',
    property: 'parent.id',
  });
  await op.createForeignKey('subjects', ['parent_id'], 'subjects', ['id'], {
    name: 'fk_subjects_parent',
    onDelete: 'set null',
    entity: 'Subject',
  });
  await op.bulkInsert('subjects', [
    { code: 'F', name: 'Fiction' },
    { code: 'S', name: 'Science' },
    { code: 'S-MATH', name: 'Mathematics' },
  ]);
  // A table that an UPDATE changes is read through another one, for MySQL.
  await op.execute(
    `UPDATE subjects SET parent_id = (SELECT id FROM (SELECT id FROM subjects WHERE code = :parent) p) WHERE code LIKE :below`,
    { parent: 'S', below: 'S-%' },
  );
}

export async function downgrade(op: Operations): Promise<void> {
  await op.execute(
    "UPDATE books SET subject_id = NULL WHERE subject_id IN (SELECT id FROM subjects WHERE code IN ('F', 'S', 'S-MATH'))",
  );
  await op.execute("DELETE FROM subjects WHERE code IN ('F', 'S', 'S-MATH')");
  await op.dropConstraint('subjects', 'fk_subjects_parent', 'foreignKey');
  await op.dropColumn('subjects', 'parent_id');
}
