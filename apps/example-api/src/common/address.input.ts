import type { Read, Reader } from './input/reader.js';
import { InputError, nullable, object, optional } from './input/reader.js';
import { matching, text } from './input/values.js';

const degrees =
  (limit: number): Reader<number> =>
  (value) => {
    if (typeof value === 'number' && Math.abs(value) <= limit) return value;
    throw new InputError([`must be a number from -${limit} to ${limit}`]);
  };

export const address = object({
  line1: text(120),
  line2: optional(nullable(text(120))),
  city: text(80),
  postalCode: text(12),
  countryCode: matching(/^[A-Z]{2}$/, 'an ISO 3166-1 code of two letters'),
  geo: optional(object({ latitude: degrees(90), longitude: degrees(180) })),
});

export type AddressInput = Read<typeof address>;
