import { signatureOf } from './signature.js';

it.each([
  ['', ''],
  ['integer, text', 'integer, text'],
  ['a integer,b text', 'a integer, b text'],
  [`a integer, b text DEFAULT 'x, y', c int`, 'a integer, b text, c int'],
  ['a numeric(10, 2) = 1.5, b int', 'a numeric(10, 2), b int'],
  [`a text default (lower('A, B')), VARIADIC b text[]`, 'a text, VARIADIC b text[]'],
  [`"DEFAULT = 1, x" text, b int DEFAULT $q$, ' $q$`, '"DEFAULT = 1, x" text, b int'],
  [String.raw`a text DEFAULT E'\', ', OUT b int`, 'a text, OUT b int'],
  ['a integer,\n  b  integer', 'a integer, b integer'],
])('the signature of (%s) is (%s)', (argumentList, signature) => {
  expect(signatureOf(argumentList)).toBe(signature);
});
