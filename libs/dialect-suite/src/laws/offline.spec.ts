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

interface CallPlace {
  readonly id: string;
  readonly kind: number;
  readonly name: string;
}

/** A table of its own with what belongs to one, so that calls do not depend on each other. */
const callFor = ({ dialect }: TestedDialect, { id, kind, name }: CallPlace): Call => {
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
      op.execute(`DELETE FROM ${dialect.quoting.identifier(table)} WHERE id = 2 -- ${name}`),
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
    (op) => [
      op.createView(`stored ${id}`, 'SELECT 1 AS a', { materialized: true, comment: name }),
      op.createIndex(`ix ${id}`, `stored ${id}`, ['a'], { unique: true }),
      op.refreshView(`stored ${id}`, { concurrently: true }),
      op.renameView(`stored ${id}`, `kept ${id}`, { materialized: true }),
    ],
    (op) => [
      op.createTable(table, (t) => [t.column('at', 'text')], {
        partitionBy: { strategy: 'list', columns: ['at'] },
      }),
      op.createPartition(`part ${id}`, table, { in: [name] }),
      op.createPartition(`rest ${id}`, table, { in: ['rest'] }),
      op.detachPartition(`rest ${id}`, table, { concurrently: true }),
      op.bulkInsert(table, [{ at: name }]),
    ],
    (op) => [
      make(op),
      op.addColumn(table, 'size', 'int', { generated: 'length(note)' }),
      op.alterColumn(
        table,
        'size',
        { type: 'int', generated: `length(note || '$$')` },
        { from: { type: 'int', generated: 'length(note)' } },
      ),
      op.alterColumn(table, 'note', { nullable: false, comment: name }),
      op.createCheckConstraint(table, `note <> '--'`, { name: `ck ${id}`, notValid: true }),
      op.validateConstraint(table, `ck ${id}`, 'check'),
    ],
    (op) => [
      make(op),
      op.createFunction(`f ${id}`, '', FUNCTION, { comment: name }),
      op.createTrigger(`tr ${id}`, table, {
        timing: 'before',
        events: ['update'],
        forEach: 'row',
        execute: `"f ${id}"()`,
      }),
      op.setTriggerState(`tr ${id}`, table, 'disabled'),
      op.createPolicy(`po ${id}`, table, { using: `note = ${op.inlineLiteral(name).sql}` }),
      op.setRowSecurity(table, { enabled: true }),
    ],
    (op) => [
      op.createSchema(`schema ${id}`),
      op.createDomain(`domain ${id}`, 'text', { default: name, schema: `schema ${id}` }),
      op.createSequence(`sequence ${id}`, { comment: name }),
      op.setSchema('sequence', `sequence ${id}`, `schema ${id}`),
    ],
  ];
  return { words: `${kind} ${table}`, run: kinds[kind % kinds.length] ?? make };
};

/** As people write it: with statements of its own, and a text that looks like the end. */
const FUNCTION = `RETURNS trigger LANGUAGE plpgsql AS $f$
  -- it's; $$ not the end
  BEGIN NEW.note := ';'; RETURN NEW; END; $f$`;

/** Those of the kinds above that leave the transaction. */
const LEAVING = [1, 2, 4, 8];
const KINDS = Array.from({ length: 12 }, (_, kind) => kind);
/** Those that need no more than tables. */
const PLAIN = [0, 3, 4, 5];

const kindsOf = ({ dialect }: TestedDialect): readonly number[] =>
  dialect.capabilities.enumTypes ? KINDS : PLAIN;
const stayingOf = (tested: TestedDialect): readonly number[] =>
  kindsOf(tested).filter((kind) => !LEAVING.includes(kind));

/** Up to four revisions, with up to four calls each. */
const revisionsOf = (
  tested: TestedDialect,
  kinds: readonly number[],
): fc.Arbitrary<readonly (readonly Call[])[]> =>
  fc
    .array(fc.array(fc.tuple(fc.constantFrom(...kinds), names), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((all) =>
      all.map((calls, at) =>
        calls.map(([kind, name], place) => callFor(tested, { id: `${at}${place}`, kind, name })),
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
    let ran: TestDatabase;
    let scripted: TestDatabase;
    beforeAll(async () => {
      [ran, scripted] = await Promise.all([tested.createDatabase(), tested.createDatabase()]);
    });
    afterAll(() => Promise.all([ran.drop(), scripted.drop()]));

    const emptied = async (database: TestDatabase): Promise<TestDatabase> => {
      const connection = await database.connect();
      await tested.empty(connection);
      await connection.close();
      return database;
    };
    const migrator = (database: TestDatabase, all: readonly (readonly Call[])[]): Migrator =>
      createMigrator({
        dialect: tested.dialect,
        connect: () => database.connect(),
        versionLocations: ['/nowhere'],
        revisions: modulesOf(all),
      });

    it('for random revisions, with parts outside of a transaction', async () => {
      await fc.assert(
        fc.asyncProperty(revisionsOf(tested, kindsOf(tested)), async (all) => {
          await migrator(await emptied(ran), all).upgrade('head');
          const { sql = '' } = await migrator(scripted, all).upgrade('head', { sql: true });
          await tested.runScript(await emptied(scripted), sql);
          expect(await judge(tested, scripted)).toEqual(await judge(tested, ran));
        }),
        { numRuns: tested.canGuardScripts ? 15 : 8 },
      );
    }, 180_000);

    it.each([
      ['further on', 'r1', 'head', 'base'],
      ['not that far', 'r0', 'r1:r2', 'r1'],
      ['further on than the beginning', 'r1', 'r0:r2', 'r0'],
    ])(
      'a script stops on a database that is %s, with nothing changed',
      async (_where, at, range, beginning) => {
        const all = ['00', '01', '02'].map((id) => [callFor(tested, { id, kind: 0, name: 'a' })]);
        const place = migrator(await emptied(scripted), all);
        await place.upgrade(at);
        const before = await judge(tested, scripted);
        const { sql = '' } = await place.upgrade(range, { sql: true });
        const words = `this script begins at ${beginning}; the database is elsewhere`;
        await expect(tested.runScript(scripted, sql)).rejects.toThrow(words);
        expect(await judge(tested, scripted)).toEqual(before);
      },
      60_000,
    );

    if (!tested.canGuardScripts) {
      it('refuses --idempotent where a statement cannot depend on a condition', async () => {
        const refused = migrator(scripted, [
          [callFor(tested, { id: '00', kind: 0, name: 'plain' })],
        ]).upgrade('head', {
          sql: true,
          idempotent: true,
        });
        await expect(refused).rejects.toMatchObject({ code: 'E3012' });
      });
      return;
    }

    it('with --idempotent: of a database that is on its way it does what is left, and then nothing', async () => {
      await fc.assert(
        fc.asyncProperty(revisionsOf(tested, stayingOf(tested)), async (all) => {
          await migrator(await emptied(ran), all).upgrade('head');
          const expected = await judge(tested, ran);
          const guarded = migrator(await emptied(scripted), all);
          const { sql = '' } = await guarded.upgrade('head', { sql: true, idempotent: true });
          await guarded.upgrade('r0');
          for (let times = 0; times < 2; times += 1) {
            await tested.runScript(scripted, sql);
            expect(await judge(tested, scripted)).toEqual(expected);
          }
        }),
        { numRuns: 8 },
      );
    }, 180_000);
  },
);
