import { foldName, isSameName, nameIn, wordsOf } from '../sqlite-tokens.js';
import type { ColumnDefinition, TableDefinition } from '../create-table/table-definition.js';
import { sqliteQuoting } from '../sqlite-quoting.js';
import type { SqliteStoredTable, StoredPart } from './stored-table.js';

/** A table while the operations of a batch are put into it, one after the other. */
export interface TableDraft {
  readonly definition: TableDefinition;
  /** Indexes that no constraint owns, those that are new among them. */
  readonly indexes: readonly StoredPart[];
  /**
   * What each column is filled with, by its folded name: an expression over the old table. A column without one gets its default, one
   * that is computed is not filled.
   */
  readonly values: ReadonlyMap<string, string>;
  /** A key that other tables may refer to is not as it was. */
  readonly isKeyChanged: boolean;
}

/** The draft of a table that nothing was done to. */
export function draftOf({ definition, indexes }: SqliteStoredTable): TableDraft {
  const values = new Map(
    definition.columns.map(({ name }) => [foldName(name), sqliteQuoting.identifier(name)] as const),
  );
  return { definition, indexes, values, isKeyChanged: false };
}

/** True for a column whose values are computed. */
export function isGenerated({ clauses }: ColumnDefinition): boolean {
  return clauses.some(({ kind }) => kind === 'generated');
}

/** The column with this name, or undefined. */
export function columnOf(draft: TableDraft, name: string): ColumnDefinition | undefined {
  return draft.definition.columns.find((column) => isSameName(column.name, name));
}

/** The draft with its definition replaced in part. */
export function redefine(draft: TableDraft, change: Partial<TableDefinition>): TableDraft {
  return { ...draft, definition: { ...draft.definition, ...change } };
}

/** The draft with one column replaced by what `change` makes of it; its own text is not valid any more. */
export function changeColumn(
  draft: TableDraft,
  name: string,
  change: (column: ColumnDefinition) => ColumnDefinition,
): TableDraft {
  const columns = draft.definition.columns.map((column) =>
    isSameName(column.name, name) ? withoutSource(change(column)) : column,
  );
  return redefine(draft, { columns });
}

/** The draft with other values for a column; undefined for its default. */
export function fill(draft: TableDraft, name: string, value: string | undefined): TableDraft {
  const values = new Map(draft.values);
  if (value === undefined) values.delete(foldName(name));
  else values.set(foldName(name), value);
  return { ...draft, values };
}

/** True when a text names a column: a name before a parenthesis is that of a function. */
export function mentions(sql: string, column: string): boolean {
  const words = wordsOf(sql);
  return words.some((token, at) => {
    const isName = token.kind === 'word' || token.kind === 'name';
    if (!isName || words[at + 1]?.text === '(') return false;
    return isSameName(nameIn(token) ?? '', column);
  });
}

function withoutSource({ source: _source, ...column }: ColumnDefinition): ColumnDefinition {
  return column;
}
