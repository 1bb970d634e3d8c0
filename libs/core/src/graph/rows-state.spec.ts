import { errorOf, graphOf, idsOf } from './graph.fixture.js';
import { checkRows, currentRevisions, isAtHead } from './rows-state.js';

// a1 <- a2 <- a3
// b1 <- b2          b2 depends on a2
const graph = graphOf('a1 <- a2 <- a3', 'b1 <- b2', 'a2 <~ b2');

describe('where a database is', () => {
  it.each([
    ['CLI-71: a row', ['a1'], 'a1'],
    ['CLI-71, SCN-27: a row and what it implies on another branch', ['b2'], 'a2 b2'],
    ['CLI-71: what is implied, but covered by a row, is not listed', ['a3', 'b2'], 'a3 b2'],
    ['CLI-71: no rows', [], ''],
    ['the same row twice', ['a1', 'a1'], 'a1'],
  ])('%s', (_, rows, expected) => {
    expect(idsOf(currentRevisions(graph, rows))).toBe(expected);
  });

  it('CLI-71: an implied revision of the same branch is no tip', () => {
    const merged = graphOf('a <- b, c', 'b, c <- d');
    expect(idsOf(currentRevisions(merged, ['d']))).toBe('d');
  });
});

describe('whether a database is at head', () => {
  it.each([
    ['all rows', ['a3', 'b2'], true],
    ['one is missing', ['b2'], false],
    ['none', [], false],
  ])('%s', (_, rows, expected) => {
    expect(isAtHead(graph, rows)).toBe(expected);
  });

  it('PORT-09, CLI-74: a head that is depended on needs no row', () => {
    const effective = graphOf('a1 <- a2', 'b1 <- b2', 'a2 <~ b2');
    expect(isAtHead(effective, ['b2'])).toBe(true);
    expect(isAtHead(effective, ['a2', 'b1'])).toBe(false);
  });

  it('an empty graph is at head', () => {
    expect(isAtHead(graphOf(), [])).toBe(true);
  });
});

describe('rows that no plan can start from', () => {
  it('B092: an unknown row', () => {
    const error = errorOf(() => checkRows(graph, ['a1', 'gone']));
    expect(error).toMatchObject({ code: 'E4001', facts: { rows: ['gone'] } });
    expect(error.advice).toContain('stamp --purge');
  });

  it.each([
    ['B106: white space is shown', 'a1\r ', '"a1\\r "'],
    ['control characters are shown', '\u001b[2J', '"\\u001b[2J"'],
    ['what looks like ASCII is shown', 'а1', '"\\u{430}1"'],
    ['what is long is cut', 'x'.repeat(100), '…'],
  ])('B106: %s', (_, row, shown) => {
    const { problem } = errorOf(() => checkRows(graph, [row]));
    expect(problem).toContain(shown);
  });

  it('REV-23: neither an abbreviation nor a label is a row', () => {
    const labelled = graphOf('abcdef[lib]');
    expect(errorOf(() => checkRows(labelled, ['abcd'])).code).toBe('E4001');
    expect(errorOf(() => checkRows(labelled, ['lib'])).code).toBe('E4001');
  });

  it.each([
    ['an ancestor', ['a1', 'a3'], 'a1', 'a3'],
    ['in the other order', ['a3', 'a1'], 'a1', 'a3'],
    ['an ancestor by dependency', ['a1', 'b2'], 'a1', 'b2'],
  ])('B093: rows that overlap: %s', (_, rows, lower, upper) => {
    const error = errorOf(() => checkRows(graph, rows));
    expect(error).toMatchObject({ code: 'E4002', facts: { row: lower, overlapsWith: upper } });
    expect(error.advice).toContain('stamp --purge');
  });

  it('rows of separate branches are fine, and so is the same row twice', () => {
    expect(() => checkRows(graph, ['a2', 'b1', 'b1'])).not.toThrow();
  });
});
