import { compareText } from '../../schema/object-name.js';
import type { SchemaModel, Table, View } from '../../schema/schema-model.js';
import { EMPTY_SCHEMA } from '../../schema/schema-model.js';
import type { Trigger } from '../../schema/server-objects.js';
import type { Connection } from '../common/connection.js';
import type { InspectOptions } from '../common/dialect.js';
import { groupBy } from '../common/group-by.js';
import { createTableParser } from './create-table/parse-create-table.js';
import type { TableDefinition } from './create-table/table-definition.js';
import { CATALOG_QUERIES, detailsIn } from './sqlite-catalog.js';
import type { CatalogRows, DetailsRow, ObjectRow, TableDetails } from './sqlite-catalog.js';
import { ColumnReader, primaryKeyOf } from './sqlite-inspect-columns.js';
import {
  checksOf,
  foreignKeysOf,
  indexesOf,
  uniquesOf,
  writtenIn,
} from './sqlite-inspect-constraints.js';
import { parseCreateTrigger, parseCreateView } from './sqlite-parse-objects.js';
import { foldName, isSameName, nameIn, wordsOf } from './sqlite-tokens.js';

/**
 * Reads the schema of the database file with three queries, whatever its size: pragmas, and for what they do not tell the text
 * that SQLite has kept of each statement. Attached databases are no part of it.
 */
export async function inspectSqlite(
  connection: Connection,
  options: InspectOptions,
): Promise<SchemaModel> {
  if (options.includesSchema?.(null) === false) return EMPTY_SCHEMA;
  const rows = await readCatalog(connection);
  const isOurs = (name: string): boolean =>
    options.ignoredTables.some(
      (table) => (table.schema ?? 'main') === 'main' && isSameName(table.name, name),
    );
  return schemaFrom(without(rows, isOurs), options);
}

async function readCatalog(connection: Connection): Promise<CatalogRows> {
  const read: Record<string, readonly object[]> = {};
  for (const [name, sql] of Object.entries(CATALOG_QUERIES)) {
    read[name] = (await connection.query(sql)).rows;
  }
  return read as unknown as CatalogRows;
}

const without = (rows: CatalogRows, isLeftOut: (table: string) => boolean): CatalogRows => ({
  ...rows,
  objects: rows.objects.filter(({ table }) => !isLeftOut(table)),
  tables: rows.tables.filter(({ name }) => !isLeftOut(name)),
});

function schemaFrom(rows: CatalogRows, { also = [] }: InspectOptions): SchemaModel {
  const triggers = also.includes('triggers') ? triggersIn(rows) : undefined;
  const others = rows.tables.filter(({ type }) => type === 'virtual' || type === 'shadow');
  const shadows = new Set(others.map(({ name }) => name));
  const tables = rows.objects.filter(
    ({ type, name, rootpage }) => type === 'table' && rootpage > 0 && !shadows.has(name),
  );
  const apart = others
    .map(({ name }) => ({ schema: null, name }))
    .sort((left, right) => compareText(left.name, right.name));
  const reader = new TableReader(rows);
  return {
    ...EMPTY_SCHEMA,
    tables: byName(tables.map((table) => withTriggers(reader.read(table), triggers))),
    views: byName(viewsIn(rows).map((view) => withTriggers(view, triggers))),
    ...(apart.length > 0 && { apart }),
  };
}

const byName = <T extends { readonly name: string }>(items: readonly T[]): readonly T[] =>
  [...items].sort((left, right) => compareText(left.name, right.name));

/** Puts a table together from all that was read. */
class TableReader {
  readonly #details: ReadonlyMap<string, DetailsRow>;
  readonly #indexes: ReadonlyMap<string, readonly ObjectRow[]>;
  readonly #parse = createTableParser();
  readonly #columnReader = new ColumnReader();

  constructor({ details, objects }: CatalogRows) {
    this.#details = new Map(details.map((row) => [foldName(row.table), row]));
    const indexes = objects.filter(({ type, sql }) => type === 'index' && sql !== null);
    this.#indexes = groupBy(indexes, ({ table }) => foldName(table));
  }

  read({ name, sql }: ObjectRow): Table {
    const definition = this.#definitionIn(sql);
    const { columns: rows, elements, keys } = this.#detailsOf(name);
    const source = { rows, definition };
    const columns = this.#columnReader.columnsOf(source);
    const primaryKey = primaryKeyOf(source);
    const written = writtenIn(definition);
    const collationOf = (column: string): string | undefined =>
      columns.find((one) => one.name === column)?.collation;
    return {
      schema: null,
      name,
      columns,
      ...(primaryKey && { primaryKey }),
      foreignKeys: foreignKeysOf(keys, written, (table) => this.#keyOf(table)),
      uniques: uniquesOf(written, rows),
      checks: checksOf(written),
      exclusions: [],
      indexes: byName(indexesOf(this.#indexes.get(foldName(name)) ?? [], elements, collationOf)),
      ...(definition && definition.options.length > 0 && { storage: definition.options }),
    };
  }

  #detailsOf(table: string): TableDetails {
    const row = this.#details.get(foldName(table));
    return row === undefined ? NO_DETAILS : detailsIn(row);
  }

  /** A text that we cannot read is no reason to read nothing: what pragmas tell is left. */
  #definitionIn(sql: string | null): TableDefinition | undefined {
    try {
      return sql === null ? undefined : this.#parse(sql);
    } catch {
      return undefined;
    }
  }

  /** The columns that a foreign key without any refers to. */
  #keyOf(table: string): readonly string[] {
    const rows = this.#detailsOf(table).columns;
    return primaryKeyOf({ rows, definition: undefined })?.columns ?? [];
  }
}

const NO_DETAILS: TableDetails = { columns: [], elements: [], keys: [] };

function viewsIn({ objects }: CatalogRows): readonly View[] {
  const views = objects.filter(({ type }) => type === 'view');
  return views.map(({ name, sql }) => {
    const { definition, columns } = parseCreateView(sql ?? '');
    const named = new Set(wordsOf(definition).flatMap((token) => foldName(nameIn(token) ?? '')));
    const dependsOn = views.filter((view) => view.name !== name && named.has(foldName(view.name)));
    return {
      schema: null,
      name,
      definition,
      materialized: false,
      dependsOn: byName(dependsOn).map((view) => ({ schema: null, name: view.name })),
      indexes: [],
      ...(columns && { columns }),
    };
  });
}

/** By the table or view that they are of. */
function triggersIn({ objects }: CatalogRows): ReadonlyMap<string, readonly Trigger[]> {
  const all = objects.filter(({ type }) => type === 'trigger');
  const byTable = groupBy(all, ({ table }) => foldName(table));
  return new Map(
    [...byTable].map(([table, rows]) => {
      const triggers = rows.map(({ sql }) => parseCreateTrigger(sql ?? '').trigger);
      return [table, byName(triggers)] as const;
    }),
  );
}

function withTriggers<T extends Table | View>(
  owner: T,
  triggers: ReadonlyMap<string, readonly Trigger[]> | undefined,
): T {
  const own = triggers?.get(foldName(owner.name));
  return own ? { ...owner, triggers: own } : owner;
}
