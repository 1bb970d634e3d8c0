import { errorOf, graphOf, idsOf } from './graph.fixture.js';
import { parseOfflineRange, parseRange, refuseRange, rowsAtStart } from './parse-range.js';
import { planDowngrade } from './plan-downgrade.js';
import { planUpgrade } from './plan-upgrade.js';

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

describe('the range of an offline command', () => {
  it.each([
    ['b', { to: 'b' }],
    ['a:b', { from: 'a', to: 'b' }],
    [':b', { to: 'b' }],
  ])('%j', (text, expected) => {
    expect(parseOfflineRange(text)).toEqual(expected);
  });

  it.each(['a:b:c', 'a:', ''])('CLI-59: %j is refused', (text) => {
    expect(errorOf(() => parseOfflineRange(text)).code).toBe('E7007');
  });

  it('CLI-57: a downgrade must say from where', () => {
    expect(parseOfflineRange('c:a', { needsFrom: true })).toEqual({ from: 'c', to: 'a' });
    expect(errorOf(() => parseOfflineRange('a', { needsFrom: true })).code).toBe('E7013');
  });

  it('CLI-53, CLI-57: a range is refused where the database says where to begin', () => {
    expect(errorOf(() => refuseRange('a:b')).code).toBe('E7007');
    expect(() => refuseRange('billing@head')).not.toThrow();
  });

  it('SCN-31: rows at the start make the plan', () => {
    const graph = graphOf('abcd1 <- abcd2 <- abcd3');
    const { from, to } = parseOfflineRange('abcd2:head');
    const rows = rowsAtStart(graph, from);
    expect(idsOf(planUpgrade(graph, { rows, targets: [to] }))).toBe('abcd3');
    const down = rowsAtStart(graph, 'abcd3');
    expect(idsOf(planDowngrade(graph, { rows: down, target: 'base' }))).toBe('abcd3 abcd2 abcd1');
  });

  it.each([
    [undefined, []],
    ['base', []],
    ['heads', ['b', 'd']],
    ['one@head', ['b']],
    ['a', ['a']],
  ])('from %s the version table has %j', (from, rows) => {
    expect(rowsAtStart(graphOf('a[one] <- b', 'c[two] <- d'), from)).toEqual(rows);
  });

  it('head is refused where there are several', () => {
    expect(errorOf(() => rowsAtStart(graphOf('a', 'b'), 'head')).code).toBe('E1007');
  });
});
