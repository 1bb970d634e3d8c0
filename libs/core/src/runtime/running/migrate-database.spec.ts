import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { connectClient } from '../testing/database.fixture.js';
import { counting, errorOf, reset, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase, useWorkshop } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
const shop = useWorkshop(database, { dialect: postgresDialect });

const chain = (...ids: string[]): void =>
  ids.forEach((id, at) => shop.put(id, { down: ids[at - 1] ?? null }));

describe('upgrade and downgrade', () => {
  it('go up to head and back to base, each revision in its transaction with rows and log', async () => {
    chain('a1', 'b2', 'c3');
    const up = await shop.migrator.upgrade('head');
    expect(up.rows).toEqual(['c3']);
    expect(up.steps.map(({ revision }) => revision?.id)).toEqual(['a1', 'b2', 'c3']);
    expect(await stateOf(database)).toMatchObject({
      rows: ['c3'],
      tables: ['t_a1', 't_b2', 't_c3'],
      log: ['upgrade a1', 'upgrade b2', 'upgrade c3'],
    });
    const down = await shop.migrator.downgrade('-1');
    expect(down.rows).toEqual(['b2']);
    await shop.migrator.downgrade('base');
    expect(await stateOf(database)).toMatchObject({ rows: [], tables: [] });
  });

  it('CLI-54, CLI-58: do nothing where there is nothing to do', async () => {
    chain('a1', 'b2');
    expect((await shop.migrator.downgrade('base')).steps).toEqual([]);
    expect((await stateOf(database)).rows).toBeUndefined();
    await shop.migrator.upgrade('head');
    expect((await shop.migrator.upgrade('a1')).steps).toEqual([]);
    expect((await shop.migrator.downgrade('b2')).steps).toEqual([]);
    expect((await stateOf(database)).rows).toEqual(['b2']);
  });

  it('REV-45, LIM-11: -1 from several current revisions takes the first in order, and says so once', async () => {
    chain('a1', 'b2');
    shop.put('c2', { down: 'a1' });
    await shop.migrator.upgrade('c2');
    await shop.migrator.upgrade('b2');
    shop.events.length = 0;
    expect((await shop.migrator.downgrade('-1')).rows).toEqual(['c2']);
    const warnings = shop.events.filter(({ type }) => type === 'warning');
    expect(warnings).toEqual([
      { type: 'warning', message: expect.stringMatching(/ambiguous: "b2" is taken/) },
    ]);
  });

  it('cost one query and no lock at head', async () => {
    chain('a1');
    await shop.migrator.upgrade('head');
    const trips: string[] = [];
    const migrator = shop.migratorWith({
      connect: async () => counting(await connectClient(database.url), (sql) => trips.push(sql)),
    });
    await migrator.upgrade('heads');
    expect(trips).toHaveLength(1);
    expect(await migrator.isAtHead()).toBe(true);
    expect(trips).toHaveLength(2);
  });

  it('cost three round trips for a revision with one statement, one for each more, the checks together with what they protect', async () => {
    chain('a1');
    await shop.migrator.upgrade('head');
    const trips: string[] = [];
    const connect = async () =>
      counting(await connectClient(database.url), (sql) => trips.push(sql));
    shop.put('b2', { down: 'a1' });
    await shop.migratorWith({ connect }).upgrade('head');
    expect(trips).toEqual([
      expect.stringMatching(/alembic_version/),
      expect.stringMatching(/pg_try_advisory_lock/),
      expect.stringMatching(
        /^BEGIN[^]*FOR UPDATE[^]*CREATE TABLE "t_b2"[^]*SET version_num = 'b2'[^]*COMMIT\n;\nRESET[^]*SELECT pg_advisory_unlock/,
      ),
    ]);
    trips.length = 0;
    shop.put('c3', { down: 'b2' });
    shop.put('d4', { down: 'c3' });
    await shop.migratorWith({ connect }).upgrade('head');
    expect(trips).toHaveLength(4);
  });

  it('tell what happens in events, and go on when a listener throws', async () => {
    chain('a1', 'b2');
    const migrator = shop.migratorWith({
      onEvent: (event) => {
        shop.events.push(event);
        throw new Error('listener');
      },
    });
    await migrator.upgrade('head');
    expect(shop.events.map(({ type }) => type)).toEqual([
      'lockAcquired',
      'planStarted',
      'stepStarted',
      'statementExecuted',
      'stepFinished',
      'stepStarted',
      'statementExecuted',
      'stepFinished',
    ]);
    expect(shop.events[5]).toMatchObject({ index: 1, count: 2, step: { revision: { id: 'b2' } } });
    expect(shop.events[3]).toMatchObject({ revision: 'a1', sql: expect.stringContaining('t_a1') });
  });

  it('VT-06 to VT-10: keep one row for each tip across branches and merges', async () => {
    shop.put('base1');
    shop.put('left', { down: 'base1' });
    shop.put('right', { down: 'base1' });
    shop.put('merge', { down: ['left', 'right'] });
    await shop.migrator.upgrade('left');
    await shop.migrator.upgrade('right');
    expect((await stateOf(database)).rows).toEqual(['left', 'right']);
    await shop.migrator.upgrade('heads');
    expect((await stateOf(database)).rows).toEqual(['merge']);
    await shop.migrator.downgrade('left');
    expect((await stateOf(database)).rows).toEqual(['left', 'right']);
    await shop.migrator.downgrade('base');
    expect(await stateOf(database)).toMatchObject({ rows: [], tables: [] });
  });

  it('hand the revision its context', async () => {
    shop.put('a1', {
      upgrade: `
        op.createTable('t', (t: any) => [t.column('id', 'int')]);
        op.bulkInsert('t', [{ id: 7 }]);
        const rows = await ctx.query('SELECT id FROM t WHERE id > $1', [3]);
        op.execute("INSERT INTO t VALUES (" + (rows[0].id + 1) + ")");
        op.execute("COMMENT ON TABLE t IS '" + [ctx.revision, ctx.direction, ctx.dialect, ctx.x.tenant].join(' ') + "'");`,
    });
    await shop.migratorWith({ x: { tenant: 'acme' } }).upgrade('head');
    const { rows } = await database.checker.query(
      `SELECT array_agg(id ORDER BY id) AS ids, obj_description('t'::regclass) AS comment FROM t`,
    );
    expect(rows).toEqual([{ ids: [7, 8], comment: 'a1 upgrade postgres acme' }]);
  });

  it('put the objects of each revision where the session puts them, though one before has set another search path', async () => {
    shop.put('a', { upgrade: `await op.execute("SELECT set_config('search_path', '', false)");` });
    shop.put('b', { down: 'a' });
    await shop.migrator.upgrade('head');
    expect(await stateOf(database)).toMatchObject({ rows: ['b'], tables: ['t_b'] });
  });

  it('D17: run what was not awaited, also in a helper', async () => {
    shop.put('a1', {
      upgrade: `
        op.createTable('one', (t: any) => [t.column('id', 'int')]);
        const helper = async () => {
          await op.createTable('two', (t: any) => [t.column('id', 'int')]);
          await op.createTable('three', (t: any) => [t.column('id', 'int')]);
        };
        helper();`,
    });
    await shop.migrator.upgrade('head');
    expect((await stateOf(database)).tables).toEqual(['one', 'three', 'two']);
  });

  it('D8: remember in the log what was made, by whom, from which file', async () => {
    const file = shop.put('a1', {
      message: "it's",
      upgrade: `await op.createTable('account', (t: any) => [t.column('id', 'int')], { entity: 'Account' });`,
    });
    await shop.migrator.upgrade('head');
    const { rows } = await database.checker.query(
      `SELECT message, checksum, version_nums, objects, applied_by, tool_version FROM alembic_version_log`,
    );
    const { createHash } = await import('node:crypto');
    const { readFileSync } = await import('node:fs');
    expect(rows).toEqual([
      {
        message: "it's",
        checksum: createHash('sha256').update(readFileSync(file)).digest('hex'),
        version_nums: ['a1'],
        objects: expect.arrayContaining([
          { kind: 'table', name: 'account', action: 'made', entity: 'Account', schema: null },
          expect.objectContaining({ kind: 'column', name: 'id', property: 'id' }),
        ]),
        applied_by: expect.stringContaining('@'),
        tool_version: '0.1.0',
      },
    ]);
  });

  it('run revisions that were handed in as modules', async () => {
    const migrator = shop.migratorWith({
      versionLocations: ['/no/such/folder'],
      revisions: [
        {
          revision: 'm1',
          upgrade: (op: { execute(sql: string): void }) => op.execute('CREATE TABLE m (id int)'),
          downgrade: (op: { execute(sql: string): void }) => op.execute('DROP TABLE m'),
        },
      ],
    });
    expect((await migrator.upgrade('head')).rows).toEqual(['m1']);
    expect((await stateOf(database)).tables).toEqual(['m']);
    await migrator.downgrade('base');
    expect((await stateOf(database)).tables).toEqual([]);
  });

  it("D3: run an environment's own function of a multi-database revision", async () => {
    writeFileSync(
      join(shop.versions, 'a1.ts'),
      `export const revision = 'a1';
       export const downRevision = null;
       export const upgrades = { billing: (op: any) => op.execute('CREATE TABLE bill (id int)') };`,
    );
    await shop.migratorWith({ name: 'other' }).upgrade('head');
    expect(await stateOf(database)).toMatchObject({ rows: ['a1'], tables: [] });
    await reset(database);
    await shop.migratorWith({ name: 'billing' }).upgrade('head');
    expect((await stateOf(database)).tables).toEqual(['bill']);
  });

  it("transaction = 'none': commits each statement, and the version row at the end", async () => {
    chain('a1');
    shop.put('b2', {
      down: 'a1',
      more: `export const transaction = 'none';`,
      upgrade: `await op.createIndex('ix', 't_a1', ['id'], { concurrently: true });`,
    });
    await shop.migrator.upgrade('head');
    expect(await stateOf(database)).toMatchObject({
      rows: ['b2'],
      log: ['upgrade a1', 'upgrade b2'],
    });
    const { rows } = await database.checker.query(
      `SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix'::regclass`,
    );
    expect(rows).toEqual([{ indisvalid: true }]);
  });

  it("transaction = 'none': a failure says that earlier statements have happened", async () => {
    shop.put('a1', {
      more: `export const transaction = 'none';`,
      upgrade: `op.execute('CREATE TABLE kept (id int)'); op.execute('SELECT 1/0');`,
    });
    const error = await errorOf(shop.migrator.upgrade('head'));
    expect(error).toMatchObject({
      code: 'E6003',
      advice: expect.stringContaining('have happened'),
    });
    expect(await stateOf(database)).toMatchObject({ rows: [], tables: ['kept'] });
  });
});
