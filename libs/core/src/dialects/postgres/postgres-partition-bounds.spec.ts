import { parseBounds } from './postgres-partition-bounds.js';

it.each([
  ['DEFAULT', { default: true }],
  ['FOR VALUES WITH (modulus 4, remainder 3)', { modulus: 4, remainder: 3 }],
  [`FOR VALUES IN ('it''s, (a)', NULL, 5)`, { in: [`'it''s, (a)'`, 'NULL', '5'] }],
  [
    `FOR VALUES FROM ('2026-01-01', MINVALUE) TO ('2027-01-01', '(1,2)')`,
    { from: [`'2026-01-01'`, 'MINVALUE'], to: [`'2027-01-01'`, `'(1,2)'`] },
  ],
])('%s is read', (text, bounds) => {
  expect(parseBounds(text)).toEqual(bounds);
});
