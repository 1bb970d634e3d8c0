import type { SqlText } from '@nest-alembic/core';
import { Refusal } from '../../schema/entity-problem.js';
import type { ColumnMetadata } from '../../schema/metadata-types.js';
import type { ModelContext } from '../schema-mapping.js';
import { arrayText } from './postgres-array-text.js';
import { postgresEnumOf } from './postgres-enums.js';

/**
 * The default of a column. A function gives SQL, anything else a literal. Where TypeORM's literal works, ours has the
 * same value; where it fails (a quote in a text, an object that is no JSON, a Date) or means something else (a comma in
 * an element of an array), ours is the value that the entity says.
 *
 * @throws Refusal for a default that the server would refuse
 */
export function postgresDefault(
  column: ColumnMetadata,
  context: ModelContext,
): SqlText | undefined {
  // TypeORM's types leave out what it takes as well: bigint, Date.
  const value: unknown = column.default;
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'function') return expressionOf(value as () => unknown, context);
  const bare = bareLiteral(value, typeName(column, context));
  return bare ?? context.dialect.quoting.literal(literalText(value, column, context));
}

/** The driver replaces CURRENT_TIMESTAMP and its kin; `NULL` is what a column without default has. */
function expressionOf(write: () => unknown, { dataSource }: ModelContext): SqlText | undefined {
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
 * What needs no quotes. A number in quotes is what TypeORM writes; without them the server keeps another expression for
 * any type but `integer`.
 */
function bareLiteral(value: unknown, type: string): SqlText | undefined {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'boolean' && !JSON_TYPES.has(type)) return String(value);
  const isInteger =
    type === 'integer' && Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31;
  return isInteger ? String(value) : undefined;
}

function literalText(value: unknown, column: ColumnMetadata, context: ModelContext): string {
  if (column.isArray && Array.isArray(value)) return arrayDefault(value, column, context);
  return typeof value === 'string'
    ? stringText(value, column, context)
    : elementText(value, column, context);
}

/** An array inside is one more dimension, but in an array of JSON it is an element. */
function arrayDefault(
  values: readonly unknown[],
  column: ColumnMetadata,
  context: ModelContext,
): string {
  if (!JSON_TYPES.has(typeName(column, context))) {
    return arrayText(values, (element) => elementText(element, column, context));
  }
  return arrayText(
    values.map((element) => (element == null ? null : JSON.stringify(element))),
    String,
  );
}

/** The text of one value that stands by itself or in an array. */
function elementText(value: unknown, column: ColumnMetadata, context: ModelContext): string {
  if (value instanceof Date) return dateText(value, typeName(column, context));
  return typeof value === 'object' && value !== null
    ? objectText(value, column, context)
    : checkLabel(String(value), column, context);
}

const JSON_TYPES: ReadonlySet<string> = new Set(['json', 'jsonb']);

/**
 * A text default. TypeORM puts it between quotes as it is, so users write `it''s`: that stays `it's`; a text that breaks
 * TypeORM's SQL is taken as it is.
 */
function stringText(value: string, column: ColumnMetadata, context: ModelContext): string {
  const hasOnlyPairs = !value.replaceAll("''", '').includes("'");
  const text = hasOnlyPairs ? value.replaceAll("''", "'") : value;
  if (JSON_TYPES.has(typeName(column, context)) && !column.isArray) return jsonText(text);
  if (column.isArray) return text;
  const labels = postgresEnumOf(column, context)?.labels;
  return labels?.includes(value) ? value : checkLabel(text, column, context);
}

/** A text default of a JSON column is JSON already; anything else can only be meant as a JSON string. */
function jsonText(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify(text);
  }
}

function checkLabel(text: string, column: ColumnMetadata, context: ModelContext): string {
  const labels = postgresEnumOf(column, context)?.labels;
  if (labels === undefined || labels.includes(text)) return text;
  throw new Refusal(
    `has the default "${text}", which is not one of its labels`,
    `Choose one of ${labels.join(', ')}.`,
  );
}

/** The driver knows how it stores objects (hstore, point, simple-array); a default is not transformed. */
function objectText(value: object, column: ColumnMetadata, { dataSource }: ModelContext): string {
  const plain = { type: column.type, isArray: false } as ColumnMetadata;
  const stored: unknown = dataSource.driver.preparePersistentValue(value, plain);
  return typeof stored === 'string' ? stored : JSON.stringify(stored);
}

/** A moment as UTC, in the form of the type; a type without zone would pass over the zone. */
function dateText(value: Date, type: string): string {
  const iso = value.toISOString();
  if (type === 'date') return iso.slice(0, 10);
  const end = type.endsWith('without time zone') ? -1 : undefined;
  return iso.slice(type.startsWith('time ') ? 11 : 0, end);
}

const typeName = (column: ColumnMetadata, { dataSource }: ModelContext): string =>
  dataSource.driver.normalizeType({ type: column.type });
