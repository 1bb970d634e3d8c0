import { EMPTY_SCHEMA } from '@nest-alembic/core';
import type { Column, ObjectName, SchemaModel, Table } from '@nest-alembic/core';

/** A schema model of the parts that are given. */
export function schemaOf(parts: Partial<SchemaModel>): SchemaModel {
  return { ...EMPTY_SCHEMA, ...parts };
}

/** A schema model of tables only. */
export function tablesOf(...tables: readonly Table[]): SchemaModel {
  return schemaOf({ tables });
}

/** A name in the default schema, or in another one: `named('event', 'audit')`. */
export function named(name: string, schema: string | null = null): ObjectName {
  return { schema, name };
}

/** A table of the default schema with nothing but what is given. */
export function table(name: string, columns: readonly Column[], parts: Partial<Table> = {}): Table {
  return {
    schema: null,
    name,
    columns,
    foreignKeys: [],
    uniques: [],
    checks: [],
    exclusions: [],
    indexes: [],
    ...parts,
  };
}

/** A column that may be null. */
export function column(name: string, type: string, more: Partial<Column> = {}): Column {
  return { name, type, nullable: true, ...more };
}

/** A column that may not be null. */
export function required(name: string, type: string, more: Partial<Column> = {}): Column {
  return column(name, type, { nullable: false, ...more });
}

/** A table with an integer key `id`, as most cases need one. */
export function keyed(
  name: string,
  columns: readonly Column[] = [],
  parts: Partial<Table> = {},
): Table {
  return table(name, [required('id', 'integer'), ...columns], {
    primaryKey: { name: `${name}_pkey`, columns: ['id'] },
    ...parts,
  });
}
