import { isSameNumber } from './postgres-same-number.js';

it.each([
  ['0', "'0'::numeric", 'numeric(8,2)', true],
  ["'-1'::integer", "'-1'::bigint", 'bigint', true],
  ['1.5', "'1.5'::double precision", 'double precision', true],
  ['(2)::numeric', '2', 'numeric', true],
  ['0', "'1'::numeric", 'numeric', false],
  ['1.5', "'1.5'::integer", 'numeric', false],
  ['1.55', "'1.55'::numeric(3,1)", 'numeric', false],
  ['0', "'0'::text", 'text', false],
  ['0', "nextval('a'::regclass)", 'bigint', false],
  ["'0'::bigint", "'0'::text", 'bigint', false],
] as const)('%s and %s in a column of type %s: %s', (one, other, type, isSame) => {
  expect(isSameNumber(one, other, type)).toBe(isSame);
  expect(isSameNumber(other, one, type)).toBe(isSame);
});
