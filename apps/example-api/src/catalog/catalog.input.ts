import { PublicationStatus } from '../common/publication-status.js';
import type { Read } from '../common/input/reader.js';
import { listOf, nullable, object, optional } from '../common/input/reader.js';
import { decimal, integer, integerText, json, oneOf, slug, text } from '../common/input/values.js';
import { pageFields } from '../common/paging.js';
import { SalesChannel } from './sales-channel.js';

export const newBrand = object({ name: text(80), website: optional(nullable(text(200))) });
export type NewBrand = Read<typeof newBrand>;

export const newCategory = object({
  slug,
  name: text(80),
  position: optional(integer(0, 32_767)),
  parent: optional(slug),
});
export type NewCategory = Read<typeof newCategory>;

export const newVariant = object({
  sku: text(40),
  title: text(80),
  price: decimal,
  compareAtPrice: optional(nullable(decimal)),
  options: optional(json),
  barcode: optional(nullable(text(14))),
});
export type NewVariant = Read<typeof newVariant>;

const productFields = {
  name: text(160),
  description: optional(text(20_000)),
  status: optional(oneOf(PublicationStatus)),
  channels: optional(listOf(oneOf(SalesChannel), 4)),
  keywords: optional(listOf(text(60), 30)),
  attributes: optional(json),
  weightGrams: optional(nullable(integer(1))),
  brand: optional(nullable(text(80))),
  categories: optional(listOf(slug, 20)),
  tags: optional(listOf(text(40), 30)),
  related: optional(listOf(slug, 20)),
  replacedBy: optional(nullable(slug)),
};

export const newProduct = object({
  ...productFields,
  slug,
  variants: optional(listOf(newVariant, 50)),
});
export type NewProduct = Read<typeof newProduct>;

/** `version` is the one that the client has read: a change made since then is not overwritten. */
export const productChange = object({
  ...productFields,
  name: optional(text(160)),
  version: integer(1),
});
export type ProductChange = Read<typeof productChange>;

export const productQuery = object({
  ...pageFields,
  q: optional(text(80)),
  status: optional(oneOf(PublicationStatus)),
  category: optional(slug),
  tag: optional(text(40)),
  maxPrice: optional(decimal),
  brandId: optional(integerText(1)),
});
export type ProductQuery = Read<typeof productQuery>;

export const variantOrder = object({ skus: listOf(text(40), 50) });
export type VariantOrder = Read<typeof variantOrder>;
