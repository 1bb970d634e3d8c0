/** members borrow */
import type { Operations } from '@nest-alembic/nestjs';

export const revision = '2c41f07be802';
export const message = 'members borrow';
export const downRevision = '1a0b63c9d201';
export const branchLabels = null;
export const dependsOn = null;
export const createdAt = '2026-02-02T10:00:00Z';

export async function upgrade(op: Operations): Promise<void> {
  await op.createTable(
    'members',
    (t) => [
      t.column('id', op.type.integer(), { autoIncrement: true }),
      t.column('card', op.type.uuid(), { nullable: false }),
      t.column('name', op.type.string(120), { nullable: false }),
      t.column('mail', op.type.string(190), { nullable: false }),
      t.column('is_blocked', op.type.boolean(), {
        nullable: false,
        default: false,
        property: 'isBlocked',
      }),
      t.column('joined_at', op.type.timestamp(), {
        nullable: false,
        default: op.now(),
        property: 'joinedAt',
      }),
      t.primaryKey(['id']),
    ],
    { entity: 'Member' },
  );
  await op.createIndex('uq_members_email', 'members', ['mail'], { unique: true, entity: 'Member' });
  await op.createTable(
    'loans',
    (t) => [
      t.column('id', op.type.integer(), { autoIncrement: true }),
      t.column('borrowed_at', op.type.timestamp(), {
        nullable: false,
        default: op.now(),
        property: 'borrowedAt',
      }),
      t.column('due_on', op.type.date(), { nullable: false, property: 'dueOn' }),
      t.column('returned_at', op.type.timestamp({ precision: 6 }), { property: 'returnedAt' }),
      t.column('copy_id', op.type.integer(), { nullable: false, property: 'copy.id' }),
      t.column('member_id', op.type.integer(), { nullable: false, property: 'member.id' }),
      t.primaryKey(['id']),
      t.foreignKey(['copy_id'], 'copies', ['id'], { name: 'fk_loans_copy' }),
      t.foreignKey(['member_id'], 'members', ['id'], {
        name: 'fk_loans_member',
        onDelete: 'cascade',
      }),
    ],
    { entity: 'Loan' },
  );
}

export async function downgrade(op: Operations): Promise<void> {
  await op.dropTable('loans');
  await op.dropTable('members');
}
