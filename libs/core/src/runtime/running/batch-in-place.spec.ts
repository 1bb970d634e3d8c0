import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { SpecDatabase } from '../testing/database.fixture.js';
import { createSpecDatabase } from '../testing/database.fixture.js';
import type { Workshop } from '../testing/migrator.fixture.js';
import { createWorkshop } from '../testing/migrator.fixture.js';

let database: SpecDatabase;
let workshop: Workshop;

beforeAll(async () => {
  database = await createSpecDatabase();
});

afterAll(() => database.drop());

beforeEach(() => {
  workshop = createWorkshop(database, { dialect: postgresDialect });
});

afterEach(() => workshop.remove());

const statements = (): readonly string[] =>
  workshop.events.flatMap((event) => (event.type === 'statementExecuted' ? [event.sql] : []));

it('BATCH-07: the changes of a batch run one after the other, each as it needs to', async () => {
  workshop.put('aaaaaaaaaaaa', {
    upgrade: `
  await op.createTable('t', (t: any) => [t.column('a', 'int'), t.column('b', 'text')]);
  await op.execute("INSERT INTO t VALUES (NULL, 'x')");`,
    downgrade: `await op.dropTable('t');`,
  });
  workshop.put('bbbbbbbbbbbb', {
    down: 'aaaaaaaaaaaa',
    upgrade: `
  await op.batchAlterTable('t', { partialReordering: [['b', 'a']] }, (batch: any) => {
    batch.addColumn('n', 'int', { default: 1 });
    batch.createIndex('ix_n', ['n'], { concurrently: true });
    batch.alterColumn('a', { nullable: false });
  });`,
    downgrade: `await op.dropColumn('t', 'n');`,
  });
  await workshop.migrator.upgrade('aaaaaaaaaaaa');
  const { steps } = await workshop.migrator.plan('head', { checkData: true });
  expect(steps[0]).toMatchObject({
    operations: [
      { kind: 'addColumn', leaves: false },
      { kind: 'createIndex', leaves: true },
      { kind: 'alterColumn', leaves: false },
    ],
    rowsInTheWay: [{ rows: 1 }],
  });
  await database.checker.query('UPDATE t SET a = 1');
  workshop.events.length = 0;
  await workshop.migrator.upgrade('head');
  expect(statements()).toEqual([
    'ALTER TABLE "t" ADD COLUMN "n" int DEFAULT 1',
    'CREATE INDEX CONCURRENTLY "ix_n" ON "t" ("n")',
    'ALTER TABLE "t" ALTER COLUMN "a" SET NOT NULL',
  ]);
});

it('BATCH-08: what only a new table can do is refused before anything runs', async () => {
  for (const [options, change] of [
    [`{ recreate: 'always' }`, `batch.addColumn('x', 'int')`],
    [`{}`, `batch.addColumn('x', 'int', { insertBefore: 'id' })`],
  ]) {
    workshop.put('cccccccccccc', {
      upgrade: `
  await op.createTable('u', (t: any) => [t.column('id', 'int')]);
  await op.batchAlterTable('u', ${options ?? ''}, (batch: any) => { ${change ?? ''}; });`,
    });
    await expect(
      workshop.migratorWith({ versionTable: 'other_version' }).upgrade('head'),
    ).rejects.toMatchObject({ code: 'E3012' });
  }
});
