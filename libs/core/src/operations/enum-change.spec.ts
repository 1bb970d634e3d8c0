import { enumChangeOf } from './enum-change.js';

const change = (
  from: string,
  to: string,
  renames: readonly { readonly from: string; readonly to: string }[] = [],
) =>
  enumChangeOf({
    kind: 'alterEnum',
    name: { schema: null, name: 'kind' },
    from: [...from],
    to: [...to],
    renames,
  });

describe('enumChangeOf', () => {
  it('adds labels after the label before them', () => {
    expect(change('bd', 'abcde')).toEqual({
      kind: 'inPlace',
      removed: [],
      additions: [
        { label: 'a', after: null },
        { label: 'c', after: 'b' },
        { label: 'e', after: 'd' },
      ],
    });
  });

  it('follows renames, also in a chain, before it looks for what is added', () => {
    const renames = [
      { from: 'a', to: 'x' },
      { from: 'x', to: 'c' },
    ];
    expect(change('ab', 'cbd', renames)).toEqual({
      kind: 'inPlace',
      removed: [],
      additions: [{ label: 'd', after: 'b' }],
    });
  });

  it.each([
    ['a removed label', 'abc', 'ac', ['b']],
    ['another order', 'ab', 'ba', []],
    ['all labels others', 'ab', 'cd', ['a', 'b']],
  ])('replaces the type for %s', (_, from, to, removed) => {
    expect(change(from, to)).toEqual({ kind: 'replace', removed });
  });
});
