/** loans know their branch */
import type { Operations } from '@nest-alembic/nestjs';

export const revision = '7a95c8e1340a';
export const message = 'loans know their branch';
export const downRevision = '6e02d7fb5906';
export const branchLabels = null;
export const dependsOn = null;
export const createdAt = '2026-07-06T07:55:00Z';

export async function upgrade(op: Operations): Promise<void> {
  await op.addColumn('loans', 'branch_id', op.type.integer(), {
    entity: 'Loan',
    property: 'branch.id',
  });
  await op.execute(
    'UPDATE loans SET branch_id = (SELECT branch_id FROM copies WHERE copies.id = loans.copy_id)',
  );
  await op.alterColumn(
    'loans',
    'branch_id',
    { nullable: false },
    { from: { nullable: true }, entity: 'Loan', property: 'branch.id' },
  );
  await op.createForeignKey('loans', ['branch_id'], 'branches', ['id'], {
    name: 'fk_loans_branch',
    entity: 'Loan',
  });
  await op.renameTable('keywords', 'tags', { entity: 'Tag' });
  await op.renameColumn('tags', 'label', 'word', { entity: 'Tag' });
}

export async function downgrade(op: Operations): Promise<void> {
  await op.renameColumn('tags', 'word', 'label', { entity: 'Tag' });
  await op.renameTable('tags', 'keywords', { entity: 'Tag' });
  await op.dropConstraint('loans', 'fk_loans_branch', 'foreignKey');
  await op.dropColumn('loans', 'branch_id');
}
