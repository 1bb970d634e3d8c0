import type { Ask } from '../../common/table-rebuild.js';
import type { ObjectName } from '../../../schema/object-name.js';
import { parseCreateTable } from '../create-table/parse-create-table.js';
import { sqliteQuoting } from '../sqlite-quoting.js';
import { isSameName, nameIn, wordsOf } from '../sqlite-tokens.js';
import type { SqliteStoredTable, StoredPart } from './stored-table.js';

interface SchemaRow {
  readonly type: 'table' | 'index' | 'trigger' | 'view';
  readonly name: string;
  readonly tbl_name: string;
  readonly sql: string;
}

/**
 * Reads a table and what hangs on it: two queries, however many tables there are.
 * @throws MigrationError E3013 for a table that CREATE TABLE … did not make, such as a virtual one
 */
export async function readStoredTable(
  ask: Ask,
  { schema, name }: ObjectName,
): Promise<SqliteStoredTable | undefined> {
  const within = schema === null ? '' : `${sqliteQuoting.identifier(schema)}.`;
  const rows = (await ask(
    `SELECT type, name, tbl_name, sql FROM ${within}sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid`,
    [],
  )) as readonly SchemaRow[];
  const table = rows.find((row) => row.type === 'table' && isSameName(row.name, name));
  if (table === undefined) return undefined;
  const parts = rows.filter((row) => isSameName(row.tbl_name, table.name));
  return {
    name: { schema, name: table.name },
    definition: { ...parseCreateTable(table.sql), name: table.name },
    indexes: parts.filter(({ type }) => type === 'index').map(partOf),
    triggers: parts.filter(({ type }) => type === 'trigger').map(partOf),
    found: {
      referring: await referringTables(ask, { schema, name: table.name }),
      leaning: rows.some((row) => leansOn(row, table.name)),
    },
  };
}

async function referringTables(ask: Ask, { schema, name }: ObjectName): Promise<readonly string[]> {
  const within = sqliteQuoting.identifier(schema ?? 'main');
  const literal = sqliteQuoting.literal(name);
  const rows = (await ask(
    `SELECT DISTINCT t.name FROM ${within}.sqlite_schema t, pragma_foreign_key_list(t.name, ${sqliteQuoting.literal(schema ?? 'main')}) k WHERE t.type = 'table' AND k."table" = ${literal} COLLATE NOCASE AND t.name <> ${literal} ORDER BY t.name`,
    [],
  )) as readonly { readonly name: string }[];
  return rows.map((row) => row.name);
}

function leansOn({ type, tbl_name, sql }: SchemaRow, table: string): boolean {
  const isOther = type === 'view' || (type === 'trigger' && !isSameName(tbl_name, table));
  return isOther && wordsOf(sql).some((token) => isSameName(nameIn(token) ?? '', table));
}

const partOf = ({ name, sql }: SchemaRow): StoredPart => ({ name, sql });
