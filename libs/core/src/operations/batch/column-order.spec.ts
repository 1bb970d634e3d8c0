import { orderColumns } from './column-order.js';

const NAMES = ['a', 'b', 'c', 'd'];

describe('SCN-63: where a column goes', () => {
  it.each([
    ['before the first', { column: 'x', before: 'a' }, 'x a b c d'],
    ['before one in the middle', { column: 'x', before: 'c' }, 'a b x c d'],
    ['before the last', { column: 'x', before: 'd' }, 'a b c x d'],
    ['after the first', { column: 'x', after: 'a' }, 'a x b c d'],
    ['after one in the middle', { column: 'x', after: 'b' }, 'a b x c d'],
    ['after the last', { column: 'x', after: 'd' }, 'a b c d x'],
  ] as const)('%s', (_, place, expected) => {
    expect(orderColumns([...NAMES, 'x'], { places: [place] }).join(' ')).toBe(expected);
  });

  it('BATCH-25: next to a column that is new itself', () => {
    const places = [
      { column: 'x', before: 'b' },
      { column: 'y', after: 'x' },
    ];
    expect(orderColumns([...NAMES, 'x', 'y'], { places }).join(' ')).toBe('a x y b c d');
  });
});

describe('BATCH-13: lists of columns in order', () => {
  it.each([
    ['one list', [['c', 'a']], 'b c a d'],
    [
      'several lists',
      [
        ['b', 'a'],
        ['d', 'b'],
      ],
      'c d b a',
    ],
    ['the order that is there', [['a', 'b']], 'a b c d'],
    ['all columns', [['d', 'c', 'b', 'a']], 'd c b a'],
  ])('%s', (_, partialReordering, expected) => {
    expect(orderColumns(NAMES, { partialReordering }).join(' ')).toBe(expected);
  });

  it('a circle is an error that names the columns', () => {
    const partialReordering = [
      ['a', 'b'],
      ['b', 'a'],
    ];
    expect(() => orderColumns(NAMES, { partialReordering })).toThrow(
      expect.objectContaining({ code: 'E3013', message: expect.stringContaining('"a", "b"') }),
    );
  });

  it('a column that is not there is an error', () => {
    expect(() => orderColumns(NAMES, { partialReordering: [['x', 'a']] })).toThrow(
      expect.objectContaining({ code: 'E3014' }),
    );
    expect(() => orderColumns(NAMES, { places: [{ column: 'a', after: 'x' }] })).toThrow(
      expect.objectContaining({ code: 'E3014' }),
    );
  });
});
