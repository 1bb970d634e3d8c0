import { existsSync, readFileSync } from 'node:fs';
import { NO_MEMORY } from '../autogenerate/replay-log.js';
import { diffSchema } from '../autogenerate/diff-schema.js';
import type { Connection } from '../dialects/common/connection.js';
import { postgresDialect } from '../dialects/postgres/postgres-dialect.js';
import { MigrationError, isMigrationError } from '../errors/migration-error.js';
import { RevisionGraph } from '../graph/revision-graph.js';
import { describeOperation } from '../operations/operation-definitions.js';
import { renderRevision } from '../render/render-revision.js';
import { EMPTY_SCHEMA } from '../schema/schema-model.js';
import type { SchemaModel } from '../schema/schema-model.js';
import { createMigrator } from './create-migrator.js';
import { connectClient } from './testing/database.fixture.js';
import { errorOf, stateOf } from './testing/migrator.fixture.js';
import { useSpecDatabase, useWorkshop } from './testing/use-workshop.fixture.js';

const database = useSpecDatabase();
const shop = useWorkshop(database, { dialect: postgresDialect });

/** The verbs as plain JavaScript calls them. */
type Untyped = Readonly<
  Record<
    'upgrade' | 'downgrade' | 'plan' | 'stamp' | 'merge' | 'show' | 'edit' | 'rebase' | 'redo',
    (...args: readonly unknown[]) => Promise<unknown>
  >
>;

describe('the engine without Nest', () => {
  it('API-03: works on a session that the caller opens, and closes it', async () => {
    shop.put('a');
    const closed: string[] = [];
    const connect = async (): Promise<Connection> => {
      const session = await connectClient(database.url);
      const close = async (): Promise<void> => {
        closed.push('closed');
        await session.close();
      };
      return { ...session, close, destroy: close };
    };
    await shop.migratorWith({ connect }).upgrade('head');
    expect(await stateOf(database)).toMatchObject({ rows: ['a'] });
    expect(closed).toEqual(['closed']);
  });

  it.each<[string, (migrator: Untyped) => Promise<unknown>, string, string]>([
    ['no target', (of) => of.upgrade(), 'E7013', 'upgrade needs a target'],
    ['null', (of) => of.downgrade(null), 'E7013', 'downgrade needs a target'],
    ['a number', (of) => of.upgrade(3), 'E7007', 'got a value of type number'],
    ['a body', (of) => of.plan({ target: 'head' }), 'E7007', 'got a value of type object'],
    ['one text for a list', (of) => of.stamp('head'), 'E7007', 'a list of targets, and got "head"'],
    ['no list', (of) => of.stamp(), 'E7013', 'stamp needs a target'],
    ['nothing in a list', (of) => of.merge([undefined]), 'E7013', 'merge needs a target'],
    ['nothing to show', (of) => of.show(), 'E7013', 'show needs a target'],
    ['nothing to edit', (of) => of.edit(''), 'E7013', 'edit needs a target'],
    ['nothing to rebase', (of) => of.rebase(), 'E7013', 'rebase needs a target'],
    ['a number to redo', (of) => of.redo(1), 'E7007', 'redo takes a target as a text'],
  ])(
    'what a request sends in place of a target is refused: %s',
    async (_what, call, code, words) => {
      shop.put('a');
      const error = await errorOf(call(shop.migrator as unknown as Untyped));
      expect(error).toMatchObject({ code, message: expect.stringContaining(words) });
      expect((await stateOf(database)).rows).toBeUndefined();
    },
  );

  it('API-06: has a verb for every command, with the options of the command line as members', async () => {
    shop.put('a', { labels: ['one'] });
    shop.put('b', { down: 'a' });
    const { migrator } = shop;
    expect((await migrator.listTemplates()).map(({ name }) => name)).toContain('generic');
    expect((await migrator.upgrade('one@head')).rows).toEqual(['b']);
    expect((await migrator.redo()).rows).toEqual(['b']);
    expect((await migrator.downgrade('-1')).rows).toEqual(['a']);
    expect((await migrator.stamp(['b'], { purge: true })).rows).toEqual(['b']);
    expect((await migrator.current()).isAtHead).toBe(true);
    const written = await migrator.revision({ message: 'more', head: 'a', splice: true });
    expect(written.downRevisions).toEqual(['a']);
    expect((await migrator.checkHeads()).problems).toHaveLength(1);
    expect((await migrator.branches()).map(({ branchPoint }) => branchPoint.id)).toEqual(['a']);
    const merged = await migrator.merge(['heads'], { message: 'together' });
    expect((await migrator.heads()).map(({ id }) => id)).toEqual([merged.revision]);
    expect((await migrator.history({ range: 'b:' })).map(({ id }) => id)).toContain('b');
    expect((await migrator.show('head')).map(({ id }) => id)).toEqual([merged.revision]);
    expect((await migrator.ensureVersion()).created).toBe(false);
  });

  it('API-11: needs no files: revisions, a dialect and a session are enough', async () => {
    const migrator = createMigrator({
      dialect: postgresDialect,
      connect: () => database.connect(),
      revisions: [
        { revision: 'a', upgrade: () => undefined, downgrade: () => undefined },
        { revision: 'b', downRevision: 'a', upgrade: () => undefined, downgrade: () => undefined },
      ],
    });
    await migrator.upgrade('head');
    expect((await migrator.current()).rows).toEqual(['b']);
    await migrator.stamp(['a']);
    expect((await migrator.current()).rows).toEqual(['a']);
    await migrator.downgrade('base');
    expect((await migrator.current()).rows).toEqual([]);
    const withoutSession = { dialect: postgresDialect } as Parameters<typeof createMigrator>[0];
    expect(() => createMigrator(withoutSession)).toThrow(
      expect.objectContaining({ code: 'E9002' }),
    );
  });

  it('API-13: compares two models, tells the operations, and writes them as a revision', () => {
    const target: SchemaModel = {
      ...EMPTY_SCHEMA,
      tables: [
        {
          schema: null,
          name: 'account',
          columns: [{ name: 'id', type: 'bigint', nullable: false }],
          foreignKeys: [],
          uniques: [],
          checks: [],
          exclusions: [],
          indexes: [],
        },
      ],
    };
    const { operations } = diffSchema({
      current: EMPTY_SCHEMA,
      target,
      memory: NO_MEMORY,
      dialect: postgresDialect,
      allowDestructive: false,
    });
    expect(operations.map(describeOperation)).toEqual(['create table account']);
    const text = renderRevision(
      {
        revision: 'a1',
        message: 'add accounts',
        downRevisions: [],
        branchLabels: [],
        dependsOn: [],
        createdAt: '2026-11-20T14:32:05Z',
        importSource: '@nest-alembic/core',
        upgrade: operations,
        downgrade: { operations: [], irreversible: [] },
      },
      postgresDialect.quoting,
    );
    expect(text).toContain("op.createTable('account', (t) => [");
  });

  it('API-15: every expected failure is a MigrationError, told apart by its code and its facts', async () => {
    shop.put('a');
    shop.put('b', { down: 'a' });
    shop.put('c', { down: 'a' });
    const failures = {
      severalHeads: await errorOf(shop.migrator.upgrade('head')),
      unknownTarget: await errorOf(shop.migrator.upgrade('nothing')),
      notAncestor: await errorOf(shop.migrator.downgrade('b')),
      notAtHead: await errorOf(shop.migrator.current({ checkHeads: true })),
    };
    for (const error of Object.values(failures)) {
      expect(isMigrationError(error) && error instanceof MigrationError).toBe(true);
    }
    expect(failures).toMatchObject({
      severalHeads: { code: 'E1007', facts: { heads: ['b', 'c'] } },
      unknownTarget: { code: 'E1017', facts: { target: 'nothing' } },
      notAncestor: { code: 'E1015', facts: { target: 'b', current: [] } },
      notAtHead: { code: 'E4014' },
    });
    const loop = { id: 'x', downRevisions: ['x'], dependsOn: [], branchLabels: [], message: '' };
    expect(() => RevisionGraph.build([loop])).toThrow(expect.objectContaining({ code: 'E1004' }));
  });

  it('CLI-45: a file that was written is there, whole, before the verb returns', async () => {
    const { file } = await shop.migrator.revision({ message: 'first' });
    expect(existsSync(String(file)) && readFileSync(String(file), 'utf8')).toContain("'first'");
  });
});
