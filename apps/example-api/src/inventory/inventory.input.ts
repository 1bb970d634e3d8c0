import { address } from '../common/address.input.js';
import type { Read } from '../common/input/reader.js';
import { object, optional } from '../common/input/reader.js';
import { integer, matching, oneOf, text } from '../common/input/values.js';
import { MovementReason } from './stock-movement.entity.js';

const code = matching(/^[A-Z0-9]{2,8}$/, 'a code of 2 to 8 capitals and digits');

export const newWarehouse = object({ code, address, timeZone: optional(text(40)) });
export type NewWarehouse = Read<typeof newWarehouse>;

export const newMovement = object({
  warehouse: code,
  sku: text(40),
  delta: integer(-1_000_000, 1_000_000),
  reason: oneOf(MovementReason),
  reference: optional(text(60)),
});
export type NewMovement = Read<typeof newMovement>;
