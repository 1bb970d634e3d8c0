import type { NamedSubject, NamingConvention } from './naming-convention.js';
import { conventionalName, isNamingConvention } from './naming-convention.js';

const convention: NamingConvention = {
  ix: 'ix_%(column_0_label)s',
  uq: 'uq_%(table_name)s_%(column_0_N_name)s',
  ck: 'ck_%(table_name)s_%(constraint_name)s',
  fk: 'fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s_%(referred_column_0_name)s',
  pk: 'pk_%(table_name)s',
};
const table = { schema: 'shop', name: 'line' };
const of = (type: NamedSubject['type'], more: Partial<NamedSubject> = {}): NamedSubject => ({
  type,
  table,
  columns: ['a', 'b'],
  ...more,
});
const key = of('foreignKey', {
  referredTable: { schema: null, name: 'order' },
  referredColumns: ['id', 'no'],
});

describe('conventionalName', () => {
  it.each<readonly [string, NamedSubject]>([
    ['ix_shop_line_a', of('index')],
    ['uq_line_a_b', of('unique')],
    ['fk_line_a_order_id', key],
    ['pk_line', of('primaryKey')],
  ])('OP-04: names what has none: %s', (name, subject) => {
    expect(conventionalName(undefined, subject, convention)).toBe(name);
  });

  it('OP-04: a plain name is put through a convention that asks for it, and only there', () => {
    expect(conventionalName('positive', of('check'), convention)).toBe('ck_line_positive');
    expect(conventionalName('mine', of('unique'), convention)).toBe('mine');
    expect(conventionalName({ final: 'positive' }, of('check'), convention)).toBe('positive');
  });

  it('OP-04: what cannot be computed is left to the server', () => {
    expect(conventionalName(undefined, of('check'), convention)).toBeUndefined();
    expect(conventionalName(undefined, of('exclusion'), convention)).toBeUndefined();
    expect(conventionalName(undefined, of('unique'))).toBeUndefined();
    expect(conventionalName(undefined, of('index'))).toBe('ix_shop_line_a');
  });

  it.each([
    ['%(column_0_name)s-%(column_1_name)s-%(column_0N_name)s-%(column_0_key)s', 'a-b-ab-a'],
    ['%(column_0N_label)s %(column_0_N_label)s', 'shop_line_ashop_line_b shop_line_a_shop_line_b'],
    ['%(referred_column_0_N_name)s %(referred_column_1_label)s 100%%', 'id_no order_no 100%'],
    ['%(own)s', 'own line'],
    ['$& %(table_name)s', '$& line'],
  ])('fills %s', (fk, name) => {
    const tokens = { own: ({ table: { name } }: NamedSubject) => `own ${name}` };
    expect(conventionalName(undefined, key, { fk, tokens })).toBe(name);
  });

  it.each(['%(tabel_name)s', '%(column_2_name)s', '%(constructor)s', '%(referred_table_name)s'])(
    'refuses %s',
    (uq) => {
      expect(() => conventionalName(undefined, of('unique'), { uq })).toThrow(
        expect.objectContaining({ code: 'E3013' }),
      );
    },
  );
});

it.each([
  [true, {}],
  [true, convention],
  [true, { ix: 'a', tokens: { own: () => 'x' } }],
  [false, null],
  [false, 'uq'],
  [false, { uq: () => 'x' }],
  [false, { unique: 'x' }],
  [false, { tokens: { own: 'x' } }],
])('a naming convention is an object of templates by kind: %s for %j', (expected, value) => {
  expect(isNamingConvention(value)).toBe(expected);
});
