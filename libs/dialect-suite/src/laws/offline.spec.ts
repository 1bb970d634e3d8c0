import * as fc from 'fast-check';
import { createMigrator } from '@nest-alembic/core';
import type { Migrator, Operations, RevisionModule } from '@nest-alembic/core';
import type { TestDatabase } from '@nest-alembic/testing';
import { TESTED_DIALECTS } from '../tested-dialects.js';
import type { TestedDialect } from '../tested-dialects.js';

/** What one call of `op` does in a random revision: each is possible whatever came before it. */
interface Call {
  readonly words: string;
  readonly run: (op: Operations) => unknown;
}

/** Names that need care in a script as well as on the wire. */
const names = fc.constantFrom(
  'plain',
  'Mixed "quotes"',
  "it's",
  'semi;colon',
  '--dash',
  '$1',
  ':x',
);

/** A table of its own with what belongs to one, so that calls do not depend on each other. */
const callFor = (id: string, kind: number, name: string): Call => {
  const table = `${name} ${id}`;
  const make = (op: Operations): unknown =>
    op.createTable(table, (t) => [
      t.column('id', 'int', { nullable: false }),
      t.column('note', 'text', { default: `${name}\\ $alembic$` }),
      t.primaryKey(['id'], { name: `pk ${id}` }),
    ]);
  const kinds: readonly ((op: Operations) => unknown)[] = [
    make,
    (op) => [make(op), op.createIndex(`ix ${id}`, table, ['note'], { concurrently: true })],
    (op) => [
      op.createEnum(`type ${id}`, ['a']),
      op.alterEnum(`type ${id}`, ['a'], ['a', name]),
      op.createTable(table, (t) => [t.column('v', `"type ${id}"`, { default: name })]),
      op.bulkInsert(table, [{ v: name }]),
    ],
    (op) => [
      make(op),
      op.bulkInsert(table, [
        { id: 1, note: name },
        { id: 2, note: null },
      ]),
      op.execute(`DELETE FROM "${table.replaceAll('"', '""')}" WHERE id = 2 -- ${name}`),
    ],
    (op) =>
      op.autocommitBlock(async () => {
        await make(op);
        void op.addColumn(table, `more ${id}`, 'numeric(10,2)', { default: 1.5 });
      }),
    (op) => [make(op), op.renameTable(table, `${table} renamed`)],
    (op) => [
      op.execute('SELECT :name, :number', { name, number: -1 }),
      op.execute(`CREATE VIEW "view ${id}" AS SELECT ';' AS a, $$ ; $$ AS b`),
    ],
  ];
  return { words: `${kind} ${table}`, run: kinds[kind % kinds.length] ?? make };
};

const revisions: fc.Arbitrary<readonly (readonly Call[])[]> = fc
  .array(
    fc.record({
      calls: fc.array(fc.tuple(fc.nat(6), names), { minLength: 1, maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((all) =>
    all.map(({ calls }, at) =>
      calls.map(([kind, name], place) => callFor(`${at}${place}`, kind, name)),
    ),
  );

const modulesOf = (all: readonly (readonly Call[])[]): readonly RevisionModule[] =>
  all.map((calls, at) => ({
    revision: `r${at}`,
    downRevision: at === 0 ? null : `r${at - 1}`,
    message: calls.map(({ words }) => words).join('\n'),
    upgrade: (op: Operations) => calls.forEach(({ run }) => void run(op)),
  }));

/** The judges' view of the schema, the version rows, and the rows of the log that say what was done. */
async function judge(tested: TestedDialect, database: TestDatabase): Promise<unknown> {
  const connection = await database.connect();
  try {
    const rows = async (sql: string) => (await connection.query(sql)).rows;
    return {
      fingerprint: await tested.fingerprint(connection),
      dump: await tested.dump(database.url),
      version: await rows('SELECT version_num FROM alembic_version'),
      log: await rows(
        'SELECT revision, direction, version_nums, message, objects FROM alembic_version_log ORDER BY id',
      ),
    };
  } finally {
    await connection.close();
  }
}

describe.each(TESTED_DIALECTS.map((tested) => [tested.name, tested] as const))(
  'law 5 on %s: a script of the engine gives what its run gives',
  (_, tested) => {
    it('for random revisions, with parts outside of a transaction', async () => {
      await fc.assert(
        fc.asyncProperty(revisions, async (all) => {
          const [ran, scripted] = await Promise.all([
            tested.createDatabase(),
            tested.createDatabase(),
          ]);
          try {
            const migrator = (database: TestDatabase): Migrator =>
              createMigrator({
                dialect: tested.dialect,
                connect: () => database.connect(),
                versionLocations: ['/nowhere'],
                revisions: modulesOf(all),
              });
            await migrator(ran).upgrade('head');
            const { sql = '' } = await migrator(scripted).upgrade('head', { sql: true });
            await tested.runScript(scripted, sql);
            expect(await judge(tested, scripted)).toEqual(await judge(tested, ran));
          } finally {
            await Promise.all([ran.drop(), scripted.drop()]);
          }
        }),
        { numRuns: 15 },
      );
    }, 120_000);
  },
);
