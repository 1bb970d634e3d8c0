import { address } from '../common/address.input.js';
import type { Read } from '../common/input/reader.js';
import { listOf, nullable, object, optional } from '../common/input/reader.js';
import {
  boolean,
  day,
  decimal,
  email,
  json,
  matching,
  text,
  uuid,
} from '../common/input/values.js';

export const newGroup = object({ name: text(60), discountPercent: optional(decimal) });
export type NewGroup = Read<typeof newGroup>;

export const newCustomer = object({
  email,
  name: text(120),
  locale: optional(matching(/^[a-z]{2}(-[A-Z]{2})?$/, 'a locale such as de or de-AT')),
  marketingConsent: optional(boolean),
  group: optional(nullable(text(60))),
  referredBy: optional(nullable(uuid)),
});
export type NewCustomer = Read<typeof newCustomer>;

export const profile = object({
  birthday: optional(nullable(day)),
  interests: optional(listOf(text(40), 20)),
  preferences: optional(json),
});
export type ProfileInput = Read<typeof profile>;

export const newAddress = object({ label: text(40), address, isDefault: optional(boolean) });
export type NewAddress = Read<typeof newAddress>;
