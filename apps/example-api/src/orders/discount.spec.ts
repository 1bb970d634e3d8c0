import { CouponKind } from './coupon.entity.js';
import { spreadDiscount } from './discount.js';

describe('spreadDiscount', () => {
  it.each([
    ['a tenth of each line', [1000n, 55n], CouponKind.Percent, '10', [100n, 6n]],
    ['all of it', [1000n, 55n], CouponKind.Percent, '100', [1000n, 55n]],
    [
      'an amount from the first line that has it',
      [1000n, 500n],
      CouponKind.Amount,
      '7.50',
      [750n, 0n],
    ],
    ['an amount over several lines', [1000n, 500n], CouponKind.Amount, '12', [1000n, 200n]],
    ['no more than there is', [100n, 50n], CouponKind.Amount, '12', [100n, 50n]],
  ])('takes %s', (_what, amounts, kind, value, expected) => {
    expect(spreadDiscount(amounts, { kind, value })).toEqual(expected);
  });
});
