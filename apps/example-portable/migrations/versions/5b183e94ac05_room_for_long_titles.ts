/** room for long titles */
import type { Operations } from '@nest-alembic/nestjs';

export const revision = '5b183e94ac05';
export const message = 'room for long titles';
export const downRevision = '4f7ac2086d04';
export const branchLabels = null;
export const dependsOn = null;
export const createdAt = '2026-04-01T12:45:00Z';

export async function upgrade(op: Operations): Promise<void> {
  await op.alterColumn(
    'books',
    'title',
    { type: op.type.string(300) },
    {
      from: { type: op.type.string(120) },
      entity: 'Book',
    },
  );
  await op.alterColumn(
    'books',
    'pages',
    { type: op.type.integer() },
    {
      from: { type: op.type.smallint() },
      entity: 'Book',
    },
  );
  await op.renameColumn('members', 'mail', 'email', { entity: 'Member' });
}

export async function downgrade(op: Operations): Promise<void> {
  await op.renameColumn('members', 'email', 'mail', { entity: 'Member' });
  await op.alterColumn(
    'books',
    'pages',
    { type: op.type.smallint() },
    {
      from: { type: op.type.integer() },
      entity: 'Book',
    },
  );
  await op.alterColumn(
    'books',
    'title',
    { type: op.type.string(120) },
    {
      from: { type: op.type.string(300) },
      entity: 'Book',
    },
  );
}
