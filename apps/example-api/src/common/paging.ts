import { optional } from './input/reader.js';
import { integerText } from './input/values.js';

/** `?limit=&offset=` of a list. */
export const pageFields = {
  limit: optional(integerText(1, 100)),
  offset: optional(integerText(0)),
};

export interface Page {
  readonly limit?: number;
  readonly offset?: number;
}

/** What TypeORM wants to know about a page. @default the first 20 */
export function pageOptions({ limit = 20, offset = 0 }: Page): { take: number; skip: number } {
  return { take: limit, skip: offset };
}
