import { literal } from '../../schema/literal.fixture.js';
import { EMPTY_SCHEMA } from '../../schema/schema-model.js';
import { postgresSyntax } from '../../dialects/postgres/postgres-syntax.js';
import { createOperations } from '../create-operations.js';
import {
  applyOperation,
  callsOf,
  describeOperation,
  effectsOf,
  isDestructive,
  kindOf,
  reverseOperation,
  transactionClassOf,
} from '../operation-definitions.js';
import type { Operation } from '../operation.js';
import { argument } from './argument.js';
import { defineOperation } from './define-operation.js';
import type { DefinedOperation, OperationMethod } from './define-operation.js';

const grantRole = defineOperation({
  name: 'grantRole',
  parameters: [
    ['role', argument.name],
    ['member', argument.name],
    { admin: argument.flag, via: argument.oneOf('sql', 'api') },
  ],
  describe: ({ role, member }) => `grant ${role} to ${member}`,
  reverse: ({ role, member }): Operation => revokeRole.of({ role, member }),
  compile: ({ role, member, admin }, { identifier }) =>
    `GRANT ${identifier(role)} TO ${identifier(member)}${admin ? ' WITH ADMIN OPTION' : ''}`,
});
const revokeRole = defineOperation({
  name: 'revokeRole',
  parameters: [
    ['role', argument.name],
    ['member', argument.optional(argument.name)],
  ],
  describe: ({ role, member }) => `revoke ${role} from ${member ?? 'all'}`,
  compile: { postgres: ({ role, member = 'PUBLIC' }) => [`REVOKE ${role} FROM ${member}`] },
});
const setPort = defineOperation({
  name: 'setPort',
  parameters: [{ port: argument.required(argument.number), at: argument.sql }],
  describe: () => 'set the port',
  isDestructive: true,
  transactionClass: 'autocommit',
  compile: ({ port }) => `SET x.port = ${port}`,
});

/** Checked by the compiler, and never called: a line that is allowed below a `@ts-expect-error` fails the type check. */
export function typesOfOwn(
  grant: OperationMethod<typeof grantRole>,
  revoke: OperationMethod<typeof revokeRole>,
  set: OperationMethod<typeof setPort>,
): readonly unknown[] {
  return [
    grant('reader', 'bob'),
    grant('reader', 'bob', { admin: true, via: 'sql' }),
    // @ts-expect-error a member is needed
    grant('reader'),
    // @ts-expect-error a number is no name
    grant('reader', 5),
    // @ts-expect-error there is no such option
    grant('reader', 'bob', { grantor: 'eve' }),
    // @ts-expect-error there is no such word
    grant('reader', 'bob', { via: 'mail' }),
    revoke('reader'),
    revoke('reader', 'bob'),
    // @ts-expect-error it has no options
    revoke('reader', 'bob', {}),
    set({ port: 5, at: { sql: 'now()' } }),
    // @ts-expect-error the options are needed
    set(),
    // @ts-expect-error the port is needed
    set({ at: 'now()' }),
    grantRole.of({ role: 'reader', member: 'bob', admin: true }),
    // @ts-expect-error the data lacks a member
    grantRole.of({ role: 'reader' }),
    // @ts-expect-error the data has no such part
    grantRole.of({ role: 'reader', member: 'bob', grantor: 'eve' }),
    defineOperation({
      name: 'x',
      parameters: [['a', argument.number]],
      // @ts-expect-error the data has no such part
      describe: ({ b }) => String(b),
      compile: ({ a }) => a.toFixed(),
    }),
  ];
}

type Calls = Record<string, (...args: readonly unknown[]) => Promise<void>>;

/** What a call makes. */
function made(definition: DefinedOperation, ...args: readonly unknown[]): Operation {
  const submitted: Operation[] = [];
  const submit = (operation: Operation): Promise<void> => {
    submitted.push(operation);
    return Promise.resolve();
  };
  const op = createOperations({ literal, submit, operations: [definition] });
  void (op as unknown as Calls)[definition.name]?.(...args);
  const [operation] = submitted;
  if (!operation) throw new Error('nothing was submitted');
  return operation;
}

describe('an operation of one’s own', () => {
  it('is data that is frozen, with what was read from its arguments', () => {
    const operation = made(grantRole, 'reader', 'bob', { admin: true });
    expect(operation).toEqual(grantRole.of({ role: 'reader', member: 'bob', admin: true }));
    expect(Object.isFrozen(operation)).toBe(true);
    expect(grantRole.is(operation)).toBe(true);
    expect(revokeRole.is(operation)).toBe(false);
    expect(made(grantRole, 'reader', 'bob', { admin: false })).toEqual(
      grantRole.of({ role: 'reader', member: 'bob' }),
    );
  });

  it('in JSON has its name for its definition', () => {
    expect(JSON.parse(JSON.stringify(grantRole.of({ role: 'a', member: 'b' })))).toEqual({
      kind: 'own',
      definition: 'grantRole',
      data: { role: 'a', member: 'b' },
    });
  });

  it('answers what every operation answers', () => {
    const operation = grantRole.of({ role: 'reader', member: 'bob\n\tx' });
    expect(kindOf(operation)).toBe('grantRole');
    expect(describeOperation(operation)).toBe('grant reader to bob x');
    expect(reverseOperation(operation)).toEqual(
      revokeRole.of({ role: 'reader', member: 'bob\n\tx' }),
    );
    expect(callsOf(operation)).toEqual([{ method: 'grantRole', args: ['reader', 'bob\n\tx'] }]);
    expect(postgresSyntax.compile(operation)).toEqual(['GRANT "reader" TO "bob\n\tx"']);
  });

  it('has defaults: no way back, no effect, the same model, transactional, harmless', () => {
    const operation = revokeRole.of({ role: 'reader' });
    expect(reverseOperation(operation)).toBeUndefined();
    expect(effectsOf(operation)).toEqual([]);
    expect(applyOperation(operation, EMPTY_SCHEMA)).toBe(EMPTY_SCHEMA);
    expect(transactionClassOf(operation, postgresSyntax.capabilities)).toBe('transactional');
    expect(isDestructive(operation)).toBe(false);
    const destructive = setPort.of({ port: 5 });
    expect(transactionClassOf(destructive, postgresSyntax.capabilities)).toBe('autocommit');
    expect(isDestructive(destructive)).toBe(true);
  });

  it('OPX-10: has statements for a dialect or for every other one; without any the error says for which it has them', () => {
    const byDialect = defineOperation({
      name: 'byDialect',
      parameters: [],
      describe: () => 'by dialect',
      compile: { postgres: () => 'SELECT 1', default: () => 'SELECT 2' },
    });
    const tools = { dialect: 'postgres', identifier: String } as never;
    const other = { dialect: 'mysql', identifier: String } as never;
    expect(byDialect.compile({}, tools)).toEqual(['SELECT 1']);
    expect(byDialect.compile({}, other)).toEqual(['SELECT 2']);
    expect(grantRole.compile({ role: 'a', member: 'b' }, other)).toEqual(['GRANT a TO b']);
    expect(() => revokeRole.compile({ role: 'a' }, other)).toThrow(
      expect.objectContaining({
        code: 'E3012',
        problem: 'op.revokeRole has no statements for mysql, only for postgres',
        advice: expect.stringContaining('"mysql" or "default"') as string,
      }),
    );
  });
});

describe('the arguments of an operation of one’s own', () => {
  it.each<[string, DefinedOperation, readonly unknown[], string, string]>([
    ['a number', grantRole, [5, 'bob'], 'E3013', '"role" of op.grantRole is 5, but must be'],
    ['nothing', grantRole, [], 'E3013', '"role" of op.grantRole is missing: it must be a string'],
    ['an empty name', grantRole, ['', 'bob'], 'E3008', '"role" of op.grantRole is an empty name'],
    ['NUL', grantRole, ['a\0', 'bob'], 'E3005', '"role" of op.grantRole contains NUL'],
    ['half a character', grantRole, ['\ud800', 'b'], 'E3006', '"role" of op.grantRole has half'],
    ['a promise', grantRole, [Promise.resolve(), 'b'], 'E3013', 'is a promise'],
    ['an option that is none', grantRole, ['a', 'b', { admn: true }], 'E3013', 'option "admn"'],
    ['a wrong option', grantRole, ['a', 'b', { admin: 1 }], 'E3013', '"options.admin" of op'],
    ['a wrong word', grantRole, ['a', 'b', { via: 'x' }], 'E3013', "must be 'sql' or 'api'"],
    ['options that are none', grantRole, ['a', 'b', 'c'], 'E3013', '"options" of op.grantRole is'],
    ['one too many', grantRole, ['a', 'b', {}, 'd'], 'E3013', 'one too many: it takes 3 arguments'],
    ['no options', setPort, [], 'E3013', '"options.port" of op.setPort is missing: it must be a'],
    ['NaN', setPort, [{ port: NaN }], 'E3013', '"options.port" of op.setPort is NaN'],
    ['a number as text', setPort, [{ port: '5' }], 'E3013', 'is "5", but must be a number'],
  ])('refuse %s, and say where', (_, definition, args, code, text) => {
    expect(() => made(definition, ...args)).toThrow(
      expect.objectContaining({ code, problem: expect.stringContaining(text) as string }),
    );
  });

  it('undefined counts as not given', () => {
    expect(made(grantRole, 'a', 'b', undefined, undefined)).toEqual(made(grantRole, 'a', 'b'));
    expect(made(revokeRole, 'a', undefined)).toEqual(revokeRole.of({ role: 'a' }));
  });

  it('a program that makes one itself is checked too', () => {
    const of = grantRole.of as (data: unknown) => unknown;
    for (const [data, text] of [
      [{ role: 'a' }, '"data.member" of grantRole.of is missing'],
      [{ role: 'a', member: '' }, '"data.member" of grantRole.of is an empty name'],
      [{ role: 'a', member: 'b', rank: 1 }, '"data.rank" of grantRole.of is no parameter'],
      ['a', '"data" of grantRole.of is "a", but must be an object'],
    ] as const)
      expect(() => of(data)).toThrow(
        expect.objectContaining({ message: expect.stringContaining(text) as string }),
      );
  });
});

describe('plain data, and a check of one’s own', () => {
  const keep = defineOperation({
    name: 'keep',
    parameters: [
      ['data', argument.data],
      {
        port: argument.checked({
          expected: 'a port',
          accepts: (value): value is number => Number.isInteger(value),
        }),
      },
    ],
    describe: () => 'keep data',
    compile: () => [],
  });
  const circle: { self?: unknown } = {};
  circle.self = circle;

  it.each<[string, unknown, string]>([
    ['a date', new Date(0), '"data" of op.keep is an object, but must be plain data'],
    ['a function inside', { a: [() => 1] }, '"data.a[0]" of op.keep is a function'],
    ['a big integer', 5n, '"data" of op.keep is 5n, but must be plain data'],
    ['a circle', circle, '"data.self" of op.keep is an object, but must be data without a circle'],
    ['NUL inside', { a: '\0' }, '"data.a" of op.keep contains NUL'],
    ['NUL in a name', { 'a\0': 1 }, 'contains NUL'],
    ['a class', new (class Odd {})(), 'must be plain data'],
  ])('refuse %s', (_, data, text) => {
    expect(() => made(keep, data)).toThrow(
      expect.objectContaining({ problem: expect.stringContaining(text) as string }),
    );
  });

  it('are copied, so that what a caller changes later is another matter', () => {
    const given = { list: [1] };
    const operation = made(keep, given, { port: 80 });
    given.list.push(2);
    expect(operation).toEqual(keep.of({ data: { list: [1] }, port: 80 }));
    expect(() => made(keep, 1, { port: 'x' })).toThrow(
      /"options.port" of op.keep is "x", but must be a port/,
    );
  });
});

describe('a definition that is wrong (E3018)', () => {
  const good = {
    name: 'good',
    parameters: [['a', argument.name]],
    describe: () => 'good',
    compile: () => 'SELECT 1',
  };
  const define = defineOperation as unknown as (init: unknown) => DefinedOperation;

  it.each<[string, unknown, string]>([
    ['is nothing', undefined, 'defineOperation was given undefined, not an object'],
    ['has an odd name', { ...good, name: 'a b' }, '"name" of defineOperation is "a b"'],
    ['has no words', { ...good, describe: undefined }, '"describe" of defineOperation is missing'],
    ['has no statements', { ...good, compile: {} }, '"compile" of defineOperation is an object'],
    [
      'has a part too many',
      { ...good, revers: () => 1 },
      'no part "revers"; did you mean "reverse"?',
    ],
    ['has parameters as an object', { ...good, parameters: {} }, '"parameters" of defineOperation'],
    ['has a parameter of no type', { ...good, parameters: [['a']] }, '"a" has no type'],
    [
      'has a parameter twice',
      { ...good, parameters: [['a', argument.name], { a: argument.flag }] },
      '"a" is there twice',
    ],
    [
      'has options first',
      { ...good, parameters: [{}, ['a', argument.name]] },
      'item 1 is an object',
    ],
    [
      'has a parameter named __proto__',
      { ...good, parameters: [['__proto__', argument.name]] },
      'cannot be a name',
    ],
    [
      'needs an argument behind one that it does not need',
      {
        ...good,
        parameters: [
          ['a', argument.optional(argument.name)],
          ['b', argument.name],
        ],
      },
      '"b" must be given, but stands behind "a"',
    ],
    ['has another class', { ...good, transactionClass: 'never' }, '"transactionClass" of'],
  ])('that %s', (_, init, text) => {
    expect(() => define(init)).toThrow(
      expect.objectContaining({ code: 'E3018', problem: expect.stringContaining(text) as string }),
    );
  });

  it.each<[string, object, (operation: Operation) => unknown, string]>([
    [
      'describe gives nothing',
      { describe: () => ' ' },
      describeOperation,
      '"describe" of op.good gives " "',
    ],
    [
      'describe throws',
      {
        describe: () => {
          throw new TypeError('oops');
        },
      },
      describeOperation,
      '"describe" of op.good threw: oops',
    ],
    [
      'compile is asynchronous',
      { compile: () => Promise.resolve('x') },
      (o) => postgresSyntax.compile(o),
      '"compile" of op.good gives a promise',
    ],
    [
      'compile gives a blank statement',
      { compile: () => ['SELECT 1', ''] },
      (o) => postgresSyntax.compile(o),
      '"compile" of op.good gives a list',
    ],
    [
      'reverse gives a text',
      { reverse: () => 'revoke' },
      reverseOperation,
      '"reverse" of op.good gives "revoke"',
    ],
    [
      'apply gives no model',
      { apply: () => ({}) },
      (o) => applyOperation(o, EMPTY_SCHEMA),
      'must give a schema model',
    ],
    [
      'effects are odd',
      { effects: () => [{ action: 'made', kind: 'role', schema: null, name: 'x' }] },
      effectsOf,
      '"effects" of op.good gives a list',
    ],
    [
      'the class is odd',
      { transactionClass: () => 'never' },
      (o) => transactionClassOf(o, postgresSyntax.capabilities),
      "must give 'transactional' or 'autocommit'",
    ],
    ['destruction is odd', { isDestructive: () => 1 }, isDestructive, 'must give true or false'],
  ])('whose %s', (_, parts, ask, text) => {
    const operation = define({ ...good, ...parts }).of({ a: 'x' });
    expect(() => ask(operation)).toThrow(
      expect.objectContaining({ code: 'E3018', problem: expect.stringContaining(text) as string }),
    );
  });
});

describe('a name that op does not have', () => {
  const op = createOperations({
    literal,
    submit: () => Promise.resolve(),
    operations: [grantRole],
  });
  const call = (name: string) => () => (op as unknown as Calls)[name]?.();

  it('is refused with the closest one, built-in or not (E3019)', () => {
    expect(call('grantRol')).toThrow(
      expect.objectContaining({
        code: 'E3019',
        problem: 'op.grantRol is not an operation',
        advice: 'Did you mean op.grantRole?',
        facts: { operation: 'grantRol', suggestion: 'grantRole' },
      }),
    );
    expect(call('createTabel')).toThrow(/Did you mean op.createTable\?/);
    expect(call('reticulateSplines')).toThrow(/Register it with the option "operations"/);
  });

  it('is none that JavaScript asks for by itself', async () => {
    expect('grantRol' in op).toBe(false);
    expect('grantRole' in op).toBe(true);
    expect(await op).toBe(op);
    expect(JSON.stringify(op)).toBe('{"type":{}}');
    expect(String(op)).toBe('[object Object]');
  });
});
