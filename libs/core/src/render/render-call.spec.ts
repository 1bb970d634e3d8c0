import * as fc from 'fast-check';
import * as estree from 'prettier/plugins/estree';
import * as typescript from 'prettier/plugins/typescript';
import { format } from 'prettier/standalone';
import type { OperationCall } from '../operations/operation-call.js';
import { sqlCode, textCode, valueCode } from '../operations/operation-call.js';
import type { Operation } from '../operations/operation.js';
import { arbOperationFor } from '../operations/operation.fixture.js';
import { parseLiteral } from '../schema/literal.fixture.js';
import { arbSchema } from '../schema/schema.fixture.js';
import { renderBody, renderCall } from './render-call.js';

const context = { parseLiteral };
const call = (method: string, ...args: OperationCall['args']): OperationCall => ({ method, args });
const long = (length: number): string => 'x'.repeat(length);

const formatted = (code: string): Promise<string> =>
  format(code, {
    parser: 'typescript',
    plugins: [estree as never, typescript as never],
    singleQuote: true,
    trailingComma: 'all',
    printWidth: 100,
  });

/** The code on as few lines as can be: Prettier leaves an object broken that it finds broken. */
const joined = (code: string): string => code.replaceAll(/\n\s*(?=[^`]*(?:`[^`]*`[^`]*)*$)/g, ' ');

const inFunction = (body: string): string => `async function upgrade(op) {\n  ${body}\n}\n`;

describe('renderCall', () => {
  it.each<readonly [string, OperationCall]>([
    ["op.dropTable('account')", call('dropTable', 'account')],
    [
      "op.dropTable('account', { schema: 'audit' })",
      call('dropTable', 'account', { schema: 'audit' }),
    ],
    ["op.setTableComment('a', null)", call('setTableComment', 'a', null)],
    ['op.x(true, -0.5, [])', call('x', true, -0.5, [])],
    ["op.x({ 'a b': 1, b: 2 })", call('x', { 'a b': 1, skipped: undefined, b: 2 })],
    ["op.x(op.sql('now()'))", call('x', sqlCode('now()'))],
    [`op.x("it's")`, call('x', valueCode("'it''s'"))],
    ['op.x(5)', call('x', valueCode('5'))],
    ['op.x(12345678901234567890n)', call('x', valueCode('12345678901234567890'))],
    ["op.x(op.sql('05'))", call('x', valueCode('05'))],
    ["op.x(op.sql('NULL'))", call('x', valueCode('NULL'))],
    ['op.x(null)', call('x', { code: 'value', sql: 'NULL', allowsNull: true })],
    ['op.x(op.sql("\'a\'::text"))', call('x', valueCode("'a'::text"))],
    [
      "op.x({ ['__proto__']: 1, code: 2 })",
      call('x', {
        code: 'row',
        entries: [
          ['__proto__', 1],
          ['code', 2],
        ],
      }),
    ],
    ['op.execute(`SELECT 1\n  FROM t`)', call('execute', textCode('SELECT 1\n  FROM t'))],
    ["op.execute('SELECT `\\n${1}')", call('execute', textCode('SELECT `\n${1}'))],
  ])('prints %s', (text, operationCall) => {
    expect(renderCall(operationCall, context)).toBe(text);
  });

  it.each<readonly [string, OperationCall]>([
    ['fits in 100 columns', call('dropTable', long(80))],
    ['is one column too long', call('dropTable', long(81))],
    ['has options that do not fit', call('dropTable', long(60), { schema: long(20) })],
    ['has options that fit on no line', call('x', long(95), { schema: long(20), entity: 'A' })],
    ['ends in a list', call('x', long(60), ['a', long(20)])],
    ['has two lists', call('alterEnum', long(40), ['a', long(20)], ['a', 'b', long(20)])],
    [
      'has a list of objects',
      call(
        'x',
        [
          { a: 1, b: 2 },
          { a: 1, b: 2 },
        ],
        { c: 1 },
      ),
    ],
    ['has a list of objects of one member', call('x', [{ a: 1 }, { a: 1 }])],
    ['has an object with a long string', call('x', { comment: long(120), id: long(120) })],
    ['has long SQL in an object', call('x', { default: sqlCode(long(120)), b: 1 })],
    ['has SQL of several lines in an object', call('x', { default: sqlCode('a\nb'), b: 1 })],
    ['has SQL of several lines before options', call('x', 'v', textCode('a\nb'), { b: 1 })],
    ['has a nested object', call('x', 'a', { from: { type: long(50), comment: long(40) } })],
    [
      'has a table body that is not last',
      call(
        'createTable',
        long(40),
        { code: 'tableBody', items: [call('column', long(20), 'text')] },
        { entity: 'A' },
      ),
    ],
    [
      'has a table body that is last',
      call('createTable', 't', {
        code: 'tableBody',
        items: [call('check', textCode(long(90))), call('check', textCode('a\nb'))],
      }),
    ],
    ['has an empty table body', call('createTable', long(90), { code: 'tableBody', items: [] })],
  ])('is laid out as Prettier would where it %s', async (_, operationCall) => {
    const code = inFunction(`await ${renderCall(operationCall, context)};`);
    expect(code).toBe(await formatted(joined(code)));
  });
});

describe('renderBody', () => {
  it('AGR-01: is empty for no operation', () => {
    expect(renderBody([], context)).toBe('');
  });

  it('is laid out as Prettier would for any operations', async () => {
    const isPlain = (operation: Operation): boolean =>
      /^[\x20-_a-~]*$/.test(JSON.stringify(operation));
    const arbOperation = arbSchema.chain(arbOperationFor).filter(isPlain);
    await fc.assert(
      fc.asyncProperty(
        fc.array(arbOperation, { minLength: 1, maxLength: 3 }),
        async (operations) => {
          const code = inFunction(renderBody(operations, context));
          expect(code).toBe(await formatted(joined(code)));
        },
      ),
      { numRuns: 100 },
    );
  }, 30_000);
});
