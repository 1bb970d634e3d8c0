import type { SqlText } from '@nest-alembic/core';
import { Refusal } from '../schema/entity-problem.js';
import type { ColumnMetadata } from '../schema/metadata-types.js';
import type { ModelContext } from './schema-mapping.js';

/**
 * A default that is a function: SQL, where the driver replaces CURRENT_TIMESTAMP and its kin; `NULL` is what a column without
 * default has.
 *
 * @throws Refusal for a function that gives no text
 */
export function expressionDefault(
  write: () => unknown,
  { dataSource }: ModelContext,
): SqlText | undefined {
  const written = write();
  if (typeof written !== 'string' || written.trim() === '') {
    throw new Refusal(
      `has a default function that gives ${JSON.stringify(written) ?? 'nothing'} instead of SQL`,
      'Return the SQL of the default as text.',
    );
  }
  const asColumn = { default: () => written } as ColumnMetadata;
  const sql = dataSource.driver.normalizeDefault(asColumn)?.trim();
  return sql?.toUpperCase() === 'NULL' ? undefined : sql;
}

/**
 * The text that a text default means. TypeORM puts it between quotes as it is, so users write `it''s`: that stays `it's`; a
 * text that breaks TypeORM's SQL is taken as it is.
 */
export function meantText(value: string): string {
  const hasOnlyPairs = !value.replaceAll("''", '').includes("'");
  return hasOnlyPairs ? value.replaceAll("''", "'") : value;
}

/** A moment as `YYYY-MM-DD HH:MM:SS.mmm` in UTC, which is how TypeORM writes one on SQLite. */
export const utcText = (value: Date): string =>
  value.toISOString().replace('T', ' ').replace(/Z$/, '');

/**
 * The value of an enum that a text default means: as it stands, or without TypeORM's doubled quotes.
 *
 * @throws Refusal for a text that is none of the values
 */
export function meantLabel(text: string, labels: readonly string[], word = 'values'): string {
  const found = [text, meantText(text)].find((candidate) => labels.includes(candidate));
  if (found !== undefined) return found;
  throw new Refusal(
    `has the default "${text}", which is not one of its ${word}`,
    `Choose one of ${labels.join(', ')}.`,
  );
}

/** A text default of a JSON column is JSON already; anything else can only be meant as a JSON string. */
export function jsonText(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify(text);
  }
}

/** `true` and `false` in any case as 1 and 0; undefined for any other text. */
export function truthText(text: string): '0' | '1' | undefined {
  if (!/^(?:true|false)$/i.test(text)) return undefined;
  return text.toLowerCase() === 'true' ? '1' : '0';
}
