import type { Operation } from '../../../operations/operation.js';
import type { Table } from '../../../schema/schema-model.js';
import { parseCreateTable } from '../create-table/parse-create-table.js';
import type { TableDefinition } from '../create-table/table-definition.js';
import type { SqliteStoredTable } from './stored-table.js';

/** Makes the statements of an operation. */
export type Compile = (operation: Operation) => readonly string[];

const NOTHING: Omit<Table, 'name'> = Object.freeze({
  schema: null,
  columns: [],
  foreignKeys: [],
  uniques: [],
  checks: [],
  exclusions: [],
  indexes: [],
});

/** The definition that CREATE TABLE would have for parts of a table. */
export function definitionOf(
  parts: Partial<Omit<Table, 'indexes'>>,
  compile: Compile,
): TableDefinition {
  const table: Table = { name: 'new', ...NOTHING, ...parts, indexes: [] };
  const [sql = ''] = compile({ kind: 'createTable', table });
  return parseCreateTable(sql);
}

/** A table as a definition would make it; nothing was asked of the database. */
export function storedAs(table: Table, compile: Compile): SqliteStoredTable {
  const { schema, name, indexes, triggers = [] } = table;
  const owner = { schema, name };
  return {
    name: owner,
    definition: definitionOf(table, compile),
    indexes: indexes.map((index) => ({
      name: index.name,
      sql: compile({ kind: 'createIndex', table: owner, index }).join(';\n'),
    })),
    triggers: triggers.map((trigger) => ({
      name: trigger.name,
      sql: compile({ kind: 'createTrigger', table: owner, trigger }).join(';\n'),
    })),
  };
}
