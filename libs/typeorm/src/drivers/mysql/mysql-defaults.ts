import type { SqlText } from '@nest-alembic/core';
import { Refusal } from '../../schema/entity-problem.js';
import type { ColumnMetadata } from '../../schema/metadata-types.js';
import {
  expressionDefault,
  jsonText,
  meantLabel,
  meantText,
  truthText,
  utcText,
} from '../default-texts.js';
import type { ModelContext } from '../schema-mapping.js';
import { datetimeFunction } from './mysql-datetime-function.js';
import { enumValues } from './mysql-type-text.js';

/**
 * The default of a column. A function gives SQL, anything else a literal. Where TypeORM's literal works, ours has the same value;
 * where it fails (a quote, an object, a Date, a bit) or means something else (a backslash, a fraction), ours is the value that the
 * entity says.
 *
 * @throws Refusal for a default that the server would refuse
 */
export function mysqlDefault(column: ColumnMetadata, context: ModelContext): SqlText | undefined {
  // TypeORM's types leave out what it takes as well: bigint, Date.
  const value: unknown = column.default;
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'function') {
    const sql = expressionDefault(value as () => unknown, context);
    return sql === undefined ? undefined : datetimeFunction(sql, column.precision);
  }
  const type = context.dataSource.driver.normalizeType(column);
  if (type === 'bit') return bitLiteral(value);
  const literal = context.dialect.quoting.literal(literalText(value, type, column));
  return takesLiterals(type, context) ? literal : `(${literal})`;
}

/** MySQL takes only expressions for what it keeps outside of the row (MySQL 8.0 manual, 13.6); MariaDB takes literals. */
function takesLiterals(type: string, { dataSource }: ModelContext): boolean {
  return dataSource.options.type === 'mariadb' || !/(?:blob|text|json|geometry|point)$/.test(type);
}

/** A number in quotes is no bit for the server. A text may be SQL already: `b'0'`. */
function bitLiteral(value: unknown): SqlText {
  if (Buffer.isBuffer(value)) return bits(BigInt(`0x${value.toString('hex') || '0'}`));
  if (typeof value === 'string' && /^b'[01]*'$/i.test(value)) return value.toLowerCase();
  const text = String(typeof value === 'boolean' ? Number(value) : value);
  if (/^\d+$/.test(text)) return bits(BigInt(text));
  throw new Refusal(`has the default "${text}", which is no bit`, `Write a number, or b'0'.`);
}

const bits = (value: bigint): SqlText => `b'${value.toString(2)}'`;

function literalText(value: unknown, type: string, column: ColumnMetadata): string {
  if (type === 'enum') return meantLabel(String(value), enumValues(column) ?? []);
  if (type === 'set') return setText(value, column);
  if (typeof value === 'string') return stringText(value, type);
  if (typeof value === 'object' && value !== null) return objectText(value, type, column);
  return typeof value === 'boolean' && type !== 'json' ? String(Number(value)) : String(value);
}

function stringText(value: string, type: string): string {
  const text = meantText(value);
  if (type === 'json') return jsonText(text);
  return (type === 'tinyint' ? truthText(text) : undefined) ?? text;
}

/** In the order of the type: so the server keeps it. */
function setText(value: unknown, column: ColumnMetadata): string {
  const chosen: readonly string[] = Array.isArray(value)
    ? value.map(String)
    : String(value).split(',').filter(Boolean);
  const values = enumValues(column) ?? [];
  const meant = chosen.map((text) => meantLabel(text, values));
  return values.filter((text) => meant.includes(text)).join(',');
}

function objectText(value: object, type: string, column: ColumnMetadata): string {
  if (value instanceof Date) return dateText(value, type, column.precision ?? 0);
  const isList = column.type === 'simple-array' && Array.isArray(value);
  return isList ? value.map(String).join(',') : JSON.stringify(value);
}

/** A moment as UTC, in the form and with the precision of the type. */
function dateText(value: Date, type: string, precision: number): string {
  const text = utcText(value);
  if (type === 'date') return text.slice(0, 10);
  if (type === 'year') return text.slice(0, 4);
  const end = precision === 0 ? 19 : 20 + Math.min(precision, 3);
  return text.slice(type === 'time' ? 11 : 0, end);
}
