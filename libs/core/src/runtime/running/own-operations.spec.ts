import { readFileSync, readdirSync } from 'node:fs';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { applyOperation, effectsOf } from '../../operations/operation-definitions.js';
import type { Operation } from '../../operations/operation.js';
import { argument } from '../../operations/own/argument.js';
import { defineOperation } from '../../operations/own/define-operation.js';
import { replaceOperation } from '../../operations/own/replace-operation.js';
import { errorOf, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase, useWorkshop } from '../testing/use-workshop.fixture.js';

const setLimit = defineOperation({
  name: 'setLimit',
  parameters: [
    ['table', argument.name],
    ['rows', argument.number],
  ],
  describe: ({ table, rows }) => `limit ${table} to ${rows} rows`,
  reverse: ({ table }): Operation => liftLimit.of({ table }),
  touches: ({ table }) => [{ schema: null, name: table, part: 'limit' }],
  compile: ({ table, rows }, { qualified, literal }) => [
    `CREATE TABLE IF NOT EXISTS limits (name text PRIMARY KEY, rows int); INSERT INTO limits VALUES (${literal(table)}, ${rows})`,
    `ALTER TABLE ${qualified({ schema: null, name: table })} SET (fillfactor = 50)`,
  ],
});
const liftLimit = defineOperation({
  name: 'liftLimit',
  parameters: [['table', argument.name]],
  describe: ({ table }) => `lift the limit of ${table}`,
  isDestructive: true,
  touches: ({ table }) => [{ schema: null, name: table, part: 'limit' }],
  compile: ({ table }, { literal }) => `DELETE FROM limits WHERE name = ${literal(table)}`,
});
const vacuum = defineOperation({
  name: 'vacuum',
  parameters: [['table', argument.name]],
  describe: ({ table }) => `vacuum ${table}`,
  transactionClass: 'autocommit',
  touches: () => [],
  compile: ({ table }, { identifier }) => `VACUUM ${identifier(table)}`,
});
const turnover = defineOperation({
  name: 'turnover',
  parameters: [],
  describe: () => 'make the turnover view',
  effects: () => effectsOf(view),
  apply: (_, model) => applyOperation(view, model),
  compile: (_, { compile }) => compile(view),
});
const view: Operation = {
  kind: 'createView',
  view: {
    schema: null,
    name: 'turnover',
    definition: 'SELECT 1 AS total',
    materialized: false,
    dependsOn: [],
    indexes: [],
  },
};
const commits = defineOperation({
  name: 'commits',
  parameters: [],
  describe: () => 'commit',
  compile: () => 'COMMIT; SELECT 1',
});
const operations = [setLimit, liftLimit, vacuum, turnover, commits];

const database = useSpecDatabase();
const shop = useWorkshop(database, { dialect: postgresDialect, operations });

const limits = async (): Promise<readonly unknown[]> =>
  (await database.checker.query('SELECT name, rows FROM limits ORDER BY 1')).rows;

function putLimited(more: { readonly upgrade?: string } = {}): void {
  shop.put('a1');
  shop.put('b2', {
    down: 'a1',
    upgrade: more.upgrade ?? `await op.setLimit('t_a1', 5);`,
    downgrade: `await op.liftLimit('t_a1');`,
  });
}

describe('an operation of the app in a revision', () => {
  it('OPX-08, SCN-69: runs and is undone in the transaction of the revision', async () => {
    putLimited();
    await shop.migrator.upgrade('head');
    expect(await limits()).toEqual([{ name: 't_a1', rows: 5 }]);
    const sent = shop.events.flatMap((event) =>
      event.type === 'statementExecuted' && event.revision === 'b2' ? [event.sql] : [],
    );
    expect(sent).toEqual([
      'CREATE TABLE IF NOT EXISTS limits (name text PRIMARY KEY, rows int)',
      expect.stringMatching(/^INSERT INTO limits VALUES/),
      'ALTER TABLE "t_a1" SET (fillfactor = 50)',
    ]);
    await shop.migrator.downgrade('a1');
    expect(await limits()).toEqual([]);
  });

  it('is rolled back as a whole with a revision that fails', async () => {
    putLimited({ upgrade: `op.setLimit('t_a1', 5); await op.execute('SELECT 1 / 0');` });
    expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({ code: 'E6003' });
    expect((await stateOf(database)).tables).toEqual(['t_a1']);
  });

  it('is written in a script, and planned, with its words and what it can lose', async () => {
    putLimited();
    const { sql } = await shop.migrator.upgrade('head', { sql: true });
    expect(sql).toContain(`INSERT INTO limits VALUES ('t_a1', 5);\n`);
    const up = await shop.migrator.plan('head');
    expect(up.steps[1]?.operations).toEqual([
      {
        kind: 'setLimit',
        words: 'limit t_a1 to 5 rows',
        statements: expect.arrayContaining(['ALTER TABLE "t_a1" SET (fillfactor = 50)']) as unknown,
        destructive: false,
        leaves: false,
      },
    ]);
    await shop.migrator.upgrade('head');
    const down = await shop.migrator.plan('a1', { direction: 'downgrade' });
    expect(down.steps[0]?.operations).toMatchObject([{ kind: 'liftLimit', destructive: true }]);
  });

  it('leaves the transaction where it says so, and where it stands in a part outside of it', async () => {
    putLimited({
      upgrade: `await op.setLimit('t_a1', 5); await op.vacuum('t_a1');
        await op.autocommitBlock(async () => { await op.setLimit('x_t', 6).catch(() => 0); });`,
    });
    const { steps } = await shop.migrator.plan('head');
    expect(steps[1]?.operations.map(({ kind, leaves }) => [kind, leaves])).toEqual([
      ['setLimit', false],
      ['vacuum', true],
      ['setLimit', true],
    ]);
    await database.checker.query('CREATE TABLE x_t (id int)');
    await shop.migrator.upgrade('head');
    expect(await limits()).toHaveLength(2);
  });

  it('is remembered as what its effects say', async () => {
    shop.put('a1', {
      upgrade: `await op.turnover();`,
      downgrade: `await op.dropView('turnover');`,
    });
    await shop.migrator.upgrade('head');
    const { rows } = await database.checker.query<{ objects: unknown }>(
      'SELECT objects FROM alembic_version_log',
    );
    expect(rows[0]?.objects).toEqual([
      { kind: 'view', schema: null, name: 'turnover', action: 'made' },
    ]);
  });

  it('cannot end the transaction of the revision', async () => {
    shop.put('a1', { upgrade: 'await op.commits();' });
    expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({
      code: 'E6007',
      message: expect.stringContaining(
        'op.commits was given transaction control: COMMIT',
      ) as string,
    });
    expect((await stateOf(database)).rows ?? []).toEqual([]);
  });
});

describe('a run that is one transaction', () => {
  const perRow = defineOperation({
    name: 'perRow',
    parameters: [['rows', argument.number]],
    describe: ({ rows }) => `vacuum for ${rows} rows`,
    transactionClass: ({ rows }) => (rows > 5 ? 'autocommit' : 'transactional'),
    compile: ({ rows }) => (rows > 5 ? 'VACUUM' : 'SELECT 1'),
  });

  it.each([`op.vacuum('t_a1');`, 'op.perRow(6);'])(
    'E6014 before anything runs, for %s, which has to leave it',
    async (upgrade) => {
      putLimited({ upgrade: `op.setLimit('t_a1', 5); ${upgrade}` });
      const options = { operations: [...operations, perRow], transactionPerRevision: false };
      expect(await errorOf(shop.migratorWith(options).upgrade('head'))).toMatchObject({
        code: 'E6014',
        facts: { revision: 'b2' },
      });
      expect(shop.events.filter(({ type }) => type === 'stepStarted')).toEqual([]);
      expect(await stateOf(database)).toMatchObject({ rows: undefined, tables: [] });
    },
  );

  it('keeps those that stay in it', async () => {
    putLimited({ upgrade: `op.setLimit('t_a1', 5); op.perRow(5);` });
    const options = { operations: [...operations, perRow], transactionPerRevision: false };
    expect((await shop.migratorWith(options).upgrade('head')).rows).toEqual(['b2']);
  });
});

describe('what a revision calls that is not registered', () => {
  it.each(['op.setLimitt("x", 1);', 'try { op.setLimitt("x", 1); } catch {}'])(
    '%s: names revision, line and the closest operation, and nothing is kept (E3019)',
    async (upgrade) => {
      putLimited({ upgrade: `await op.setLimit('t_a1', 5);\n  ${upgrade}` });
      const error = await errorOf(shop.migrator.upgrade('head'));
      expect(error).toMatchObject({ code: 'E3019', facts: { suggestion: 'setLimit' } });
      expect(error.message).toContain('revision "b2"');
      expect(error.message).toContain('Did you mean op.setLimit?');
      expect((await stateOf(database)).rows).toEqual(['a1']);
      expect((await stateOf(database)).tables).toEqual(['t_a1']);
    },
  );

  it('a wrong argument names its place', async () => {
    putLimited({ upgrade: `await op.setLimit('t_a1', 'many');` });
    expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({
      code: 'E3013',
      message: expect.stringContaining('"rows" of op.setLimit is "many"') as string,
    });
  });
});

describe('operations of the app elsewhere', () => {
  it('OPX-09: the statements of a built-in operation can be replaced, online and in a script', async () => {
    const owned = replaceOperation({
      kind: 'createTable',
      compile: ({ table }, { compile, qualified, literal }) => [
        ...compile({ kind: 'createTable', table }),
        `COMMENT ON TABLE ${qualified(table)} IS ${literal(`made by a migration`)}`,
      ],
    });
    const migrator = shop.migratorWith({ operations: [owned] });
    shop.put('a1');
    const { sql } = await migrator.upgrade('head', { sql: true });
    expect(sql).toContain(`COMMENT ON TABLE "t_a1" IS 'made by a migration';`);
    await migrator.upgrade('head');
    const { rows } = await database.checker.query(
      `SELECT obj_description('t_a1'::regclass) AS comment`,
    );
    expect(rows).toEqual([{ comment: 'made by a migration' }]);
  });

  it('`merge --auto` knows what they touch, and that some touch nothing', async () => {
    shop.put('a1');
    shop.put('b2', { down: 'a1', upgrade: `op.vacuum('t_a1'); op.setLimit('t_a1', 5);` });
    shop.put('c3', { down: 'a1', upgrade: `op.setLimit('t_b2', 5);` });
    shop.put('d4', { down: 'a1', upgrade: `op.setLimit('t_a1', 7);` });
    expect(await errorOf(shop.migrator.merge([], { auto: true }))).toMatchObject({
      code: 'E1025',
      facts: { objects: ['t_a1: limit'] },
    });
    const silent = { ...vacuum, touches: () => undefined };
    const other = shop.migratorWith({ operations: [silent, setLimit] });
    expect(await errorOf(other.merge([], { auto: true }))).toMatchObject({
      code: 'E1026',
      message: expect.stringContaining('vacuum t_a1') as string,
    });
  });

  it('E9002, E9009: a wrong list is refused when the migrator is made', () => {
    const code = (list: unknown) => () => shop.migratorWith({ operations: list as never });
    expect(code([setLimit, setLimit])).toThrow(expect.objectContaining({ code: 'E9009' }));
    expect(code([{ name: 'x' }])).toThrow(expect.objectContaining({ code: 'E9002' }));
    expect(code(setLimit)).toThrow(expect.objectContaining({ code: 'E9002' }));
  });
});

describe('autogenerate and operations of the app', () => {
  const target = {
    schemas: [],
    enums: [],
    sequences: [],
    tables: [
      {
        schema: null,
        name: 'account',
        columns: [{ name: 'id', type: 'integer', nullable: false }],
        foreignKeys: [],
        uniques: [],
        checks: [{ name: 'positive', expression: 'id > 0' }],
        exclusions: [],
        indexes: [],
      },
    ],
    views: [{ ...view.view, entity: 'Turnover' }],
  };

  it('OPX-11: an operation of the app writes itself into a new revision, as the call that makes it', async () => {
    shop.put('a1');
    await shop.migrator.upgrade('head');
    const migrator = shop.migratorWith({
      processRevisionDirectives: (drafts) =>
        drafts.map((draft) => ({ ...draft, upgrade: [setLimit.of({ table: 't_a1', rows: 9 })] })),
    });
    const { file } = await migrator.revision({ message: 'limit' });
    const text = readFileSync(String(file), 'utf8');
    expect(text).toContain(`await op.setLimit('t_a1', 9);`);
    expect(text).toContain(`await op.liftLimit('t_a1');`);
    await migrator.upgrade('head');
    expect(await limits()).toEqual([{ name: 't_a1', rows: 9 }]);
    await migrator.downgrade('-1');
    expect(await limits()).toEqual([]);
  });

  const writing = (upgrade: readonly Operation[], registered = operations) =>
    shop.migratorWith({
      operations: registered,
      processRevisionDirectives: (drafts) => drafts.map((draft) => ({ ...draft, upgrade })),
    });

  it.each([
    ['the way back', [setLimit], 'liftLimit', 'downgrade'],
    ['the way there', [liftLimit], 'setLimit', 'upgrade'],
  ])(
    'E3019: no file is written whose %s calls an operation that is not registered',
    async (_, registered, operation, direction) => {
      const migrator = writing([setLimit.of({ table: 't_a1', rows: 9 })], registered as never);
      expect(await errorOf(migrator.revision({ message: 'limit' }))).toMatchObject({
        code: 'E3019',
        facts: { operation, direction, environment: 'default' },
        advice: expect.stringContaining('Nothing was written') as string,
      });
      expect(readdirSync(shop.versions)).toEqual([]);
    },
  );

  it('one that another definition of its name takes the place of can be called', async () => {
    const other = defineOperation({
      name: 'liftLimit',
      replace: true,
      parameters: [['table', argument.name]],
      describe: () => 'lift the limit in another way',
      compile: () => 'SELECT 1',
    });
    const migrator = writing([liftLimit.of({ table: 't_a1' })], [liftLimit, other] as never);
    const { file } = await migrator.revision();
    expect(readFileSync(String(file), 'utf8')).toContain(`await op.liftLimit('t_a1');`);
  });

  it('AGR-21, OPX-11: how an operation or a constraint is written can be replaced, by calls of the app’s own', async () => {
    const migrator = shop.migratorWith({
      targetSchema: () => target,
      renderItem: (item) => {
        if (item.kind === 'operation' && item.operation.kind === 'createView')
          return 'await op.turnover();\nawait op.vacuum("account");';
        return item.kind === 'constraint' ? `t.check('id > 0', { name: 'positive' })` : undefined;
      },
    });
    const { file } = await migrator.revision({ message: 'turnover', autogenerate: true });
    const text = readFileSync(String(file), 'utf8');
    expect(text).toContain('  await op.turnover();\n  await op.vacuum("account");');
    expect(text).toContain(`t.check('id > 0', { name: 'positive' })`);
    await migrator.upgrade('head');
    expect((await migrator.check()).changes).toEqual([]);
  });
});
