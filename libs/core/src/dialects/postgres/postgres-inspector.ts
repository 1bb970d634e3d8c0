import type { Connection, QueryResult } from '../common/connection.js';
import type { InspectOptions } from '../common/dialect.js';
import { compareNames, nameKey } from '../../schema/object-name.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { EnumType, SchemaModel } from '../../schema/schema-model.js';
import { catalogQueries, factsQuery, READ_SETTINGS, setLocal } from './postgres-catalog.js';
import type { CatalogRows, EnumRow, FactsRow, NameRow } from './postgres-catalog-rows.js';
import { COLUMN_NAMES, CONSTRAINT_NAMES } from './postgres-catalog-rows.js';
import { readColumns } from './postgres-inspect-columns.js';
import { constraintsByTable } from './postgres-inspect-constraints.js';
import { indexesByTable } from './postgres-inspect-indexes.js';
import { freeSequences } from './postgres-inspect-sequences.js';
import { objectLists } from './postgres-inspect-objects.js';
import { ownedByTable } from './postgres-inspect-owned.js';
import { tablesOf, viewsOf } from './postgres-inspect-tables.js';
import { readAllRows, readJson, readRows, readValues } from './postgres-json-rows.js';
import { objectQuery } from './postgres-object-catalog.js';
import type { ObjectRows } from './postgres-object-rows.js';

/**
 * Reads the default schema (reported as `schema: null`) and those of `options.schemas`, with nine queries in two round
 * trips, whatever is asked for. Left out: what belongs to an extension, children of an inheritance, temporary and foreign
 * tables, the ignored tables; the names of those that are in the way of others are in `apart`.
 * Inside an open transaction it leaves the settings as they were.
 */
export async function inspectPostgres(
  connection: Connection,
  options: InspectOptions,
): Promise<SchemaModel> {
  const facts = await readFacts(connection, options);
  const rows = await readCatalog(connection, { facts, options });
  return toModel(rows, { facts, options });
}

async function readFacts(connection: Connection, options: InspectOptions): Promise<FactsRow> {
  const { schemas, includesSchema = () => true } = options;
  const facts = readJson<FactsRow>(await connection.query(factsQuery(schemas)));
  return {
    ...facts,
    schemas: facts.schemas.filter(
      (schema) => schema !== facts.defaultSchema && includesSchema(schema),
    ),
  };
}

async function readCatalog(connection: Connection, { facts, options }: Reading): Promise<ReadRows> {
  const { major, defaultSchema } = facts;
  const { also = [], includesSchema = () => true } = options;
  const hasDefault = defaultSchema !== null && includesSchema(null);
  const schemas = [...(hasDefault ? [defaultSchema] : []), ...facts.schemas];
  const scope = { major, schemas };
  const queries: Readonly<Record<keyof ReadRows, string>> = {
    ...catalogQueries(scope),
    objects: objectQuery(scope, also),
  };
  const kinds = Object.keys(queries);
  const before = setLocal(READ_SETTINGS);
  const after = setLocal(facts.settings);
  const statements = [...before, ...Object.values(queries), ...after];
  const results = await connection.script(statements.join(';\n'));
  const resultOf = (kind: keyof ReadRows): QueryResult =>
    results[before.length + kinds.indexOf(kind)] ?? NO_RESULT;
  return {
    enums: readAllRows(resultOf('enums')),
    sequences: readAllRows(resultOf('sequences')),
    tables: readAllRows(resultOf('tables')),
    columns: readValues(COLUMN_NAMES, resultOf('columns')),
    constraints: readValues(CONSTRAINT_NAMES, resultOf('constraints')),
    indexes: readRows(resultOf('indexes')),
    views: readAllRows(resultOf('views')),
    objects: readJson(resultOf('objects')),
  };
}

const NO_RESULT: QueryResult = { rows: [], rowCount: null };

type ReadRows = CatalogRows & { readonly objects: ObjectRows };

interface Reading {
  readonly facts: FactsRow;
  readonly options: InspectOptions;
}

function toModel({ objects, ...rows }: ReadRows, { facts, options }: Reading): SchemaModel {
  const nameOf = nameIn(facts.defaultSchema);
  const { columns, columnOf, owners } = readColumns(rows);
  const parts = {
    columns,
    constraints: constraintsByTable(rows, { columnOf, nameOf }),
    indexes: indexesByTable(rows),
    owned: ownedByTable(objects),
  };
  const ignored = new Set(options.ignoredTables.map(nameKey));
  return {
    schemas: facts.schemas,
    enums: rows.enums.map((row) => toEnum(row, nameOf)).sort(compareNames),
    sequences: freeSequences(rows, { owners, nameOf }).sort(compareNames),
    tables: tablesOf(rows.tables, { nameOf, ...parts })
      .filter((table) => !ignored.has(nameKey(table)))
      .sort(compareNames),
    views: viewsOf(rows.views, { nameOf, ...parts }).sort(compareNames),
    ...objectLists(objects, nameOf),
    ...namesApart(objects, nameOf),
  };
}

/** Partitions that were asked for are described. */
function namesApart(
  { apart, partitions = [] }: ObjectRows,
  nameOf: (row: NameRow) => ObjectName,
): Pick<SchemaModel, 'apart'> {
  const described = new Set(partitions.map((row) => nameKey(nameOf(row))));
  const names = apart.map(nameOf).filter((name) => !described.has(nameKey(name)));
  return names.length === 0 ? {} : { apart: names.sort(compareNames) };
}

/** Turns the catalog's names into the model's, where the default schema is null. */
function nameIn(defaultSchema: string | null): (row: NameRow) => ObjectName {
  return ({ schema, name }) => ({ schema: schema === defaultSchema ? null : schema, name });
}

function toEnum(row: EnumRow, nameOf: (row: NameRow) => ObjectName): EnumType {
  return {
    ...nameOf(row),
    labels: row.labels,
    ...(row.comment !== null && { comment: row.comment }),
  };
}
