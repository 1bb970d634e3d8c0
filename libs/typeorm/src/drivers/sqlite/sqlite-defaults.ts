import type { SqlText } from '@nest-alembic/core';
import type { ColumnMetadata } from '../../schema/metadata-types.js';
import { expressionDefault, meantLabel, meantText, truthText, utcText } from '../default-texts.js';
import type { ModelContext } from '../schema-mapping.js';

/**
 * The default of a column. A function gives SQL, anything else a literal. Where TypeORM's literal works, ours has the same value;
 * where it fails (a quote, a Date) or means something else (the text `false` in a boolean), ours is the value that the entity says.
 *
 * @throws Refusal for a default that no row could have
 */
export function sqliteDefault(column: ColumnMetadata, context: ModelContext): SqlText | undefined {
  // TypeORM's types leave out what it takes as well: bigint, Date.
  const value: unknown = column.default;
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'function') return expressionDefault(value as () => unknown, context);
  const type = context.dataSource.driver.normalizeType(column);
  return bareLiteral(value, type) ?? quotedLiteral(value, type, { column, context });
}

function bareLiteral(value: unknown, type: string): SqlText | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'string' && type === 'boolean' ? truthText(value) : undefined;
}

function quotedLiteral(
  value: unknown,
  type: string,
  { column, context }: { readonly column: ColumnMetadata; readonly context: ModelContext },
): SqlText {
  const { literal } = context.dialect.quoting;
  if (typeof value === 'string') return literal(stringText(value, column));
  const text = literal(objectText(value, type, column));
  return type === 'jsonb' ? `jsonb(${text})` : text;
}

function stringText(value: string, column: ColumnMetadata): string {
  return column.enum && !column.isArray
    ? meantLabel(value, column.enum.map(String))
    : meantText(value);
}

function objectText(value: unknown, type: string, column: ColumnMetadata): string {
  if (value instanceof Date) return dateText(value, type);
  const isList = ['simple-enum', 'simple-array'].includes(String(column.type));
  return isList && Array.isArray(value) ? value.map(String).join(',') : JSON.stringify(value);
}

function dateText(value: Date, type: string): string {
  const text = utcText(value);
  if (type === 'date') return text.slice(0, 10);
  return type === 'time' ? text.slice(11) : text;
}
