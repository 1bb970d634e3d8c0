import * as fc from 'fast-check';
import { HOSTILE_TEXTS } from '../schema/schema.fixture.js';
import { commentLine, stringLiteral, templateLiteral } from './string-literal.js';

const evaluated = (code: string): unknown => new Function(`'use strict'; return ${code}`)();

/** Any string that JavaScript has: half surrogate pairs and NUL too. */
const arbAnyString = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(...HOSTILE_TEXTS),
    ),
  )
  .map((units) => units.join(''));

describe('stringLiteral', () => {
  it('B081: is one line of code with exactly the value, whatever it is', () => {
    fc.assert(
      fc.property(arbAnyString, (text) => {
        const code = stringLiteral(text);
        expect(evaluated(code)).toBe(text);
        expect(code).not.toMatch(/[\p{Cc}\p{Cf}\p{Surrogate}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it.each([
    ["it's", `"it's"`],
    ['say "hi"', `'say "hi"'`],
    [`'"`, `'\\'"'`],
    ['a\\b', `'a\\\\b'`],
    ['a\r\n\tb', `'a\\r\\n\\tb'`],
    ['\u2028\u202e\u00a0\ud800', `'\\u2028\\u202e\\u00a0\\ud800'`],
    ['Straße 日本 😀', `'Straße 日本 😀'`],
  ])('prints %j as %s', (text, code) => {
    expect(stringLiteral(text)).toBe(code);
  });
});

describe('templateLiteral', () => {
  it('has exactly the value, or is not made', () => {
    fc.assert(
      fc.property(arbAnyString, (text) => {
        const code = templateLiteral(`SELECT 1\n${text}`);
        if (code !== undefined) expect(evaluated(code)).toBe(`SELECT 1\n${text}`);
      }),
    );
  });

  it('is made for SQL of several lines', () => {
    expect(templateLiteral('SELECT\n\t1')).toBe('`SELECT\n\t1`');
  });

  it.each(['one line', 'a\n`', 'a\n${b}', 'a\n\\', 'a\r\nb', 'a\n\u2028', 'a\n\ud800'])(
    'is not made for %j',
    (text) => {
      expect(templateLiteral(text)).toBeUndefined();
    },
  );
});

describe('commentLine', () => {
  it('B118: is one line that does not end the comment, at most as long as told', () => {
    fc.assert(
      fc.property(arbAnyString, fc.integer({ min: 10, max: 80 }), (text, length) => {
        const line = commentLine(`${text}*/${text}`, length);
        expect(line.length).toBeLessThanOrEqual(length);
        expect(line).not.toMatch(/\*\/|\/\*|[\p{Cc}\p{Cf}\p{Surrogate}\p{Zl}\p{Zp}]/u);
        expect(evaluated(`/** ${line} */ 5`)).toBe(5);
      }),
    );
  });

  it('leaves plain text as it is', () => {
    expect(commentLine('  add accounts\n\nand `more` ', 93)).toBe('add accounts and `more`');
    expect(commentLine('x'.repeat(10_000), 20)).toBe(`${'x'.repeat(19)}…`);
  });
});
