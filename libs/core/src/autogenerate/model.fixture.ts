import type { Column, SchemaModel, Table } from '../schema/schema-model.js';
import { EMPTY_SCHEMA } from '../schema/schema-model.js';

/** A nullable column of a type, such as `column('email', 'text', { nullable: false })`. */
export function column(name: string, type: string, rest: Partial<Column> = {}): Column {
  return { name, type, nullable: true, ...rest };
}

/** A table with columns and whatever else is said. */
export function table(name: string, columns: readonly Column[], rest: Partial<Table> = {}): Table {
  return {
    schema: null,
    name,
    columns,
    foreignKeys: [],
    uniques: [],
    checks: [],
    exclusions: [],
    indexes: [],
    ...rest,
  };
}

/** A model of these tables. */
export function model(tables: readonly Table[], rest: Partial<SchemaModel> = {}): SchemaModel {
  return { ...EMPTY_SCHEMA, tables, ...rest };
}

/** The table with every part marked as made from an entity, as the model of entities has it. */
export function ofEntity(entity: string, plain: Table): Table {
  const mark = <T>(part: T): T => ({ ...part, entity });
  return {
    ...mark(plain),
    columns: plain.columns.map((part) => ({ property: part.name, ...mark(part) })),
    foreignKeys: plain.foreignKeys.map(mark),
    uniques: plain.uniques.map(mark),
    checks: plain.checks.map(mark),
    indexes: plain.indexes.map(mark),
  };
}
