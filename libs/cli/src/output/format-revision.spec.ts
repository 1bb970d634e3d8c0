import { revisionInfo } from '../testing/migrator-stub.fixture.js';
import {
  formatBlock,
  formatChild,
  formatHead,
  formatLine,
  formatNode,
  formatPlace,
} from './format-revision.js';
import { createStyle } from './style.js';

const plain = createStyle(false);
const merge = revisionInfo('d4', {
  downRevisions: ['b2', 'c3'],
  dependsOn: ['e5'],
  labels: ['billing', 'shop'],
  children: ['f6', 'f7'],
  message: 'merge\nbilling\n\nThe long story.',
  isMergePoint: true,
  isBranchPoint: true,
  isHead: true,
  isCurrent: true,
  createdAt: '2026-11-20T14:32:05Z',
  file: `${process.cwd()}/migrations/versions/d4_merge.ts`,
});
const base = revisionInfo('a1', { isBase: true });

describe('a revision in words', () => {
  it('MSG-09: the line of history', () => {
    expect(formatLine(base, plain)).toBe('<base> -> a1, add accounts');
    expect(formatLine(merge, plain)).toBe(
      'b2, c3 (e5) -> d4 (billing, shop) (head) (current) (branchpoint) (mergepoint), merge billing',
    );
  });

  it('CLI-28: without a message it says so, as Alembic does', () => {
    const silent = revisionInfo('a1', { message: '' });
    expect(formatLine(silent, plain)).toBe('<base> -> a1, empty message');
    expect(formatBlock(silent, plain)).toContain('\n    empty message\n');
  });

  it('MSG-09: an effective head is told apart from a head', () => {
    const effective = revisionInfo('b2', { isHead: true, isEffectiveHead: true });
    expect(formatLine(effective, plain)).toContain('b2 (effective head)');
    expect(formatHead(effective, plain)).toBe('b2 (effective head)');
  });

  it('CLI-68: the line of heads has labels, no message and no branch marks', () => {
    expect(formatHead(merge, plain)).toBe('d4 (billing, shop) (head)');
  });

  it('MSG-11: the line of current has no parents and no message', () => {
    expect(formatPlace(merge, plain)).toBe('d4 (billing, shop) (head) (branchpoint) (mergepoint)');
  });

  it('MSG-10: the block says everything', () => {
    expect(formatBlock(merge, plain)).toBe(
      [
        'Rev: d4 (head) (branchpoint) (mergepoint) (current)',
        'Merges: b2, c3',
        'Also depends on: e5',
        'Branches into: f6, f7',
        'Branch names: billing, shop',
        'Created: 2026-11-20T14:32:05Z',
        'Path: migrations/versions/d4_merge.ts',
        '',
        '    merge',
        '    billing',
        '',
        '    The long story.',
        '',
      ].join('\n'),
    );
    expect(formatBlock(base, plain)).toBe('Rev: a1\nParent: <base>\n\n    add accounts\n');
  });

  it('what would move the cursor of a terminal is not printed', () => {
    const message = '\u001b[2Jdrop\u0007\u009b all\tnow\r\n\r\nmore';
    const hostile = revisionInfo('a1', { message });
    expect(formatLine(hostile, plain)).toBe('<base> -> a1, [2Jdrop all\tnow');
    expect(formatBlock(hostile, plain)).toBe(
      'Rev: a1\nParent: <base>\n\n    [2Jdrop all\tnow\n\n    more\n',
    );
  });

  it('beside a drawing a revision is one row, and has no parents', () => {
    expect(formatNode(merge, plain)).toBe(
      'd4 (billing, shop) (head) (current) (branchpoint) (mergepoint), merge billing',
    );
    const odd = revisionInfo('a1', { message: 'a\tb\u001b[2J' });
    expect(formatNode(odd, plain)).toBe('a1, a b[2J');
    expect(formatNode(merge, createStyle(true))).toContain('\u001b[33md4\u001b[39m');
  });

  it('CLI-70: below its branch point a revision has a message with -v', () => {
    expect(formatChild(base, plain)).toBe('a1, add accounts');
  });

  it('colours change nothing else', () => {
    // eslint-disable-next-line no-control-regex
    const uncoloured = formatLine(merge, createStyle(true)).replace(/\u001b\[\d+m/g, '');
    expect(uncoloured).toBe(formatLine(merge, plain));
    expect(formatLine(merge, createStyle(true))).not.toBe(uncoloured);
  });
});
