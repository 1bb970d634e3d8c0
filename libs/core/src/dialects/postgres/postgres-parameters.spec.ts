import type { LiteralValue } from '../../schema/literal-value.js';
import { postgresSyntax } from './postgres-syntax.js';

const compile = (sql: string, parameters: Readonly<Record<string, LiteralValue>>) =>
  postgresSyntax.compile({ kind: 'execute', sql, parameters });
const bind = (sql: string, parameters: Readonly<Record<string, LiteralValue>>) =>
  postgresSyntax.bind({ kind: 'execute', sql, parameters });

describe('op.execute with parameters', () => {
  it('OP-37: a script has the values as literals', () => {
    expect(compile('SELECT :a, :b, :c, :d', { a: "it's", b: 5, c: null, d: true })).toEqual([
      `SELECT 'it''s', 5, NULL, true`,
    ]);
  });

  it('OP-37: a connection gets the values beside the statement, one place for each', () => {
    expect(bind('UPDATE t SET a = :a, b = :b WHERE c = :a', { a: "it's", b: 5n })).toEqual([
      { sql: 'UPDATE t SET a = $1, b = $2 WHERE c = $3', parameters: ["it's", 5n, "it's"] },
    ]);
  });

  it('a change of the schema takes no parameters, so its values are literals in both', () => {
    const sql = 'ALTER TABLE t ALTER a SET DEFAULT :a; /* now */ (SELECT :a)';
    expect(bind(sql, { a: 'x' })).toEqual([
      { sql: `ALTER TABLE t ALTER a SET DEFAULT 'x'`, parameters: [] },
      { sql: '/* now */ (SELECT $1)', parameters: ['x'] },
    ]);
  });

  it.each([
    [`SELECT ':a', ":a", $$:a$$, $x$ :a $x$, E'\\':a'`],
    ['SELECT 1 -- :a\n + /* :a */ 2'],
    ['SELECT x::text, y [1:a], b := 1'],
  ])('no parameter is in %s', (sql) => {
    expect(compile(sql, {})).toEqual([sql]);
  });

  it('OP-37: an escaped colon is a colon', () => {
    expect(compile('SELECT \\:a, :a', { a: 1 })).toEqual(['SELECT :a, 1']);
  });

  it('without parameters the text stands as it is', () => {
    const sql = 'SELECT :a, \\:b';
    expect(postgresSyntax.compile({ kind: 'execute', sql })).toEqual([sql]);
  });

  it('B083: a value never becomes a part of what stands beside it', () => {
    expect(compile(`SELECT 1 -:n, 'a':s, :s'b', :s`, { n: -1, s: '$1 :n' })).toEqual([
      `SELECT 1 -(-1), 'a' '$1 :n', '$1 :n' 'b', '$1 :n'`,
    ]);
  });

  it.each([
    ['SELECT :a, :b', { a: 1 }, /no value for :b/],
    ['SELECT 1', { a: 1 }, /a value for :a, which its SQL does not have/],
    ['SELECT :constructor', {}, /no value for :constructor/],
  ])('refuses %s with %j', (sql, parameters, message) => {
    for (const run of [compile, bind]) {
      expect(() => run(sql, parameters)).toThrow(
        expect.objectContaining({ code: 'E3013', message: expect.stringMatching(message) }),
      );
    }
  });
});
