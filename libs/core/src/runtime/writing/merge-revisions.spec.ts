import { readFileSync, readdirSync } from 'node:fs';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { createWorkshop, errorOf } from '../testing/migrator.fixture.js';
import type { Workshop } from '../testing/migrator.fixture.js';

let shop: Workshop;
let ids: number;

beforeEach(() => {
  ids = 0;
  shop = createWorkshop(undefined as never, {
    dialect: postgresDialect,
    connect: async () => Promise.reject(new Error('must not connect')),
    newId: () => `new${++ids}`,
  });
  shop.put('aaaa1');
});
afterEach(() => shop.remove());

const addColumn = (table: string, column: string, type = 'text'): string =>
  `await op.addColumn('${table}', '${column}', '${type}');`;
const put = (id: string, upgrade?: string, down = 'aaaa1'): void =>
  void shop.put(id, { down, ...(upgrade !== undefined && { upgrade }) });
const written = (): number => readdirSync(shop.versions).length;

describe('merge', () => {
  beforeEach(() => {
    put('bbbb1');
    put('cccc1');
  });

  it('CLI-49: writes a revision whose down revisions are those that were named, with a message of its own', async () => {
    const result = await shop.migrator.merge(['cccc', 'bbbb1']);
    expect(result).toMatchObject({
      revision: 'new1',
      downRevisions: ['cccc1', 'bbbb1'],
      changes: [],
    });
    const text = readFileSync(String(result.file), 'utf8');
    expect(text).toContain(`export const downRevision = ['cccc1', 'bbbb1'];`);
    expect(text).toContain(`export const message = 'merge cccc1 and bbbb1';`);
    expect(result.file).toMatch(/new1_merge_cccc1_and_bbbb1\.ts$/);
    expect((await shop.migrator.heads()).map(({ id }) => id)).toEqual(['new1']);
  });

  it('CLI-49: takes message, labels, id and dependencies', async () => {
    put('dddd1');
    const result = await shop.migrator.merge(['bbbb1', 'cccc1'], {
      message: 'both',
      branchLabels: ['shop'],
      revisionId: 'mine1',
      dependsOn: ['dddd'],
    });
    const text = readFileSync(String(result.file), 'utf8');
    expect(text).toContain(`export const branchLabels = ['shop'];`);
    expect(text).toContain(`export const dependsOn = 'dddd1';`);
    expect(result.file).toMatch(/mine1_both\.ts$/);
  });

  it('PORT-09: `merge heads` leaves one head, though one of them is only depended upon', async () => {
    shop.put('dddd1', { dependsOn: 'bbbb1' });
    const result = await shop.migrator.merge(['heads']);
    expect(result.downRevisions).toEqual(['bbbb1', 'cccc1', 'dddd1']);
    expect(await shop.migrator.heads()).toHaveLength(1);
    const text = readFileSync(String(result.file), 'utf8');
    expect(text).toContain(`export const message = 'merge bbbb1, cccc1 and dddd1';`);
  });

  it('has nothing to do where there is one head', async () => {
    await shop.migrator.merge(['heads']);
    for (const auto of [false, true]) {
      const again = await shop.migrator.merge(auto ? [] : ['heads'], { auto });
      expect(again).toMatchObject({
        file: undefined,
        revision: undefined,
        downRevisions: ['new1'],
      });
    }
    expect(written()).toBe(4);
  });

  it('CLI-50: needs splice for what is no head', async () => {
    expect(await errorOf(shop.migrator.merge(['aaaa1', 'bbbb1']))).toMatchObject({ code: 'E1021' });
    const spliced = await shop.migrator.merge(['aaaa1', 'bbbb1'], { splice: true });
    expect(spliced.downRevisions).toEqual(['aaaa1', 'bbbb1']);
  });

  it.each([
    ['the same head twice', ['bbbb1', 'bbbb'], {}, 'E1016'],
    ['one revision', ['bbbb1'], {}, 'E7007'],
    ['nothing', [], {}, 'E7013'],
    ['base', ['base'], {}, 'E7007'],
    ['an unknown revision', ['zzzz1', 'bbbb1'], {}, 'E1017'],
    ['revisions with --auto', ['bbbb1', 'cccc1'], { auto: true }, 'E7007'],
    ['a label that is an id', ['heads'], { branchLabels: ['aaaa1'] }, 'E1009'],
  ])('refuses %s and writes nothing', async (_, targets, options, code) => {
    expect(await errorOf(shop.migrator.merge(targets, options))).toMatchObject({ code });
    expect(written()).toBe(3);
  });
});

describe('merge --auto', () => {
  const auto = () => shop.migrator.merge([], { auto: true });

  it('merges branches that touch other objects, without a database', async () => {
    put('bbbb1');
    put('cccc1', addColumn('t_aaaa1', 'note'));
    put('cccc2', `await op.createIndex('ix_note', 't_aaaa1', ['note']);`, 'cccc1');
    expect(await auto()).toMatchObject({ revision: 'new1', downRevisions: ['bbbb1', 'cccc2'] });
  });

  it('merges branches that add other columns to one table', async () => {
    put('bbbb1', addColumn('t_aaaa1', 'one'));
    put('cccc1', addColumn('t_aaaa1', 'two'));
    expect(await auto()).toMatchObject({ revision: 'new1' });
  });

  it.each([
    ['the same column', addColumn('t', 'x'), addColumn('t', 'x', 'int'), 't: column x'],
    ['a table and a column of it', `await op.dropTable('t');`, addColumn('t', 'x'), 't'],
    [
      'a renamed column',
      `await op.renameColumn('t', 'x', 'y');`,
      `await op.alterColumn('t', 'x', { type: 'int' });`,
      't: column x',
    ],
    [
      'a table and a key that references it',
      `await op.renameTable('t', 'u');`,
      `await op.createForeignKey('other', ['t_id'], 't', ['id']);`,
      't',
    ],
    [
      'an index and a column',
      `await op.createIndex('ix', 't', ['x']);`,
      `await op.dropColumn('t', 'x');`,
      't',
    ],
    [
      'a view and a table that it reads',
      `await op.createView('v', 'select id from T');`,
      addColumn('t', 'x'),
      't',
    ],
    ['rows and a column', `await op.bulkInsert('t', [{ id: 1 }]);`, addColumn('t', 'x'), 't'],
    [
      'an enum and a column that has it',
      `await op.alterEnum('mood', ['a'], ['a', 'b']);`,
      addColumn('t', 'x', 'mood'),
      'mood',
    ],
  ])('E1025: refuses %s, naming it', async (_, left, right, object) => {
    put('bbbb1', left);
    put('cccc1', right);
    expect(await errorOf(auto())).toMatchObject({
      code: 'E1025',
      facts: { heads: ['bbbb1', 'cccc1'], objects: expect.arrayContaining([object]) },
    });
    expect(written()).toBe(3);
  });

  it.each([
    ['op.execute', `await op.execute('UPDATE x SET y = 1');`, 'execute UPDATE x'],
    ['ctx.query', `await ctx.query('SELECT 1');`, 'ctx.query'],
  ])('E1026: refuses %s, naming the revision; by name it merges', async (_, upgrade, what) => {
    put('bbbb1', upgrade);
    put('bbbb2', undefined, 'bbbb1');
    put('cccc1');
    const error = await errorOf(auto());
    expect(error).toMatchObject({ code: 'E1026', facts: { revision: 'bbbb1' } });
    expect(error.message).toContain(what);
    expect(written()).toBe(4);
    expect(await shop.migrator.merge(['bbbb2', 'cccc1'])).toMatchObject({
      revision: expect.any(String),
    });
  });

  it('looks only at what came since the branches parted', async () => {
    shop.put('aaaa1', { upgrade: `await op.execute('SELECT 1');` });
    put('bbbb1', addColumn('t', 'x'));
    put('cccc1', addColumn('u', 'x'));
    expect(await auto()).toMatchObject({ downRevisions: ['bbbb1', 'cccc1'] });
  });

  it('takes a head that another branch depends on as it is: their order is known', async () => {
    put('bbbb1', addColumn('t', 'x'));
    shop.put('cccc1', { down: 'aaaa1', dependsOn: 'bbbb1', upgrade: addColumn('t', 'x') });
    expect(await auto()).toMatchObject({ downRevisions: ['bbbb1', 'cccc1'] });
  });

  it('compares each pair of three heads', async () => {
    put('bbbb1', addColumn('t', 'x'));
    put('cccc1', addColumn('u', 'x'));
    put('dddd1', addColumn('t', 'x'));
    expect(await errorOf(auto())).toMatchObject({ facts: { heads: ['bbbb1', 'dddd1'] } });
  });

  it('tells of a revision that fails', async () => {
    put('bbbb1', `throw new Error('boom');`);
    put('cccc1');
    expect(await errorOf(auto())).toMatchObject({ code: 'E6004', facts: { revision: 'bbbb1' } });
  });
});
