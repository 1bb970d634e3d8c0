import * as fc from 'fast-check';
import { sameData, sameDataBut } from './same-data.js';
import { shapeKey } from './shape-key.js';

describe('sameData', () => {
  it('agrees with the texts of both values', () => {
    const values = fc.object({
      key: fc.constantFrom('a', 'b', 'name'),
      maxDepth: 2,
      values: [fc.constantFrom(1, 'x', true)],
    });
    fc.assert(
      fc.property(values, values, (left, right) => {
        expect(sameData(left, right)).toBe(shapeKey(left) === shapeKey(right));
        expect(sameData(left, structuredClone(left))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('takes a key without a value for none, and passes over ignored keys at the top only', () => {
    expect(sameData({ a: undefined }, {})).toBe(true);
    const ignored = new Set(['name']);
    expect(sameData({ name: 'x', a: 1 }, { a: 1 }, ignored)).toBe(true);
    expect(sameData({ a: { name: 'x' } }, { a: {} }, ignored)).toBe(false);
  });

  it('passes over ignored keys at any depth where it is told to', () => {
    const ignored = new Set(['name']);
    expect(sameDataBut({ a: [{ name: 'x', b: 1 }] }, { a: [{ b: 1 }] }, ignored)).toBe(true);
    expect(sameDataBut({ a: [{ name: 'x', b: 1 }] }, { a: [{ b: 2 }] }, ignored)).toBe(false);
    expect(sameDataBut({ a: {} }, { a: { b: 1 } }, ignored)).toBe(false);
  });

  it.each([
    [[1], { 0: 1 }],
    [null, {}],
    [[1, 2], [1]],
  ])('tells %j and %j apart', (left, right) => {
    expect(sameData(left, right)).toBe(false);
    expect(sameData(right, left)).toBe(false);
  });
});
