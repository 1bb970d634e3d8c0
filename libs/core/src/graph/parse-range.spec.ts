import { errorOf } from './graph.fixture.js';
import { parseRange } from './parse-range.js';

describe('a history range (CLI-62)', () => {
  it.each([
    ['a:b', { base: 'a', head: 'b' }],
    ['a:', { base: 'a' }],
    [':b', { head: 'b' }],
    [':', {}],
    ['-2:current', { base: '-2', head: 'current' }],
    [' a:b ', { base: 'a', head: 'b' }],
  ])('%j', (text, expected) => {
    expect(parseRange(text)).toEqual(expected);
  });

  it.each(['a', '', 'a:b:c'])('CLI-59: %j is refused', (text) => {
    expect(errorOf(() => parseRange(text)).code).toBe('E7007');
  });
});
