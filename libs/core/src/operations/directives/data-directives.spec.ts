import { literal } from '../../schema/literal.fixture.js';
import { createOperations } from '../create-operations.js';
import { callOf } from '../operation-definitions.js';
import type { Operation } from '../operation.js';
import type { Operations } from '../operations-api.js';

/** Checked by the compiler alone: the function is never called. */
export function typesOfData(op: Operations): void {
  void op.execute('SELECT :a', { a: 1n, b: 'x', c: null, d: true });
  // @ts-expect-error a date is no literal
  void op.execute('SELECT :a', { a: new Date() });
  // @ts-expect-error SQL is no value
  void op.execute('SELECT :a', { a: op.sql('now()') });
  const text: string = op.inlineLiteral(5).sql;
  // @ts-expect-error an object is no value
  op.inlineLiteral({ text });
}

function recorded() {
  const operations: Operation[] = [];
  const op = createOperations({
    literal,
    submit: async (operation) => {
      operations.push(operation);
    },
  });
  return { op, operations };
}

describe('op.execute', () => {
  it('keeps its parameters, and the file that makes it says them', async () => {
    const { op, operations } = recorded();
    await op.execute('SELECT :code', { code: 'it', __proto__x: -0 });
    const [made] = operations;
    expect(made).toEqual({
      kind: 'execute',
      sql: 'SELECT :code',
      parameters: { code: 'it', __proto__x: -0 },
    });
    expect(made && callOf(made).args[1]).toEqual({
      code: 'row',
      entries: [
        ['code', 'it'],
        ['__proto__x', -0],
      ],
    });
  });

  it.each([
    ['a date', { a: new Date(0) }, 'parameters.a'],
    ['infinity', { a: 1 / 0 }, 'parameters.a'],
    ['undefined', { a: undefined }, 'parameters.a'],
    ['a list', ['x'], 'parameters'],
  ])('refuses %s for a parameter', (_, parameters, argument) => {
    const { op } = recorded();
    const execute = op.execute as (sql: string, parameters: unknown) => Promise<void>;
    expect(() => execute('SELECT :a', parameters)).toThrow(
      expect.objectContaining({
        code: 'E3013',
        facts: expect.objectContaining({ argument }),
      }),
    );
  });
});

it('OP-38: op.inlineLiteral writes a value as the database does, percent signs as they are', () => {
  const { op } = recorded();
  expect(op.inlineLiteral("it's 100%")).toEqual({ sql: "'it''s 100%'" });
  expect(op.inlineLiteral(null)).toEqual({ sql: 'NULL' });
  expect(() => op.inlineLiteral({} as never)).toThrow(expect.objectContaining({ code: 'E3013' }));
});
