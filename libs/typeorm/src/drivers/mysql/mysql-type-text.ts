import type { SqlText } from '@nest-alembic/core';
import { TableColumn } from 'typeorm';
import type { TableColumnOptions } from 'typeorm';
import { Refusal } from '../../schema/entity-problem.js';
import type { ColumnMetadata } from '../../schema/metadata-types.js';
import type { ModelContext } from '../schema-mapping.js';
import { oldNumberOptions } from './mysql-internals.js';

/**
 * The type of a column with all that belongs to it, `int unsigned`, `enum('a','b')`, as the server spells it. The driver's own
 * functions choose it, so that it is the type `synchronize` gives.
 *
 * @throws Refusal for a type that needs values and has none
 */
export function spellMysqlType(column: ColumnMetadata, context: ModelContext): SqlText {
  const { driver } = context.dataSource;
  const { precision, scale } = column;
  const { width, zerofill } = oldNumberOptions(column);
  const type = driver.normalizeType(column);
  const options: TableColumnOptions & { readonly width?: number } = {
    name: '',
    type,
    length: driver.getColumnLength(column),
    ...(width !== undefined && { width }),
    ...(precision !== undefined && precision !== null && { precision }),
    ...(scale !== undefined && { scale }),
  };
  const full = driver.createFullType(new TableColumn(options));
  const attribute = zerofill ? ' unsigned zerofill' : column.unsigned ? ' unsigned' : '';
  return context.dialect.canonicalType(full + valuesOf(column, type, context) + attribute);
}

/** The values of an enum or a set, each once: a TypeScript enum may have two names for one. */
export function enumValues(column: ColumnMetadata): readonly string[] | undefined {
  return column.enum && [...new Set(column.enum.map(String))];
}

function valuesOf(column: ColumnMetadata, type: string, { dialect }: ModelContext): string {
  if (type !== 'enum' && type !== 'set') return '';
  const values = enumValues(column) ?? [];
  if (values.length === 0) {
    throw new Refusal(`is of type ${type} without values`, 'Give it the option "enum".');
  }
  return `(${values.map((value) => dialect.quoting.literal(value)).join(',')})`;
}
