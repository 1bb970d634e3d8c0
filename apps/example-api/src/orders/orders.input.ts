import { address } from '../common/address.input.js';
import type { Read, Reader } from '../common/input/reader.js';
import { InputError, listOf, nullable, object, optional } from '../common/input/reader.js';
import {
  day,
  decimal,
  instant,
  integer,
  matching,
  oneOf,
  text,
  uuid,
} from '../common/input/values.js';
import { CouponKind } from './coupon.entity.js';

const couponCode = matching(/^[A-Z0-9-]{3,32}$/, 'a coupon code of capitals, digits and hyphens');

export const newCoupon = object({
  code: couponCode,
  kind: oneOf(CouponKind),
  value: decimal,
  validFrom: optional(instant),
  validUntil: optional(nullable(instant)),
  maxUses: optional(nullable(integer(1))),
  groups: optional(listOf(text(60), 20)),
});
export type NewCoupon = Read<typeof newCoupon>;

export const newOrder = object({
  customerId: uuid,
  lines: listOf(object({ sku: text(40), quantity: integer(1, 1_000) }), 50),
  shippingAddress: address,
  couponCode: optional(couponCode),
  note: optional(text(1_000)),
});
export type NewOrder = Read<typeof newOrder>;

const card = object({
  kind: matching(/^card$/, '"card"'),
  amount: decimal,
  cardBrand: text(20),
  lastFour: matching(/^\d{4}$/, 'four digits'),
});
const transfer = object({
  kind: matching(/^transfer$/, '"transfer"'),
  amount: decimal,
  iban: matching(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/, 'an IBAN without blanks'),
  reference: optional(text(140)),
});

export type NewPayment = Read<typeof card> | Read<typeof transfer>;

/** A payment has the fields of its kind. */
export const newPayment: Reader<NewPayment> = (value) => {
  const kind =
    typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
  if (kind === 'card') return card(value);
  if (kind === 'transfer') return transfer(value);
  throw new InputError(['kind: must be one of card, transfer']);
};

export const newShipment = object({
  carrier: text(40),
  trackingNumber: optional(text(60)),
  shippedOn: optional(day),
});
export type NewShipment = Read<typeof newShipment>;

export const orderNumber = matching(/^SO-[0-9A-F]{10}$/, 'an order number such as SO-12AB34CD56');
