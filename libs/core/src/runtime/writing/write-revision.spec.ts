import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { Column, SchemaModel, Table } from '../../schema/schema-model.js';
import { EMPTY_SCHEMA } from '../../schema/schema-model.js';
import { connectClient } from '../testing/database.fixture.js';
import type { Workshop } from '../testing/migrator.fixture.js';
import { createWorkshop, errorOf, leaksOf, reset, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase } from '../testing/use-workshop.fixture.js';
import type { MigratorOptions } from '../migrator-options.js';

const database = useSpecDatabase();
let shop: Workshop;
let model: SchemaModel;
let ids: number;

beforeEach(async () => {
  await reset(database);
  ids = 0;
  model = { ...EMPTY_SCHEMA, tables: [account(column('id', 'integer', { nullable: false }))] };
  shop = createWorkshop(database, {
    dialect: postgresDialect,
    targetSchema: () => model,
    now: () => new Date('2026-11-20T14:32:05.678Z'),
    newId: () => `rev${++ids}`,
  });
});
afterEach(async () => {
  shop.remove();
  expect(await leaksOf(database)).toEqual([]);
});

const column = (name: string, type: string, more: Partial<Column> = {}): Column => ({
  name,
  type,
  nullable: true,
  entity: 'Account',
  property: name,
  ...more,
});
const account = (...columns: readonly Column[]): Table => ({
  schema: null,
  name: 'account',
  entity: 'Account',
  columns,
  primaryKey: { name: 'account_pkey', columns: ['id'] },
  foreignKeys: [],
  uniques: [],
  checks: [],
  exclusions: [],
  indexes: [],
});
const setColumns = (...columns: readonly Column[]): void => {
  model = {
    ...EMPTY_SCHEMA,
    tables: [account(column('id', 'integer', { nullable: false }), ...columns)],
  };
};
const autogenerate = (message: string, options: { allowDestructive?: boolean } = {}) =>
  shop.migrator.revision({ message, autogenerate: true, ...options });
const noDatabase: Partial<MigratorOptions> = {
  connect: async () => Promise.reject(new Error('must not connect')),
};

describe('revision --autogenerate', () => {
  it('writes the difference, upgrades, finds nothing more, and goes back', async () => {
    const first = await autogenerate('add accounts');
    expect(first).toMatchObject({
      file: join(shop.versions, 'rev1_add_accounts.ts'),
      revision: 'rev1',
      downRevisions: [],
      changes: [expect.stringContaining('account')],
      questions: [],
    });
    expect(await shop.migrator.upgrade('head')).toMatchObject({ rows: ['rev1'] });
    expect(await shop.migrator.check()).toMatchObject({ upToDate: true, changes: [] });

    setColumns(column('note', 'text', { default: `'x'::text` }));
    expect(await shop.migrator.check()).toMatchObject({
      upToDate: false,
      changes: [expect.stringContaining('note')],
    });
    const second = await autogenerate('add a note');
    expect(second.downRevisions).toEqual(['rev1']);
    await shop.migrator.upgrade('head');
    expect(await autogenerate('nothing')).toEqual({
      file: undefined,
      revision: undefined,
      downRevisions: ['rev2'],
      changes: [],
      questions: [],
      written: [],
      cancelled: false,
    });
    await shop.migrator.downgrade('base');
    expect(await stateOf(database)).toMatchObject({ rows: [], tables: [] });
    await shop.migrator.upgrade('head');
    expect(await shop.migrator.check()).toMatchObject({ upToDate: true });
  });

  it('D9: asks until the answers settle it, and refuses those that are for something else', async () => {
    setColumns(column('a', 'text'));
    await autogenerate('one');
    await shop.migrator.upgrade('head');
    await database.checker.query(`INSERT INTO account VALUES (1, 'kept')`);
    setColumns(column('b', 'text'));
    const settle = (answers: Readonly<Record<string, string>>) =>
      shop.migrator.revision({ autogenerate: true, answers });
    expect(await settle({})).toMatchObject({
      file: undefined,
      questions: [{ id: 'rename-column:account.b', kind: 'rename' }],
    });
    for (const answers of [
      { 'rename-column:account.b': 'from:c' },
      { 'rename-column:account.b': 'from:a', 'drop-column:account.a': 'drop' },
      { 'rename-column:account.B': 'from:a' },
    ])
      expect(await errorOf(settle(answers))).toMatchObject({ code: 'E7040' });
    const stated = shop.migrator.revision({ autogenerate: true, renames: ['account.b:a'] });
    expect(await errorOf(stated)).toMatchObject({ code: 'E7041' });
    expect(readdirSync(shop.versions)).toEqual(['rev1_one.ts']);
    expect(await shop.migrator.check()).toMatchObject({
      changes: ['add column account.b', 'drop column account.a'],
      diff: { questions: [{ id: 'drop-column:account.a' }, { id: 'rename-column:account.b' }] },
    });
    await settle({ 'rename-column:account.b': 'from:a' });
    await shop.migrator.upgrade('head');
    const { rows } = await database.checker.query('SELECT * FROM account');
    expect(rows).toEqual([{ id: 1, b: 'kept' }]);
  });

  it('D9: with several environments an answer names its own', async () => {
    shop.put('a1');
    await shop.migrator.upgrade('head');
    const other = shop.migratorWith({ name: 'other', versionTable: 'other_version' });
    await other.stamp(['heads']);
    const ask = (answers: Readonly<Record<string, string>>) =>
      shop.migrator.revision({ autogenerate: true, alongside: [other], answers });
    const error = await errorOf(ask({ 'drop-table:x': 'drop' }));
    expect(error).toMatchObject({ code: 'E7040', facts: { stale: ['drop-table:x'] } });
  });

  it('D8: drops what came from the model and is gone from it, with leave; what others made stays', async () => {
    setColumns(column('note', 'text'));
    await autogenerate('one');
    await shop.migrator.upgrade('head');
    await database.checker.query(
      'ALTER TABLE account ADD COLUMN hand int; CREATE TABLE other (id int)',
    );
    setColumns();
    const refused = await autogenerate('two');
    expect(refused).toMatchObject({ file: undefined, questions: [{ kind: 'destructive' }] });
    expect(readdirSync(shop.versions)).toEqual(['rev1_one.ts']);
    const allowed = await autogenerate('two', { allowDestructive: true });
    expect(allowed.changes).toEqual([expect.stringContaining('note')]);
    await shop.migrator.upgrade('head');
    const { diff, upToDate } = await shop.migrator.check();
    expect(upToDate).toBe(true);
    expect(diff.untouched.map(({ name, state }) => [name, state]).sort()).toEqual([
      ['hand', 'foreign'],
      ['other', 'foreign'],
    ]);
  });

  it('D9: knows a renamed column by its property, from the log', async () => {
    setColumns(column('mail', 'text', { property: 'email' }));
    await autogenerate('one');
    await shop.migrator.upgrade('head');
    await database.checker.query(`INSERT INTO account (id, mail) VALUES (1, 'a@b')`);
    setColumns(column('e_mail', 'text', { property: 'email' }));
    await autogenerate('two');
    await shop.migrator.upgrade('head');
    expect((await database.checker.query('SELECT e_mail FROM account')).rows).toEqual([
      { e_mail: 'a@b' },
    ]);
  });

  it('VT-15: does not see our own tables, nor the model spelled with the default schema', async () => {
    await autogenerate('one');
    await shop.migrator.upgrade('head');
    const [table] = model.tables;
    model = { ...EMPTY_SCHEMA, tables: [{ ...(table as Table), schema: 'public' }] };
    const migrator = shop.migratorWith({ versionTableSchema: 'public' });
    const { upToDate, diff } = await migrator.check();
    expect({ upToDate, untouched: diff.untouched }).toEqual({ upToDate: true, untouched: [] });
  });

  it('CLI-40: E4014 with what is pending, before the model is even read', async () => {
    shop.put('a1');
    shop.put('b2', { down: 'a1' });
    const error = await errorOf(autogenerate('x'));
    expect(error).toMatchObject({ code: 'E4014', facts: { rows: [], pending: ['a1', 'b2'] } });
    expect(await errorOf(shop.migrator.check())).toMatchObject({ code: 'E4014' });
    expect(readdirSync(shop.versions)).toHaveLength(2);
  });

  it('E9006 for a model without entities: it would mean to drop everything', async () => {
    model = EMPTY_SCHEMA;
    expect(await errorOf(autogenerate('x'))).toMatchObject({ code: 'E9006' });
    const plain = createWorkshop(database, { dialect: postgresDialect });
    expect(await errorOf(plain.migrator.check())).toMatchObject({ code: 'E9006' });
    plain.remove();
    expect(readdirSync(shop.versions)).toEqual([]);
  });

  it('compares in a session that is read-only by default as in any other', async () => {
    setColumns(column('at', 'timestamptz', { default: 'NOW()' }));
    await autogenerate('one');
    await shop.migrator.upgrade('head');
    const connect = async () => {
      const connection = await connectClient(database.url);
      await connection.query('SET default_transaction_read_only = on');
      return connection;
    };
    const reader = shop.migratorWith({ connect });
    expect(await reader.check()).toMatchObject({ upToDate: true, diff: { unverified: false } });
    expect(await reader.revision({ autogenerate: true })).toMatchObject({ changes: [] });
  });
});

describe('revision', () => {
  it('writes an empty file on the head, without a database', async () => {
    const migrator = shop.migratorWith(noDatabase);
    const first = await migrator.revision({ message: 'first' });
    const second = await migrator.revision({ message: 'second step' });
    expect(readFileSync(String(second.file), 'utf8')).toBe(`/** second step */
import type { Operations, RevisionContext } from '@nest-alembic/core';

export const revision = 'rev2';
export const message = 'second step';
export const downRevision = 'rev1';
export const branchLabels = null;
export const dependsOn = null;
export const createdAt = '2026-11-20T14:32:05Z';

export async function upgrade(op: Operations, ctx: RevisionContext): Promise<void> {}

export async function downgrade(op: Operations): Promise<void> {}
`);
    expect(shop.events).toContainEqual({ type: 'fileWritten', file: first.file });
    await shop.migrator.upgrade('head');
    expect((await stateOf(database)).rows).toEqual(['rev2']);
  });

  it('uses the template of the folder', async () => {
    const template = `{{title}} {{revision}} {{downRevision}} {{upgradeBody}} {{downgradeBody}}`;
    writeFileSync(
      join(shop.root, 'migrations', 'revision.ts.tpl'),
      `export const revision = {{revision}};\nexport const downRevision = {{downRevision}};\n// {{title}}\nexport function upgrade() {\n{{upgradeBody}}\n}\nexport function downgrade() {\n{{downgradeBody}}\n}\n`,
    );
    const { file } = await shop.migrator.revision({ message: 'own' });
    expect(readFileSync(String(file), 'utf8')).toContain('// own');
    writeFileSync(join(shop.root, 'migrations', 'revision.ts.tpl'), `${template} {{bogus}}`);
    expect(await errorOf(shop.migrator.revision({ message: 'x' }))).toMatchObject({
      code: 'E7006',
    });
  });

  it('builds on another head, or on nothing', async () => {
    shop.put('a1');
    shop.put('b2', { down: 'a1' });
    shop.put('c3', { down: 'a1' });
    expect(await shop.migrator.revision({ head: 'b2' })).toMatchObject({ downRevisions: ['b2'] });
    expect(await shop.migrator.revision({ head: 'base' })).toMatchObject({ downRevisions: [] });
  });

  it.each([
    ['CLI-33: several heads', {}, 'E1007'],
    ['CLI-34: a parent that is no head', { head: 'a1' }, 'E1021'],
    ['an unknown parent', { head: 'zz' }, 'E1017'],
    ['what may be lost, with nothing compared', { allowDestructive: true, head: 'b2' }, 'E7007'],
    ['answers, with nothing compared', { answers: {}, head: 'b2' }, 'E7007'],
    ['renames, with nothing compared', { renames: 'none' as const, head: 'b2' }, 'E7007'],
    ['B119: an id that exists', { head: 'b2', revisionId: 'c3' }, 'E7001'],
    ['B012: an id that is a label', { head: 'b2', revisionId: 'billing' }, 'E7001'],
    ['B015: an id that leaves the folder', { head: 'b2', revisionId: '../../evil' }, 'E7003'],
    ['B013: a reserved id', { head: 'b2', revisionId: 'head' }, 'E1010'],
    ['B017: an id of 33 characters', { head: 'b2', revisionId: 'x'.repeat(33) }, 'E1012'],
  ])('%s: nothing is written', async (_, options, code) => {
    shop.put('a1');
    shop.put('b2', { down: 'a1' });
    shop.put('c3', { down: 'a1', labels: ['billing'] });
    expect(await errorOf(shop.migrator.revision(options))).toMatchObject({ code });
    expect(readdirSync(shop.versions)).toEqual(['a1.ts', 'b2.ts', 'c3.ts']);
  });

  it('B120: E7009 when the folder is missing', async () => {
    const migrator = shop.migratorWith({ directory: 'nowhere' });
    expect(await errorOf(migrator.revision({ message: 'x' }))).toMatchObject({ code: 'E7009' });
    expect(existsSync(join(shop.root, 'nowhere'))).toBe(false);
    const bundle = shop.migratorWith({ directory: 'nowhere', revisions: [] });
    expect(await errorOf(bundle.revision({ message: 'x' }))).toMatchObject({ code: 'E7009' });
  });

  it('CLI-37: writes beside the parent when there are several locations', async () => {
    shop.put('a1');
    const elsewhere = join(shop.root, 'migrations', 'elsewhere');
    const migrator = shop.migratorWith({
      versionLocations: ['migrations/elsewhere', shop.versions],
    });
    expect(await migrator.revision({ message: 'x' })).toMatchObject({
      file: join(shop.versions, 'rev1_x.ts'),
    });
    expect(await errorOf(migrator.revision({ head: 'base' }))).toMatchObject({ code: 'E7007' });
    expect(existsSync(elsewhere)).toBe(false);
  });
});

describe('init', () => {
  it('writes the folder, and the revision after it works', async () => {
    const migrator = shop.migratorWith({ ...noDatabase, directory: 'db/migrations' });
    const { directory, files, next } = await migrator.init();
    expect(directory).toBe(join(shop.root, 'db/migrations'));
    expect(files.length).toBeGreaterThan(0);
    expect(files.every((file) => existsSync(file))).toBe(true);
    expect(next).toContain('db/migrations');
    const { file } = await migrator.revision({ message: 'first' });
    expect(file).toBe(join(directory, 'versions', 'rev1_first.ts'));
    expect(await errorOf(migrator.init())).toMatchObject({ code: 'E7011' });
    expect(await errorOf(migrator.init({ directory: 'x', template: 'nope' }))).toMatchObject({
      code: 'E7012',
    });
  });
});
