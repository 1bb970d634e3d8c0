// The same history for both tools: one table, then one column with each migration.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const idOf = (number) => `r${String(number).padStart(5, '0')}`;
const tableSql = 'CREATE TABLE wide (id bigint)';
/** A table has at most 1,600 columns. */
const columnSql = (number) => `ALTER TABLE wide ADD COLUMN c${number} int`;
const sqlOf = (number) => (number === 0 ? tableSql : columnSql(number));

/** Revision files, as compiled JavaScript: what both tools load in production. */
export function writeColumnRevisions(root, count) {
  const versions = join(root, 'migrations', 'versions');
  mkdirSync(versions, { recursive: true });
  writeFileSync(join(root, 'package.json'), '{}');
  for (let number = 0; number < count; number++) {
    const down = number === 0 ? null : idOf(number - 1);
    const call =
      number === 0
        ? `await op.execute(${JSON.stringify(tableSql)});`
        : `await op.addColumn('wide', 'c${number}', 'int');`;
    writeFileSync(
      join(versions, `${idOf(number)}.js`),
      `exports.revision = '${idOf(number)}';
exports.message = 'column ${number}';
exports.downRevision = ${JSON.stringify(down)};
exports.upgrade = async (op) => { ${call} };
exports.downgrade = async () => undefined;
`,
    );
  }
}

/** The same as files of TypeORM's migrations. @returns the pattern that finds them */
export function writeTypeormMigrations(root, count) {
  const folder = join(root, 'typeorm');
  mkdirSync(folder, { recursive: true });
  for (let number = 0; number < count; number++) {
    const name = `Column${1_700_000_000_000 + number}`;
    writeFileSync(
      join(folder, `${name}.js`),
      `exports.${name} = class ${name} {
  async up(queryRunner) { await queryRunner.query(${JSON.stringify(sqlOf(number))}); }
  async down() {}
};
`,
    );
  }
  return join(folder, '*.js');
}
