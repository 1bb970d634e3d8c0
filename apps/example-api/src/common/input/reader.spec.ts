import { InputError, listOf, nullable, object, optional } from './reader.js';
import type { Reader } from './reader.js';
import {
  bigintKey,
  boolean,
  day,
  decimal,
  email,
  instant,
  integer,
  integerText,
  json,
  oneOf,
  slug,
  text,
  uuid,
} from './values.js';

const problemsOf = (read: Reader<unknown>, value: unknown): readonly string[] => {
  try {
    read(value);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
};

describe('object', () => {
  const order = object({
    name: text(5),
    note: optional(nullable(text(10))),
    lines: listOf(object({ sku: text(3), quantity: integer(1) }), 2),
  });

  it('leaves out what is left out, and keeps null', () => {
    expect(order({ name: ' a ', lines: [] })).toEqual({ name: 'a', lines: [] });
    expect(order({ name: 'a', lines: [], note: null })).toEqual({
      name: 'a',
      lines: [],
      note: null,
    });
  });

  it('tells every problem with its place', () => {
    const value = {
      nam: 'x',
      lines: [
        { sku: 'ok', quantity: 1 },
        { sku: '', quantity: 0 },
      ],
    };
    expect(problemsOf(order, value)).toEqual([
      'nam: is not known',
      'name: must be a text of 1 to 5 characters',
      'lines.1.sku: must be a text of 1 to 3 characters',
      'lines.1.quantity: must be a whole number from 1 to 2147483647',
    ]);
  });

  it.each([[null], ['text'], [[]], [undefined]])('refuses %p', (value) => {
    expect(problemsOf(order, value)).toEqual(['must be an object']);
  });

  it('does not take a name of Object.prototype for a field', () => {
    expect(problemsOf(object({}), JSON.parse('{"constructor":1}'))).toEqual([
      'constructor: is not known',
    ]);
  });
});

describe('readers of values', () => {
  it.each<[string, Reader<unknown>, unknown, unknown]>([
    ['slug', slug, 'red-wine-2', 'red-wine-2'],
    ['email', email, 'a@b.example', 'a@b.example'],
    ['uuid', uuid, '0b7e2a52-63f3-4a0c-9f0e-0d8f8f1c7c11', '0b7e2a52-63f3-4a0c-9f0e-0d8f8f1c7c11'],
    ['day', day, '2024-02-29', '2024-02-29'],
    ['instant', instant, '2026-01-01T00:00:00+01:00', new Date('2025-12-31T23:00:00Z')],
    ['decimal', decimal, 12.5, '12.5'],
    ['decimal', decimal, '0.10', '0.10'],
    ['integerText', integerText(0), '07', 7],
    ['bigintKey', bigintKey, '9007199254740993', '9007199254740993'],
    ['boolean', boolean, false, false],
    ['oneOf', oneOf({ A: 'a' }), 'a', 'a'],
    ['json', json, { a: 1 }, { a: 1 }],
  ])('%s takes %p', (_name, read, value, expected) => {
    expect(read(value)).toEqual(expected);
  });

  it.each<[string, Reader<unknown>, unknown]>([
    ['slug', slug, 'Red wine'],
    ['email', email, 'a@b'],
    ['uuid', uuid, '1'],
    ['day', day, '2026-02-30'],
    ['day', day, ''],
    ['instant', instant, '2026-01-01'],
    ['decimal', decimal, '1.234'],
    ['decimal', decimal, -1],
    ['decimal', decimal, 1e21],
    ['integer', integer(1), 1.5],
    ['integerText', integerText(0), '1e3'],
    ['bigintKey', bigintKey, '0'],
    ['boolean', boolean, 'true'],
    ['oneOf', oneOf({ A: 'a' }), 'A'],
    ['json', json, []],
    ['text', text(3), '   '],
  ])('%s refuses %p', (_name, read, value) => {
    expect(problemsOf(read, value)).toHaveLength(1);
  });
});
