import type { Read } from '../common/input/reader.js';
import { listOf, object, optional } from '../common/input/reader.js';
import { integer, oneOf, slug, text, uuid } from '../common/input/values.js';
import { PublicationStatus } from '../common/publication-status.js';

export const newArticle = object({
  slug,
  title: text(200),
  body: text(100_000),
  author: text(120),
  status: optional(oneOf(PublicationStatus)),
  products: optional(listOf(slug, 20)),
});
export type NewArticle = Read<typeof newArticle>;

export const newComment = object({
  author: text(120),
  body: text(5_000),
  parent: optional(integer(1)),
});
export type NewComment = Read<typeof newComment>;

export const newReview = object({
  customerId: uuid,
  rating: integer(1, 5),
  title: text(120),
  body: optional(text(5_000)),
});
export type NewReview = Read<typeof newReview>;
