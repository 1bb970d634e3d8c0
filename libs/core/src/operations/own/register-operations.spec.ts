import { withReplacedStatements } from '../../dialects/common/replaced-statements.js';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { Operation } from '../operation.js';
import { argument } from './argument.js';
import { defineOperation } from './define-operation.js';
import { addTenant } from './own-operation.fixture.js';
import { registerOperations } from './register-operations.js';
import type { RegisteredOperation } from './register-operations.js';
import { replaceOperation } from './replace-operation.js';

const named = (name: string, replace = false) =>
  defineOperation({
    name,
    replace,
    parameters: [['name', argument.name]],
    describe: () => `${name} it`,
    compile: ({ name: text }) => `SELECT '${name} ${text}'`,
  });

const dropTable: Operation = { kind: 'dropTable', name: { schema: null, name: 'account' } };
const execute: Operation = { kind: 'execute', sql: 'SELECT :a', parameters: { a: 1 } };

describe('registering operations', () => {
  it.each<[string, readonly RegisteredOperation[], string]>([
    [
      'twice',
      [named('vacuum'), named('vacuum')],
      '"vacuum" of the option "operations" is registered twice',
    ],
    [
      'of a built-in operation',
      [named('createIndex')],
      '"createIndex" of the option "operations" is a built-in',
    ],
    [
      'of the helper op.sql',
      [named('sql', true)],
      '"sql" of the option "operations" is a name that no',
    ],
    ['that JavaScript asks for', [named('then', true)], '"then"'],
    ['of every object', [named('toString', true)], '"toString"'],
    [
      'of a kind that is replaced twice',
      [
        replaceOperation({ kind: 'dropTable', compile: () => 'a' }),
        replaceOperation({ kind: 'dropTable', compile: () => 'b' }),
      ],
      '"dropTable" of the option "operations" is replaced twice',
    ],
  ])('OPX-09, SCN-69: a name %s is refused (E9009)', (_, operations, text) => {
    expect(() => registerOperations(operations)).toThrow(
      expect.objectContaining({ code: 'E9009', problem: expect.stringContaining(text) as string }),
    );
  });

  it('OPX-09, SCN-69: with `replace` the later one takes the place of the earlier, and of a built-in one', () => {
    const later = named('vacuum', true);
    const index = named('createIndex', true);
    const { own } = registerOperations([named('vacuum'), later, index]);
    expect(own).toEqual([later, index]);
  });

  it('a replacement of what is no kind is refused, with the closest one', () => {
    const odd = replaceOperation({ kind: 'creatIndex' as 'createIndex', compile: () => 'a' });
    expect(() => registerOperations([odd])).toThrow(
      expect.objectContaining({
        code: 'E3018',
        problem: expect.stringContaining('did you mean "createIndex"?') as string,
      }),
    );
    expect(() => replaceOperation({ kind: 'own' as never, compile: () => 'a' })).toThrow(
      /"kind" of replaceOperation/,
    );
    expect(() => replaceOperation({ kind: 'dropTable', compile: 5 as never })).toThrow(/"compile"/);
  });
});

describe('replacing the statements of a built-in operation', () => {
  const dialectWith = (...operations: readonly RegisteredOperation[]) =>
    withReplacedStatements(postgresDialect, registerOperations(operations));

  it('OPX-09: they may build on those that it has, and a text with several is taken apart', () => {
    const dialect = dialectWith(
      replaceOperation({
        kind: 'dropTable',
        compile: (operation, { compile, qualified }) => [
          `LOCK TABLE ${qualified(operation.name)}; SELECT 1;`,
          ...compile(operation),
        ],
      }),
    );
    expect(dialect.compile(dropTable)).toEqual([
      'LOCK TABLE "account"',
      'SELECT 1',
      'DROP TABLE "account"',
    ]);
    expect(dialect.name).toBe('postgres');
    expect(dialect.compile(execute)).toEqual(['SELECT 1']);
    expect(dialect.bind(execute as never)).toEqual([{ sql: 'SELECT $1', parameters: [1] }]);
  });

  it('with the later one where two are registered', () => {
    const [first, second] = ['a', 'b'].map((sql, place) =>
      replaceOperation({ kind: 'dropTable', replace: place > 0, compile: () => `SELECT '${sql}'` }),
    ) as [RegisteredOperation, RegisteredOperation];
    expect(dialectWith(first, second).compile(dropTable)).toEqual([`SELECT 'b'`]);
  });

  it('of one dialect only leaves the others as they are', () => {
    const dialect = dialectWith(
      replaceOperation({ kind: 'dropTable', compile: { mysql: () => 'SELECT 1' } }),
    );
    expect(dialect.compile(dropTable)).toEqual(['DROP TABLE "account"']);
  });

  it('of execute replaces it with bound values too', () => {
    const dialect = dialectWith(
      replaceOperation({ kind: 'execute', compile: () => `SELECT 'mine'` }),
    );
    expect(dialect.bind(execute as never)).toEqual([{ sql: `SELECT 'mine'`, parameters: [] }]);
  });

  it('reaches operations of one’s own that are made of it', () => {
    const dialect = dialectWith(
      replaceOperation({
        kind: 'addColumn',
        compile: (operation, { compile, serverMajor }) => [
          ...compile(operation),
          `SELECT ${serverMajor}`,
        ],
      }),
    );
    const operation = addTenant.of({ table: 'account', column: 'tenant', type: 'integer' });
    expect(dialect.compile(operation, { version: '18beta1' })).toEqual([
      'ALTER TABLE "account" ADD COLUMN "tenant" integer',
      'SELECT 18',
    ]);
  });
});
