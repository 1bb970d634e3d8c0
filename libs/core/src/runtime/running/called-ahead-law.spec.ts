import fc from 'fast-check';
import { isMigrationError } from '../../errors/migration-error.js';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { reset, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase, useWorkshop } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
const shop = useWorkshop(database, { dialect: postgresDialect });

/** What a revision may say: only `op`, parts that leave the transaction, SQL, code of its own. */
const UPGRADES = [
  `await op.createTable('t_ID', (t: any) => [t.column('id', 'int')]);`,
  `await op.addColumn('t', 'c_ID', 'int');`,
  `await op.addColumn('t', 'd_ID', 'int'); await op.createIndex('i_ID', 't', ['d_ID'], { concurrently: true });`,
  `await op.execute('INSERT INTO t VALUES (1)');`,
  `await op.execute('INSERT INTO t VALUES (:n)', { n: 2 });`,
  `await op.bulkInsert('t', [{ id: 3 }, { id: 4 }]);`,
  `await op.alterEnum('mood', { add: ['l_ID'] }); await op.execute(\`INSERT INTO u VALUES ('l_ID')\`);`,
  `const { length } = await ctx.query('SELECT 1 FROM t'); await op.addColumn('t', 'e_ID', 'int'); if (length > 90) throw new Error('many');`,
  ``,
];

/** What the server, the directive or its own code refuses. */
const MISTAKES = [
  `await op.addColumn('t', 'id', 'int');`,
  `await op.addColumn('t', 'f_ID', 'int', { nope: 1 });`,
  `await op.addColumn('t', 'g_ID', 'int'); throw new Error('by itself');`,
];

const FIRST = `await op.createTable('t', (t: any) => [t.column('id', 'int')]);
  await op.createEnum('mood', ['sad']); await op.createTable('u', (t: any) => [t.column('m', 'mood')]);`;

const histories = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...UPGRADES) },
    { weight: 1, arbitrary: fc.constantFrom(...MISTAKES) },
  ),
  { minLength: 2, maxLength: 7 },
);

const columnsAndRows = async (): Promise<unknown> => {
  const { rows } = await database.checker.query(
    `SELECT
       ARRAY(SELECT (table_name || '.' || column_name)::text FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name NOT LIKE 'alembic%' ORDER BY 1) AS columns,
       ARRAY(SELECT indexname::text FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1) AS indexes,
       ARRAY(SELECT id FROM t ORDER BY 1) AS t, ARRAY(SELECT m::text FROM u ORDER BY 1) AS u`,
  );
  return rows[0];
};

/** Runs an upgrade. @returns what the database is then, and the error */
async function outcomeOf(upgrade: () => Promise<unknown>): Promise<unknown> {
  await reset(database);
  const error: unknown = await upgrade().then(
    () => undefined,
    (failure: unknown) => failure,
  );
  const told = isMigrationError(error) ? [error.code, error.facts['revision']] : error;
  return { told, state: await stateOf(database), content: await columnsAndRows() };
}

it('a run ends as its revisions do one by one, whatever they say (ADR 0014)', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const ids = history.map((_, at) => `r${at + 1}`);
      shop.put('r0', { upgrade: FIRST });
      history.forEach((upgrade, at) =>
        shop.put(`r${at + 1}`, { down: `r${at}`, upgrade: upgrade.replaceAll('ID', `${at}`) }),
      );
      const together = await outcomeOf(() => shop.migrator.upgrade(`r${history.length}`));
      const oneByOne = await outcomeOf(async () => {
        for (const id of ['r0', ...ids]) await shop.migrator.upgrade(id);
      });
      expect(together).toEqual(oneByOne);
    }),
    { numRuns: 15 },
  );
}, 120_000);
