import type { OperationOf } from '../../../operations/operation.js';
import { missingObject, presentObject } from '../../../schema/schema-edit.js';
import { partName } from '../../../schema/table-edit.js';
import { TokenReader } from '../create-table/token-reader.js';
import { sqliteQuoting } from '../sqlite-quoting.js';
import { isSameName } from '../sqlite-tokens.js';
import type { Compile } from './stored-as.js';
import type { TableDraft } from './table-draft.js';

/** @throws MigrationError E3014 for an index that is there already */
export function createIndex(
  draft: TableDraft,
  operation: OperationOf<'createIndex'>,
  compile: Compile,
): TableDraft {
  const { table, index, ifNotExists } = operation;
  if (has(draft, index.name)) {
    if (ifNotExists) return draft;
    throw presentObject('index', partName(table, index.name));
  }
  const { ifNotExists: _once, ...plain } = operation;
  const sql = compile(plain).join(';\n');
  return { ...draft, indexes: [...draft.indexes, { name: index.name, sql }] };
}

/** @throws MigrationError E3014 for an index that is not there */
export function dropIndex(
  draft: TableDraft,
  { table, name, ifExists }: OperationOf<'dropIndex'>,
): TableDraft {
  if (!has(draft, name)) {
    if (ifExists) return draft;
    throw missingObject('index', partName(table, name));
  }
  return { ...draft, indexes: draft.indexes.filter((index) => !isSameName(index.name, name)) };
}

/** SQLite has no ALTER INDEX: the text that made it is run again with the new name. @throws MigrationError E3014 */
export function renameIndex(
  draft: TableDraft,
  { table, from, to, ifExists }: OperationOf<'renameIndex'>,
): TableDraft {
  if (!has(draft, from)) {
    if (ifExists) return draft;
    throw missingObject('index', partName(table, from));
  }
  if (has(draft, to)) throw presentObject('index', partName(table, to));
  const indexes = draft.indexes.map((index) =>
    isSameName(index.name, from) ? { name: to, sql: withName(index.sql, to) } : index,
  );
  return { ...draft, indexes };
}

const has = (draft: TableDraft, name: string): boolean =>
  draft.indexes.some((index) => isSameName(index.name, name));

function withName(sql: string, name: string): string {
  const reader = new TokenReader(sql);
  while (!reader.accept('INDEX')) reader.take();
  reader.accept('IF', 'NOT', 'EXISTS');
  const start = reader.offset;
  const end = reader.textOf(() => {
    reader.takeName();
    if (reader.acceptSign('.')) reader.takeName();
  }).length;
  return sql.slice(0, start) + sqliteQuoting.identifier(name) + sql.slice(start + end);
}
