import type { TextRenaming } from '../common/dialect.js';
import { renameInText } from './postgres-rename-in-text.js';

const column = (from: string, to: string): TextRenaming => ({
  kind: 'column',
  from: { schema: null, name: from },
  to: { schema: null, name: to },
});
const type = (from: string, to: string, schema: string | null = null): TextRenaming => ({
  kind: 'type',
  from: { schema, name: from },
  to: { schema, name: to },
});

describe('renameInText', () => {
  it.each([
    ['a word', 'a > 0 AND b > a', column('a', 'c'), 'c > 0 AND b > c'],
    ['a quoted name', '"Odd ""a" > 0', column('Odd "a', 'plain'), 'plain > 0'],
    ['a name that has to be quoted', 'a > 0', column('a', 'order'), '"order" > 0'],
    ['not a part of a word', 'ab > a_b', column('a', 'c'), 'ab > a_b'],
    ['no string', `a <> 'a' AND b <> E'a\\'a'`, column('a', 'c'), `c <> 'a' AND b <> E'a\\'a'`],
    ['no comment', 'b /* a */ > 0', column('a', 'c'), 'b /* a */ > 0'],
    ['no function', 'lower(lower)', column('lower', 'c'), 'lower(c)'],
    ['no type', `(kind = 'x'::kind)`, column('kind', 'sort'), `(sort = 'x'::kind)`],
    ['no field of a row', '((address).a)::text', column('a', 'c'), '((address).a)::text'],
    ['the row itself', '((address).a)::text', column('address', 'home'), '((home).a)::text'],
    ['no collation', 'b COLLATE "C"', column('C', 'c'), 'b COLLATE "C"'],
    ['no bit string', `b = B'101'`, column('b', 'c'), `c = B'101'`],
    ['a type', `(kind = 'x'::kind)`, type('kind', 'sort'), `(kind = 'x'::sort)`],
    ['a type of an array', `'{}'::kind[]`, type('kind', 'Sort'), `'{}'::"Sort"[]`],
    [
      'a type of a schema',
      `'x'::audit.kind = 'y'::kind`,
      type('kind', 'sort', 'audit'),
      `'x'::audit.sort = 'y'::kind`,
    ],
    ['a word beyond ASCII', 'größe > 0', column('größe', 'size'), 'size > 0'],
  ])('follows a rename: %s', (_, sql, renaming, expected) => {
    expect(renameInText(sql, renaming)).toBe(expected);
  });
});
