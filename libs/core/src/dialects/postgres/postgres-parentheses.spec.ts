import { withoutOuterParentheses } from './postgres-parentheses.js';

describe('withoutOuterParentheses', () => {
  it.each([
    ['a > 0', 'a > 0'],
    ['(a > 0)', 'a > 0'],
    ['((a > 0))', 'a > 0'],
    [' ( (a) ) ', 'a'],
    ['(a > 0) AND (b > 0)', '(a > 0) AND (b > 0)'],
    ['lower(name)', 'lower(name)'],
    [`(a = ')')`, `a = ')'`],
    [`(a = '(') OR (b = ')')`, `(a = '(') OR (b = ')')`],
    [`("we)ird" > 0)`, `"we)ird" > 0`],
    ['(a /* ) */ + 1)', 'a /* ) */ + 1'],
    ['(a $$)$$ )', 'a $$)$$'],
    ['(a', '(a'],
    ['()', ''],
    ['', ''],
  ])('%s becomes %s', (sql, expected) => {
    expect(withoutOuterParentheses(sql)).toBe(expected);
  });
});
