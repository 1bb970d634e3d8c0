import { readFileSync } from 'node:fs';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { EMPTY_SCHEMA } from '../../schema/schema-model.js';
import { useSpecDatabase, useWorkshop } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
const shop = useWorkshop(database, {
  dialect: postgresDialect,
  namingConvention: {
    ck: 'ck_%(table_name)s_%(constraint_name)s',
    uq: 'uq_%(table_name)s_%(column_0_name)s',
  },
});

const constraints = async (): Promise<readonly string[]> => {
  const { rows } = await database.checker.query<{ name: string }>(
    `SELECT conname AS name FROM pg_constraint WHERE conrelid = 'public.account'::regclass AND contype <> 'n' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
};

it('OP-04: the naming convention of the options names constraints online and in a script, and a drop finds them', async () => {
  shop.put('a1', {
    upgrade: `op.createTable('account', (t: any) => [t.column('id', 'int'), t.unique(['id']), t.check('id > 0', { name: 'positive' })]);`,
    downgrade: `op.dropTable('account');`,
  });
  shop.put('b2', {
    down: 'a1',
    upgrade: `op.dropConstraint('account', 'positive', 'check');`,
    downgrade: `op.createCheckConstraint('account', 'id > 0', { name: op.f('plain') });`,
  });
  await shop.migrator.upgrade('a1');
  expect(await constraints()).toEqual(['ck_account_positive', 'uq_account_id']);
  const { sql } = await shop.migrator.upgrade('a1:b2', { sql: true });
  expect(sql).toContain('DROP CONSTRAINT "ck_account_positive"');
  await shop.migrator.upgrade('head');
  await shop.migrator.downgrade('-1');
  expect(await constraints()).toEqual(['plain', 'uq_account_id']);
});

it('OP-39: a generated revision says names as final, so that the convention is not put around them again', async () => {
  const target = {
    ...EMPTY_SCHEMA,
    tables: [
      {
        schema: null,
        name: 'account',
        columns: [{ name: 'id', type: 'integer', nullable: false }],
        foreignKeys: [],
        uniques: [],
        checks: [{ name: 'CHK_1', expression: 'id > 0' }],
        exclusions: [],
        indexes: [],
      },
    ],
  };
  const migrator = shop.migratorWith({ targetSchema: () => target });
  const { file } = await migrator.revision({ message: 'account', autogenerate: true });
  expect(readFileSync(String(file), 'utf8')).toContain(`{ name: op.f('CHK_1') }`);
  await migrator.upgrade('head');
  expect(await constraints()).toEqual(['CHK_1']);
});
