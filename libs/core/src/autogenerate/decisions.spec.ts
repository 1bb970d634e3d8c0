import { postgresSyntax } from '../dialects/postgres/postgres-syntax.js';
import { effectsOf } from '../operations/operation-definitions.js';
import type { RenameHint, SchemaModel } from '../schema/schema-model.js';
import { type DiffInput, diffSchema } from './diff-schema.js';
import { column, model, ofEntity, table } from './model.fixture.js';
import { NO_MEMORY, replayLog } from './replay-log.js';
import { parseRename } from './stated-rename.js';

const dialect = postgresSyntax;

const memoryOf = (made: SchemaModel) =>
  replayLog(
    diffSchema({
      current: model([]),
      target: made,
      memory: NO_MEMORY,
      dialect,
    }).operations.flatMap(effectsOf),
  );

type Given = Partial<NonNullable<DiffInput['decisions']>> & Pick<DiffInput, 'allowDestructive'>;

const diff = (current: SchemaModel, target: SchemaModel, given: Given = {}) => {
  const { allowDestructive = false, ...decisions } = given;
  const { operations, questions, settled } = diffSchema({
    current,
    target,
    memory: memoryOf(current),
    dialect,
    allowDestructive,
    decisions: { suspectRenames: true, ...decisions },
  });
  return {
    operations: operations.map((operation) => {
      switch (operation.kind) {
        case 'renameTable':
        case 'renameEnum':
          return `${operation.kind} ${operation.from.name}>${operation.to.name} ${operation.entity}`;
        case 'renameColumn':
          return `renameColumn ${operation.from}>${operation.to} ${operation.entity}.${operation.property}`;
        case 'alterEnum':
          return `alterEnum ${JSON.stringify(operation.renames ?? operation.replacements ?? operation.to)}`;
        case 'alterColumn':
          return `alterColumn ${operation.using}`;
        default:
          return operation.kind;
      }
    }),
    questions: questions.map(({ id }) => id),
    answers: Object.fromEntries(
      questions.map(({ id, choices }) => [id, choices.map(({ answer }) => answer)]),
    ),
    settled,
  };
};

const columns = (...names: readonly string[]) =>
  names.map((name) => {
    const [plain = '', type = 'text'] = name.split(' ');
    return column(plain, type);
  });
const account = (...names: readonly string[]) =>
  model([ofEntity('Account', table('account', columns(...names)))]);

describe('what looks like a rename', () => {
  it('is asked about for each new column, the likeliest first, and nothing else is meanwhile', () => {
    const found = diff(account('a varchar(9)', 'b', 'c int'), account('x text'));
    expect(found.answers).toEqual({
      'rename-column:account.x': ['from:b', 'from:a', 'from:c', 'new'],
    });
  });

  it('DL-22: is asked about although what loses data is allowed', () => {
    const found = diff(account('ssn'), account('color'), { allowDestructive: true });
    expect(found.questions).toEqual(['rename-column:account.color']);
  });

  it.each([
    ['a type that has a cast only when it is written', ['a text'], ['x uuid']],
    ['nothing that is gone', ['a'], ['a', 'x']],
    ['nothing that is new', ['a', 'x'], ['a']],
  ])('is not what has %s', (_, from, to) => {
    const { questions } = diff(account(...from), account(...to));
    expect(questions.filter((id) => id.startsWith('rename'))).toEqual([]);
  });

  it('DL-21: is done as was answered, also where two were asked at once', () => {
    const answers = { 'rename-column:account.x': 'from:b', 'rename-column:account.y': 'from:a' };
    expect(diff(account('a', 'b'), account('x', 'y'), { answers })).toMatchObject({
      operations: ['renameColumn b>x Account.x', 'renameColumn a>y Account.y'],
      questions: [],
      settled: ['rename-column:account.x', 'rename-column:account.y'],
    });
  });

  it('DL-20: leaves what is new to be added, asked together with the other', () => {
    const answers = { 'rename-column:account.x': 'from:a', 'rename-column:account.y': 'new' };
    expect(diff(account('a'), account('x', 'y'), { answers })).toMatchObject({
      operations: ['renameColumn a>x Account.x', 'addColumn'],
      questions: [],
    });
  });

  it('asks about what is gone once it is no rename', () => {
    const answers = { 'rename-column:account.x': 'new' };
    const { operations, answers: open } = diff(account('a'), account('x'), { answers });
    expect(operations).toEqual(['addColumn']);
    expect(open).toEqual({ 'drop-column:account.a': ['drop', 'keep'] });
    const kept = { ...answers, 'drop-column:account.a': 'keep' };
    expect(diff(account('a'), account('x'), { answers: kept })).toMatchObject({
      operations: ['addColumn'],
      questions: [],
    });
  });

  it('DL-23: asks about a table with half of the columns, and then about its columns', () => {
    const customer = model([ofEntity('Customer', table('customer', columns('id', 'b', 'c')))]);
    const given = diff(account('id', 'a'), customer);
    expect(given.answers).toEqual({ 'rename-table:customer': ['from:account', 'new'] });
    const answers = { 'rename-table:customer': 'from:account' };
    expect(diff(account('id', 'a'), customer, { answers })).toMatchObject({
      operations: ['renameTable account>customer Customer', 'addColumn', 'addColumn'],
      questions: ['rename-column:customer.b', 'rename-column:customer.c'],
    });
  });

  it('DL-16: asks about a label, the one in its place first, and changes the texts that name it', () => {
    const kind = (...labels: readonly string[]) =>
      model(
        [
          ofEntity(
            'Account',
            table('account', [column('k', 'kind', { default: `'${labels[0]}'::kind` })], {
              checks: [{ name: 'ck', expression: `k <> '${labels[1]}'::kind` }],
            }),
          ),
        ],
        { enums: [{ schema: null, name: 'kind', labels, entity: 'Account' }] },
      );
    expect(diff(kind('a', 'b', 'c'), kind('a', 'x', 'c', 'd')).answers).toEqual({
      'rename-label:kind.x': ['from:b', 'new'],
      'rename-label:kind.d': ['from:b', 'new'],
    });
    const answers = { 'rename-label:kind.x': 'from:b', 'rename-label:kind.y': 'from:a' };
    expect(diff(kind('a', 'b'), kind('y', 'x'), { answers })).toMatchObject({
      operations: [
        `alterEnum ${JSON.stringify([
          { from: 'a', to: 'y' },
          { from: 'b', to: 'x' },
        ])}`,
      ],
      questions: [],
    });
  });

  it('is none of ours: what was made by somebody else stays, without a question', () => {
    const [current, target] = [account('a', 'b'), account('x', 'b')];
    const { questions, operations } = diffSchema({
      current,
      target,
      memory: NO_MEMORY,
      dialect,
      decisions: { suspectRenames: true },
    });
    expect([questions, operations.map(({ kind }) => kind)]).toEqual([[], ['addColumn']]);
  });
});

describe('labels that an enum loses', () => {
  const kind = (...labels: readonly string[]) =>
    model([], { enums: [{ schema: null, name: 'kind', labels, entity: 'Account' }] });

  it('DL-15: asks what rows get that hold one', () => {
    expect(diff(kind('a', 'b', 'c'), kind('a', 'c')).answers).toEqual({
      'remove-label:kind.b': ['drop', 'replace:a', 'replace:c', 'keep'],
    });
  });

  it.each([
    ['replace:c', ['alterEnum [{"from":"b","to":"c"}]']],
    ['drop', ['alterEnum ["a","c"]']],
    ['keep', []],
  ])('does as was answered: %s', (answer, operations) => {
    const answers = { 'remove-label:kind.b': answer };
    expect(diff(kind('a', 'b', 'c'), kind('a', 'c'), { answers })).toMatchObject({
      operations,
      questions: [],
    });
  });

  it('keeps the place of a label that is to stay while others come', () => {
    const answers = { 'rename-label:kind.d': 'new', 'remove-label:kind.b': 'keep' };
    const { operations } = diff(kind('a', 'b', 'c'), kind('a', 'c', 'd'), { answers });
    expect(operations).toEqual(['alterEnum ["a","b","c","d"]']);
  });
});

describe('changes of type', () => {
  it.each([
    ['int', 'uuid', 'no-cast:account.a', 'using: gen_random_uuid()', 'gen_random_uuid()'],
    ['text', 'varchar(3)', 'narrow-column:account.a', 'using:left(a, 3)', 'left(a, 3)'],
  ])('DL-27: %s to %s by an expression of the answer', (from, to, id, answer, using) => {
    const answers = { [id]: answer };
    expect(diff(account(`a ${from}`), account(`a ${to}`), { answers })).toMatchObject({
      operations: [`alterColumn ${using}`],
      questions: [],
    });
  });
});

describe('renames that are said to be ones', () => {
  const said = (...renames: readonly string[]) => ({ renames: renames.map(parseRename) });

  it.each([
    ['account.a:x', ['renameColumn a>x Account.x']],
    ['column:account.a:x', ['renameColumn a>x Account.x']],
    ['"account"."a":"x"', ['renameColumn a>x Account.x']],
  ])('a column: %s', (text, operations) => {
    expect(diff(account('a'), account('x'), said(text))).toMatchObject({
      operations,
      questions: [],
    });
  });

  it('a table and a column of it, under the old or the new name of the table', () => {
    const customer = model([ofEntity('Customer', table('customer', columns('x')))]);
    for (const owner of ['account', 'customer']) {
      const given = said('table:account:customer', `${owner}.a:x`);
      expect(diff(account('a'), customer, given)).toMatchObject({
        operations: ['renameTable account>customer Customer', 'renameColumn a>x Customer.x'],
        questions: [],
      });
    }
  });

  it('an enum and a label', () => {
    const kind = (name: string, label: string) =>
      model([], { enums: [{ schema: null, name, labels: [label], entity: 'Account' }] });
    const given = said('enum:kind:sort', 'label:sort.a:b');
    expect(diff(kind('kind', 'a'), kind('sort', 'b'), given)).toMatchObject({
      operations: ['renameEnum kind>sort Account', 'alterEnum [{"from":"a","to":"b"}]'],
      questions: [],
    });
  });

  it.each([
    ['account.nosuch:x', 'no column account.nosuch'],
    ['account.a:nosuch', 'no column account.nosuch'],
    ['nosuch.a:x', 'table nosuch'],
    ['account.a:b', 'in use'],
    ['table:nosuch:account', 'no table nosuch'],
    ['table:account:nosuch', 'no table nosuch'],
    ['enum:a:b', 'enum a'],
    ['label:a.b:c', 'enum a'],
  ])('is refused where it cannot be: %s', (text, reason) => {
    const change = () => diff(account('a', 'b'), account('x', 'b'), said(text));
    expect(change).toThrow(expect.objectContaining({ code: 'E7041' }));
    expect(change).toThrow(reason);
  });

  it.each([
    '',
    'account',
    'account.a',
    'a:b',
    'a.b.c.d:e',
    'a.b:c.d',
    'table:a',
    '"a.b:c',
    'a.b:',
    '.a:b',
  ])('is refused where it says none: %j', (text) => {
    expect(() => parseRename(text)).toThrow(expect.objectContaining({ code: 'E7041' }));
  });

  it('reads names with every character', () => {
    expect(parseRename('"my.s"."a:b"."c""d":e')).toMatchObject({
      kind: 'column',
      of: { schema: 'my.s', name: 'a:b' },
      from: 'c"d',
      to: 'e',
    });
    expect(parseRename('table:audit.a:b')).toMatchObject({ to: { schema: 'audit', name: 'b' } });
  });
});

describe('renames that the model hints at', () => {
  const hinted = (target: SchemaModel, ...renamed: readonly RenameHint[]) => ({
    ...target,
    renamed,
  });
  const customer = { schema: null, name: 'customer' };
  const owner = { schema: null, name: 'account' };

  it.each(['account', 'Account'])('a table, after its name or its entity: %s', (from) => {
    const target = model([ofEntity('Customer', table('customer', columns('a')))]);
    expect(diff(account('a'), hinted(target, { kind: 'table', table: customer, from }))).toEqual(
      expect.objectContaining({
        operations: ['renameTable account>customer Customer'],
        questions: [],
      }),
    );
  });

  it.each(['mail', 'email'])('a column, after its name or its property: %s', (from) => {
    const current = model([
      ofEntity('Account', table('account', [column('mail', 'text', { property: 'email' })])),
    ]);
    const target = account('address');
    const hint = { kind: 'column', table: owner, column: 'address', from } as const;
    expect(diff(current, hinted(target, hint))).toMatchObject({
      operations: ['renameColumn mail>address Account.address'],
      questions: [],
    });
  });

  it('says nothing any more once it was followed, nor of what is still wanted', () => {
    const hint = { kind: 'column', table: owner, column: 'b', from: 'a' } as const;
    expect(diff(account('b'), hinted(account('b'), hint)).operations).toEqual([]);
    expect(diff(account('a'), hinted(account('a', 'b'), hint)).operations).toEqual(['addColumn']);
  });
});

describe('answers', () => {
  it.each([
    ['rename-column:account.x', 'from:nosuch', /from:a, new/],
    ['rename-column:account.x', 'yes', /from:a, new/],
  ])('E7040: %s: %s is none of the choices', (id, answer, text) => {
    const change = () => diff(account('a'), account('x'), { answers: { [id]: answer } });
    expect(change).toThrow(expect.objectContaining({ code: 'E7040' }));
    expect(change).toThrow(text);
  });

  it('E7040: one thing is not given to two', () => {
    const answers = { 'rename-column:account.x': 'from:a', 'rename-column:account.y': 'from:a' };
    const change = () => diff(account('a'), account('x', 'y'), { answers });
    expect(change).toThrow(expect.objectContaining({ code: 'E7040' }));
  });

  it('an answer counts before --allow-destructive', () => {
    const given = { answers: { 'drop-column:account.a': 'keep' }, allowDestructive: true };
    expect(diff(account('a', 'b'), account('b'), given).operations).toEqual([]);
  });
});
