/** what copies look like, and what is late */
import type { Operations } from '@nest-alembic/nestjs';

export const revision = '6e02d7fb5906';
export const message = 'what copies look like, and what is late';
export const downRevision = '5b183e94ac05';
export const branchLabels = null;
export const dependsOn = null;
export const createdAt = '2026-05-18T16:20:00Z';

export async function upgrade(op: Operations): Promise<void> {
  await op.addColumn('books', 'rating', op.type.double(), { entity: 'Book' });
  await op.addColumn('books', 'details', op.type.json(), { entity: 'Book' });
  await op.addColumn('copies', 'state', op.type.string(8), {
    nullable: false,
    default: 'good',
    entity: 'Copy',
  });
  await op.createCheckConstraint('copies', "state IN ('new', 'good', 'worn')", {
    name: 'ck_copies_condition',
    entity: 'Copy',
  });
  await op.addColumn('loans', 'fine', op.type.decimal(8, 2), {
    nullable: false,
    default: 0,
    entity: 'Loan',
  });
  await op.createCheckConstraint('loans', 'fine >= 0', { name: 'ck_loans_fine', entity: 'Loan' });
  await op.addColumn('loans', 'renewals', op.type.bigint(), {
    nullable: false,
    default: 0,
    entity: 'Loan',
  });
  await op.createIndex('ix_loans_open', 'loans', ['due_on', 'returned_at'], { entity: 'Loan' });
}

export async function downgrade(op: Operations): Promise<void> {
  await op.dropIndex('ix_loans_open', 'loans');
  await op.dropColumn('loans', 'renewals');
  await op.dropConstraint('loans', 'ck_loans_fine', 'check');
  await op.dropColumn('loans', 'fine');
  await op.dropConstraint('copies', 'ck_copies_condition', 'check');
  await op.dropColumn('copies', 'state');
  await op.dropColumn('books', 'details');
  await op.dropColumn('books', 'rating');
}
