import { nameKey } from '../../schema/object-name.js';
import type { Column, EnumType, SchemaModel, Table } from '../../schema/schema-model.js';
import type { ObjectRequest } from '../common/object-texts.js';
import { isNamed } from '../../schema/type-name.js';
import { qualified } from './postgres-registered.js';
import { postgresSyntax } from './postgres-syntax.js';

/** Statements that belong together. */
export interface StandIn {
  /** The schema, type or table that it stands in for. */
  readonly name: string;
  /** Frees the name, where something has it. */
  readonly away: readonly string[];
  readonly create: readonly string[];
}

/**
 * Empty tables and types for those of the model that the database does not have, or has otherwise: what is registered may
 * need the new column. The old ones keep their rows and everything that stands on them, under another name.
 */
export function standInsFor(
  { current, keeps }: Pick<ObjectRequest, 'current' | 'keeps'>,
  target: SchemaModel,
  spare: () => string,
): readonly StandIn[] {
  const enums = new Map(current.enums.map((type) => [nameKey(type), type]));
  const changedEnums = target.enums.filter((type) => !sameLabels(enums.get(nameKey(type)), type));
  const tables = new Map(current.tables.map((table) => [nameKey(table), table]));
  const isOfChangedEnum = ({ type }: Column): boolean =>
    changedEnums.some(({ name }) => isNamed(type, name));
  const changedTables = target.tables
    .map((table) => withKept(table, tables.get(nameKey(table)), keeps))
    .filter(
      (table) =>
        !sameColumns(tables.get(nameKey(table)), table) || table.columns.some(isOfChangedEnum),
    );
  return [
    ...target.schemas
      .filter((schema) => !current.schemas.includes(schema))
      .map((schema) => ({
        name: schema,
        away: [],
        create: postgresSyntax.compile({ kind: 'createSchema', name: schema }),
      })),
    ...changedEnums.map((type) => ({
      name: type.name,
      away: enums.has(nameKey(type)) ? [`ALTER TYPE ${qualified(type)} RENAME TO ${spare()}`] : [],
      create: postgresSyntax.compile({ kind: 'createEnum', enum: type }),
    })),
    ...changedTables.map((table) => ({
      name: table.name,
      away: tables.has(nameKey(table))
        ? [`ALTER TABLE ${qualified(table)} RENAME TO ${spare()}`]
        : [],
      create: postgresSyntax.compile({ kind: 'createTable', table: bareTable(table) }),
    })),
  ];
}

/** With the columns that the database has besides and that stay, as nobody made them from the model (design D8). */
function withKept(table: Table, before: Table | undefined, keeps: ObjectRequest['keeps']): Table {
  const own = new Set(table.columns.map(({ name }) => name));
  const kept = (before?.columns ?? []).filter(
    ({ name }) => !own.has(name) && keeps({ table, column: name }),
  );
  return kept.length === 0 ? table : { ...table, columns: [...table.columns, ...kept] };
}

/** Whether a table is one that gets a stand-in. */
export function sameColumns(before: Table | undefined, table: Table): boolean {
  if (before === undefined || before.columns.length !== table.columns.length) return false;
  const types = new Map(before.columns.map(({ name, type }) => [name, type]));
  return table.columns.every(({ name, type }) => types.get(name) === type);
}

function sameLabels(before: EnumType | undefined, { labels }: EnumType): boolean {
  return before !== undefined && JSON.stringify(before.labels) === JSON.stringify(labels);
}

/**
 * What a query can see of a table: its columns, and the keys that GROUP BY may go by. Names of keys are left to the server, as
 * the old table still has them.
 */
function bareTable({ schema, name, columns, primaryKey, uniques }: Table): Table {
  return {
    schema,
    name,
    columns: columns.map(({ name: column, type, nullable, collation }) => ({
      name: column,
      type,
      nullable,
      ...(collation !== undefined && { collation }),
    })),
    ...(primaryKey && { primaryKey: { columns: primaryKey.columns } }),
    uniques: uniques.map((unique) => ({ columns: unique.columns })),
    foreignKeys: [],
    checks: [],
    exclusions: [],
    indexes: [],
  };
}
