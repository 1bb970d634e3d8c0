import { compareNames } from '../../schema/object-name.js';
import type { SchemaModel, Table } from '../../schema/schema-model.js';
import { EMPTY_SCHEMA } from '../../schema/schema-model.js';
import type { Connection } from '../common/connection.js';
import type { InspectOptions } from '../common/dialect.js';
import { groupBy } from '../common/group-by.js';
import { differencesOf } from './mariadb-differences.js';
import type { Differences } from './mariadb-differences.js';
import { FACTS_QUERY, catalogQueries } from './mysql-catalog.js';
import type { CatalogRows, FactsRow, TableRow } from './mysql-catalog.js';
import { checksOfRows, columnOfRow } from './mysql-inspect-columns.js';
import { PRIMARY, foreignKeysOfRows, indexesOfRows } from './mysql-inspect-keys.js';
import { viewOfRow } from './mysql-inspect-views.js';
import { isProbeView } from './mysql-probe-views.js';
import { serverOf } from './mysql-server.js';

/**
 * Reads the database of the connection (reported as `schema: null`) with seven queries, however many tables there are. Other
 * databases are never read. A unique constraint is its index here; indexes that the server made for foreign keys are left out.
 */
export async function inspectMysql(
  connection: Connection,
  options: InspectOptions,
): Promise<SchemaModel> {
  if (!(options.includesSchema?.(null) ?? true)) return EMPTY_SCHEMA;
  const answer = await connection.query<FactsRow>(FACTS_QUERY);
  const facts = answer.rows[0] as FactsRow;
  const differences = differencesOf(serverOf(facts.version, 'mysql'));
  const rows = await readCatalog(connection, differences);
  return toModel(rows, { facts, differences, options });
}

async function readCatalog(connection: Connection, differences: Differences): Promise<CatalogRows> {
  const queries = catalogQueries(differences);
  const kinds = Object.keys(queries) as (keyof CatalogRows)[];
  const results = await connection.script(Object.values(queries).join(';\n'));
  const lists = kinds.map((kind, at) => [kind, results[at]?.rows ?? []] as const);
  return Object.fromEntries(lists) as unknown as CatalogRows;
}

interface Reading {
  readonly facts: FactsRow;
  readonly differences: Differences;
  readonly options: InspectOptions;
}

function toModel(rows: CatalogRows, reading: Reading): SchemaModel {
  const database = reading.facts.name ?? '';
  const ignored = new Set(reading.options.ignoredTables.map(({ name }) => name));
  const shown = rows.views.filter(({ name }) => !isProbeView(name));
  const views = new Set(shown.map(({ name }) => name));
  const toTable = tableReader(rows, reading);
  const apart = rows.tables.filter(({ type }) => type !== 'BASE TABLE' && type !== 'VIEW');
  return {
    ...EMPTY_SCHEMA,
    tables: rows.tables
      .filter(({ type, name }) => type === 'BASE TABLE' && !ignored.has(name))
      .map(toTable)
      .sort(compareNames),
    views: shown.map((row) => viewOfRow(row, database, views)).sort(compareNames),
    ...(apart.length > 0 && {
      apart: apart.map(({ name }) => ({ schema: null, name })).sort(compareNames),
    }),
  };
}

function tableReader(rows: CatalogRows, { facts, differences }: Reading): (row: TableRow) => Table {
  const partsOf = partsByTable(rows);
  return ({ name, collation, comment, engine }) => {
    const parts = partsOf(name);
    const keys = foreignKeysOfRows(parts.foreignKeys, facts.name ?? '');
    const primary = parts.keyParts.filter((part) => part.name === PRIMARY);
    const reading = { collation, checks: parts.checks, differences };
    return {
      schema: null,
      name,
      columns: parts.columns.map((row) => columnOfRow(row, reading)),
      ...(primary.length > 0 && {
        primaryKey: { name: PRIMARY, columns: primary.map(({ column }) => column ?? '') },
      }),
      foreignKeys: keys,
      uniques: [],
      checks: checksOfRows(parts.checks, parts.columns),
      exclusions: [],
      indexes: indexesOfRows(parts.keyParts, keys),
      ...(comment !== '' && { comment }),
      ...otherThan(facts, { engine, collation }),
    };
  };
}

type Parts = Pick<CatalogRows, 'columns' | 'keyParts' | 'foreignKeys' | 'checks'>;

/** The rows of each table. */
function partsByTable(rows: CatalogRows): (name: string) => Parts {
  const of = ({ table }: { readonly table: string }): string => table;
  const columns = groupBy(rows.columns, of);
  const keyParts = groupBy(rows.keyParts, of);
  const foreignKeys = groupBy(rows.foreignKeys, of);
  const checks = groupBy(rows.checks, of);
  return (name) => ({
    columns: columns.get(name) ?? [],
    keyParts: keyParts.get(name) ?? [],
    foreignKeys: foreignKeys.get(name) ?? [],
    checks: checks.get(name) ?? [],
  });
}

/** What a table has that is not that of the server or the database. */
const otherThan = (
  facts: FactsRow,
  { engine, collation }: Pick<TableRow, 'engine' | 'collation'>,
): Pick<Table, 'engine' | 'collation'> => ({
  ...(engine !== null && engine !== facts.engine && { engine }),
  ...(collation !== null && collation !== facts.collation && { collation }),
});
