import type { Cents } from '../common/money.js';
import { percentOf, toCents } from '../common/money.js';
import { CouponKind } from './coupon.entity.js';

/** What a coupon takes off. */
export interface Discount {
  readonly kind: CouponKind;
  readonly value: string;
}

/** Spreads a discount over the amounts of an order's lines; no line gets more than its amount. */
export function spreadDiscount(amounts: readonly Cents[], discount: Discount): readonly Cents[] {
  if (discount.kind === CouponKind.Percent) {
    return amounts.map((amount) => percentOf(amount, discount.value));
  }
  let rest = toCents(discount.value);
  return amounts.map((amount) => {
    const taken = rest < amount ? rest : amount;
    rest -= taken;
    return taken;
  });
}
