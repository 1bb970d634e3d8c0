import type { AddColumn } from '../operations/column-operations.js';
import type { Operation } from '../operations/operation.js';
import { reverseAll } from '../operations/reverse-all.js';
import type { DirectiveContext, DraftedRevision, RevisionDirective } from './drafted-revision.js';
import { rewriter } from './rewriter.js';

const t = { schema: null, name: 't' };
const add = (name: string): AddColumn => ({
  kind: 'addColumn',
  table: t,
  column: { name, type: 'int', nullable: false },
});
const drop: Operation = {
  kind: 'dropColumn',
  table: t,
  name: 'z',
  dropped: { name: 'z', type: 'int', nullable: false },
};
const comment: Operation = { kind: 'setTableComment', table: t, to: 'x' };
const sql = (text: string): Operation => ({ kind: 'execute', sql: text });
const draftOf = (upgrade: readonly Operation[], more: Partial<DraftedRevision> = {}) => ({
  environment: 'default',
  upgrade,
  revisionId: 'a1',
  message: '',
  head: ['head'],
  splice: false,
  branchLabels: [],
  versionPath: undefined,
  dependsOn: [],
  imports: [],
  others: [],
  ...more,
});
const context: DirectiveContext = {
  command: 'revision',
  environment: 'default',
  autogenerate: true,
  x: {},
  newDraft: () => draftOf([]),
};
const run = async (directive: RevisionDirective, draft: DraftedRevision) => {
  const [first] = (await directive([draft], context)) ?? [];
  return first as DraftedRevision;
};
/** Adds a column in two steps, as one that is NOT NULL needs on a table with rows. */
const inTwoSteps = (operation: AddColumn): readonly Operation[] => [
  { ...operation, column: { ...operation.column, nullable: true } },
  {
    kind: 'alterColumn',
    table: operation.table,
    name: operation.column.name,
    to: { nullable: false },
    from: { nullable: true },
  },
];

describe('rewriter', () => {
  it('RW-05, SCN-70: puts one operation, several or none in the place of one', async () => {
    const writer = rewriter()
      .rewrite('addColumn', inTwoSteps)
      .rewrite(['dropColumn', 'setTableComment'], (operation) =>
        operation.kind === 'dropColumn' ? null : { ...operation, to: 'y' },
      );
    const { upgrade } = await run(writer, draftOf([add('a'), drop, comment, sql('SELECT 1')]));
    expect(upgrade).toEqual([...inTwoSteps(add('a')), { ...comment, to: 'y' }, sql('SELECT 1')]);
    const none = await run(
      rewriter().rewrite('addColumn', () => []),
      draftOf([add('a'), drop]),
    );
    expect(none.upgrade).toEqual([drop]);
  });

  it('tells the handler where the operation stands', async () => {
    const places: unknown[] = [];
    const writer = rewriter().rewrite('addColumn', (operation, { direction, ...place }) => {
      places.push([operation.column.name, direction, place.environment, place.draft.revisionId]);
      return operation;
    });
    await run(writer, draftOf([add('a')]));
    expect(places).toEqual([['a', 'upgrade', 'default', 'a1']]);
  });

  it('RW-07: never sees again what it has handled or returned, in one pass or in several', async () => {
    const writer = rewriter().rewrite('addColumn', inTwoSteps);
    const once = await run(writer, draftOf([add('a'), add('b')]));
    expect(once.upgrade).toHaveLength(4);
    expect((await run(writer, once)).upgrade).toEqual(once.upgrade);
    expect((await run(writer.chain(writer), draftOf([add('a')]))).upgrade).toHaveLength(2);
    const mutating = rewriter().rewrite('execute', (operation) => ({
      ...operation,
      sql: `${operation.sql}!`,
    }));
    const passes = await run(mutating, await run(mutating, draftOf([sql('x')])));
    expect(passes.upgrade).toEqual([sql('x!')]);
  });

  it('RW-06: leaves the downgrade to follow the upgrade, unless a handler asks for both', async () => {
    const safe = await run(
      rewriter().rewrite(['dropColumn', 'dropTable'], () => null),
      draftOf([add('a'), drop]),
    );
    expect(safe.downgrade).toBeUndefined();
    expect(reverseAll(safe.upgrade).operations).toEqual([expect.objectContaining({ name: 'a' })]);
    const both = rewriter().rewrite('addColumn', inTwoSteps, { direction: 'both' });
    const { upgrade, downgrade } = await run(both, draftOf([drop]));
    expect(upgrade).toEqual([drop]);
    expect(downgrade?.map(({ kind }) => kind)).toEqual(['addColumn', 'alterColumn']);
    expect((await run(both, draftOf([comment]))).downgrade).toBeUndefined();
    expect((await run(both, draftOf([drop, sql('SELECT 1')]))).downgrade).toBeUndefined();
    const back = rewriter().rewrite('execute', () => null, { direction: 'downgrade' });
    const own = draftOf([sql('up')], { downgrade: [sql('down'), comment] });
    expect(await run(back, own)).toMatchObject({ upgrade: [sql('up')], downgrade: [comment] });
  });

  it('rewrites what the draft does in the environment that is asked for, and nothing else', async () => {
    const writer = rewriter().rewrite('execute', () => null);
    const others = [{ environment: 'reports', upgrade: [sql('other')] }];
    const draft = draftOf([sql('own')], { others });
    expect(await run(writer, draft)).toMatchObject({ upgrade: [], others });
    const [left] = (await writer([draft], { ...context, environment: 'reports' })) ?? [];
    expect(left).toMatchObject({
      upgrade: [sql('own')],
      others: [{ environment: 'reports', upgrade: [] }],
    });
  });

  it('RW-08: chains any number of rewriters and directives, in order', async () => {
    const say = (word: string) =>
      rewriter().rewrite('execute', (operation) => ({
        ...operation,
        sql: `${operation.sql} ${word}`,
      }));
    const titled: RevisionDirective = async (drafts) =>
      drafts.map((draft) => ({ ...draft, message: `${draft.upgrade.length} operations` }));
    const chain = say('one').chain(say('two')).chain(titled).chain(say('three'));
    expect(await run(chain, draftOf([sql('x')]))).toMatchObject({
      message: '1 operations',
      upgrade: [sql('x one two three')],
    });
    const cancelled = rewriter()
      .chain(() => null)
      .chain(say('more'));
    expect(await cancelled([draftOf([sql('x')])], context)).toEqual([]);
  });

  it('is not changed by having handlers added', async () => {
    const empty = rewriter();
    empty.rewrite('execute', () => null);
    expect((await run(empty, draftOf([sql('x')]))).upgrade).toEqual([sql('x')]);
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      'a kind that does not exist',
      () => rewriter().rewrite('addColum' as 'addColumn', () => null),
      /Did you mean "addColumn"/,
    ],
    [
      'a second handler for a kind',
      () =>
        rewriter()
          .rewrite('execute', () => null)
          .rewrite(['dropTable', 'execute'], () => null),
      /two handlers for "execute".*Chain/s,
    ],
    [
      'a handler that returns nothing',
      () =>
        rewriter().rewrite('execute', (() => undefined) as never)([draftOf([sql('x')])], context),
      /"execute".*no operation/,
    ],
    [
      'a handler that returns a promise',
      () =>
        rewriter().rewrite('execute', (async () => sql('y')) as never)(
          [draftOf([sql('x')])],
          context,
        ),
      /no operation/,
    ],
    [
      'a handler that returns an unknown kind',
      () =>
        rewriter().rewrite('execute', () => ({ kind: 'toString' }) as never)(
          [draftOf([sql('x')])],
          context,
        ),
      /no operation/,
    ],
  ])('refuses %s', (_, act, text) => {
    expect(act).toThrow(
      expect.objectContaining({ code: 'E9002', message: expect.stringMatching(text) }),
    );
  });
});
