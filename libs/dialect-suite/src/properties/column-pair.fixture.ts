import type { Column } from '@nest-alembic/core';
import * as fc from 'fast-check';
import { arbTwofold, onSide } from './twofold.fixture.js';
import type { Side } from './twofold.fixture.js';

/** Types of PostgreSQL with defaults that a column of them may have. */
const TYPES: readonly (readonly [type: string, ...defaults: readonly string[]])[] = [
  ['integer', '0', '-1', '1 + 1', `'7'`],
  ['bigint', '5', '(2)::bigint'],
  ['smallint', '3'],
  ['numeric(10,2)', '0', '1.50', `'2.5'`],
  ['real', '1.5'],
  ['double precision', '0.1'],
  ['varchar(20)', `'x'`, `'it''s'`, `lower('A')`],
  ['varchar', `''`],
  ['text', `'y'::text`, `E'a\\nb'`, 'CURRENT_USER'],
  ['char(3)', `'abc'`],
  ['boolean', 'true', `'f'`],
  ['timestamptz', 'now()', `'2026-01-01T00:00:00Z'`],
  ['timestamp(3)', 'LOCALTIMESTAMP'],
  ['date', 'CURRENT_DATE', `'2026-1-1'`],
  ['time', `'10:00'`],
  ['interval', `'24 hours'`],
  ['uuid', 'gen_random_uuid()', 'GEN_RANDOM_UUID()'],
  ['jsonb', `'{}'`, `'{"a": 1}'::jsonb`],
  ['bytea', `'\\x00'`],
  ['inet', `'10.0.0.1'`],
  ['bit(4)', `B'0101'`],
  ['tstzrange', `'[2026-01-01,)'`],
  ['integer[]', `'{}'`, 'ARRAY[1, 2]'],
  ['text[]', `'{a,b}'`],
  ['kind', `'a'`],
  ['kind[]', `'{a}'`],
];

const NAMES = ['column', 'camelCase', 'say "hi"', "it's", 'order', 'größe', 'a b'] as const;

const arbState = fc.record({
  type: fc.nat(TYPES.length - 1),
  isNull: fc.boolean(),
  value: fc.oneof(
    { weight: 3, arbitrary: fc.constant('none' as const) },
    { weight: 3, arbitrary: fc.constant('default' as const) },
    { weight: 1, arbitrary: fc.constantFrom('identity', 'serial', 'generated') },
  ),
  which: fc.nat(3),
  comment: fc.option(fc.constantFrom('A note', "it's"), { nil: undefined, freq: 4 }),
  collation: fc.option(fc.constant('C'), { nil: undefined, freq: 4 }),
});

/** A column in two states. Another name of the same property is a rename. */
export const arbColumnPair = fc.record({
  name: fc.constantFrom(...NAMES),
  later: fc.option(fc.constantFrom(...NAMES), { nil: undefined, freq: 4 }),
  state: arbTwofold(arbState),
});

/** A column in two states. */
export type ColumnPair = typeof arbColumnPair extends fc.Arbitrary<infer T> ? T : never;

/** The column in one state; undefined where it is not there. */
export function buildColumn(
  { name, later, state }: ColumnPair,
  { side, at, hasEnum }: { readonly side: Side; readonly at: number; readonly hasEnum: boolean },
): Column | undefined {
  const found = onSide(state, side);
  if (!found) return undefined;
  const { type: typeAt, isNull, value, which, comment, collation } = found;
  const [type, ...defaults] = TYPES[typeAt] as (typeof TYPES)[number];
  if (type.startsWith('kind') && !hasEnum) return undefined;
  const own = side === 'after' && later !== undefined ? later : name;
  const plain: Column = {
    name: `${own} ${at}`,
    property: `property${at}`,
    type,
    nullable: isNull,
    ...(comment !== undefined && { comment }),
    ...(collation !== undefined &&
      /^(?:text|varchar)/.test(type) &&
      !type.endsWith(']') && { collation }),
  };
  return { ...plain, ...valueOf(plain, { value, chosen: defaults[which % defaults.length] }) };
}

function valueOf(
  { type }: Column,
  { value, chosen }: { readonly value: string; readonly chosen: string | undefined },
): Partial<Column> {
  const isCounted = ['integer', 'bigint', 'smallint'].includes(type);
  switch (value) {
    case 'identity':
      return isCounted ? { nullable: false, identity: { generation: 'by default' } } : {};
    case 'serial':
      return isCounted ? { nullable: false, autoIncrement: true } : {};
    case 'generated':
      return type === 'bigint' ? { generated: { expression: 'id * 2', stored: true } } : {};
    case 'default':
      return chosen === undefined ? {} : { default: chosen };
    default:
      return {};
  }
}
