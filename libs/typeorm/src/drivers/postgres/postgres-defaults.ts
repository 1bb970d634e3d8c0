import type { SqlText } from '@nest-alembic/core';
import type { ColumnMetadata } from '../../schema/metadata-types.js';
import { expressionDefault, jsonText, meantLabel, meantText } from '../default-texts.js';
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
  if (typeof value === 'function') return expressionDefault(value as () => unknown, context);
  const bare = bareLiteral(value, typeName(column, context));
  return bare ?? context.dialect.quoting.literal(literalText(value, column, context));
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
  if (typeof value === 'object' && value !== null) return objectText(value, column, context);
  const labels = postgresEnumOf(column, context)?.labels;
  return labels === undefined ? String(value) : meantLabel(String(value), labels, 'labels');
}

const JSON_TYPES: ReadonlySet<string> = new Set(['json', 'jsonb']);

function stringText(value: string, column: ColumnMetadata, context: ModelContext): string {
  const text = meantText(value);
  if (JSON_TYPES.has(typeName(column, context)) && !column.isArray) return jsonText(text);
  if (column.isArray) return text;
  const labels = postgresEnumOf(column, context)?.labels;
  return labels === undefined ? text : meantLabel(value, labels, 'labels');
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
