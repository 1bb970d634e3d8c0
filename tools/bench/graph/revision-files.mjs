// Writes histories as folders of revision files, ours and Alembic's.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresDialect, renderRevision } from '@nest-alembic/core';

const CREATED_AT = '2026-11-20T14:32:05Z';

/** Revision files as `migrate revision --autogenerate` writes them, each with one new column. */
export function writeRevisions(folder, revisions) {
  const versions = join(folder, 'migrations', 'versions');
  mkdirSync(versions, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  for (const { id, down } of revisions) {
    const message = `add column ${id}`;
    const text = renderRevision(
      {
        revision: id,
        message,
        downRevisions: down,
        branchLabels: [],
        dependsOn: [],
        createdAt: CREATED_AT,
        importSource: '@nest-alembic/nestjs',
        upgrade: [addColumn(id)],
        downgrade: { operations: [dropColumn(id)], irreversible: [] },
      },
      postgresDialect.quoting,
    );
    writeFileSync(join(versions, `${id}_add_column_${id}.ts`), text);
  }
  return versions;
}

const table = { schema: null, name: 'account' };
const column = (id) => ({ name: `c_${id}`, type: 'varchar(200)', nullable: true });
const addColumn = (id) => ({ kind: 'addColumn', table, column: column(id) });
const dropColumn = (id) => ({ kind: 'dropColumn', table, column: column(id) });

/** The same history as an Alembic environment; its env.py never connects. */
export function writeAlembic(folder, revisions) {
  const versions = join(folder, 'alembic', 'versions');
  mkdirSync(versions, { recursive: true });
  writeFileSync(join(folder, 'alembic.ini'), '[alembic]\nscript_location = alembic\n');
  writeFileSync(join(folder, 'alembic', 'env.py'), '');
  for (const { id, down } of revisions)
    writeFileSync(join(versions, `${id}_add_column.py`), alembicText(id, down));
}

function alembicText(id, down) {
  const parents = down.map((one) => `'${one}'`);
  const parent = parents.length > 1 ? `(${parents.join(', ')})` : (parents[0] ?? 'None');
  return `"""add column ${id}

Revision ID: ${id}
Revises: ${down.join(', ')}
Create Date: 2026-11-20 14:32:05

"""
from alembic import op
import sqlalchemy as sa

revision = '${id}'
down_revision = ${parent}
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('account', sa.Column('c_${id}', sa.String(200), nullable=True))


def downgrade():
    op.drop_column('account', 'c_${id}')
`;
}
