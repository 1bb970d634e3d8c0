// The same history for both tools: one table, then one column with each migration. The files are what the TypeScript compiler makes
// of what each tool writes for its user.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toCommonJs } from '../to-common-js.mjs';

const idOf = (number) => `r${String(number).padStart(5, '0')}`;
const tableSql = 'CREATE TABLE wide (id bigint)';
/** A table has at most 1,600 columns. */
const columnSql = (number) => `ALTER TABLE wide ADD COLUMN c${number} int`;
/** The statement of a migration. */
export const sqlOf = (number) => (number === 0 ? tableSql : columnSql(number));

/** Revision files in the migrations folder of a root. */
export function writeColumnRevisions(root, count) {
  const versions = join(root, 'migrations', 'versions');
  mkdirSync(versions, { recursive: true });
  writeFileSync(join(root, 'package.json'), '{}');
  for (let number = 0; number < count; number++)
    writeFileSync(join(versions, `${idOf(number)}.js`), toCommonJs(revisionText(number)));
}

function revisionText(number) {
  const isFirst = number === 0;
  const [up, down] = isFirst
    ? [`op.execute(${JSON.stringify(tableSql)})`, `op.dropTable('wide')`]
    : [`op.addColumn('wide', 'c${number}', 'int')`, `op.dropColumn('wide', 'c${number}')`];
  return `/** column ${number} */
import type { Operations } from '@nest-alembic/core';

export const revision = '${idOf(number)}';
export const message = 'column ${number}';
export const downRevision = ${isFirst ? 'null' : `'${idOf(number - 1)}'`};
export const branchLabels = null;
export const dependsOn = null;
export const createdAt = '2026-11-20T14:32:05Z';

export async function upgrade(op: Operations): Promise<void> {
  await ${up};
}

export async function downgrade(op: Operations): Promise<void> {
  await ${down};
}
`;
}

/** The same as files of TypeORM's migrations. @returns the pattern that finds them */
export function writeTypeormMigrations(root, count) {
  const folder = join(root, 'typeorm');
  mkdirSync(folder, { recursive: true });
  for (let number = 0; number < count; number++) {
    const name = `Column${1_700_000_000_000 + number}`;
    writeFileSync(join(folder, `${name}.js`), toCommonJs(migrationText(name, number)));
  }
  return join(folder, '*.js');
}

function migrationText(name, number) {
  const down = number === 0 ? 'DROP TABLE wide' : `ALTER TABLE wide DROP COLUMN c${number}`;
  return `import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ${name} implements MigrationInterface {
  name = '${name}';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`${sqlOf(number)}\`);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`${down}\`);
  }
}
`;
}
