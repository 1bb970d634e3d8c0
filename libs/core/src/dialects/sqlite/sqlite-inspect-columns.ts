import type { Column, ConflictAction, PrimaryKey } from '../../schema/schema-model.js';
import type {
  ColumnClause,
  ColumnDefinition,
  TableDefinition,
} from './create-table/table-definition.js';
import type { ColumnRow } from './sqlite-catalog.js';
import { withoutParentheses } from './sqlite-parse-objects.js';
import { isKeyword, isSameName, nameIn, wordsOf } from './sqlite-tokens.js';

/** What pragmas and the text of CREATE TABLE say of a table. */
export interface TableSource {
  readonly rows: readonly ColumnRow[];
  /** Undefined where the text cannot be read: then only what pragmas tell is known. */
  readonly definition: TableDefinition | undefined;
}

/** Reads the columns of tables; what is written alike in several of them is the same object. */
export class ColumnReader {
  readonly #known = new Map<ColumnDefinition, KnownColumn>();

  /** The columns of a table, in its order. */
  columnsOf(source: TableSource): readonly Column[] {
    const definitions = source.definition?.columns ?? [];
    return source.rows.map((row, at) => {
      const opposite = definitions[at];
      const isOpposite = opposite !== undefined && isSameName(opposite.name, row.name);
      const defined = isOpposite
        ? opposite
        : definitions.find(({ name }) => isSameName(name, row.name));
      return this.#columnOf(row, defined, source);
    });
  }

  /** What a column of the primary key is depends on its table. */
  #columnOf(row: ColumnRow, defined: ColumnDefinition | undefined, source: TableSource): Column {
    if (defined === undefined || row.pk > 0) return columnOf(row, defined, source);
    const known = this.#known.get(defined);
    if (known && isSameRow(known.row, row)) return known.column;
    const column = columnOf(row, defined, source);
    this.#known.set(defined, { row, column });
    return column;
  }
}

interface KnownColumn {
  readonly row: ColumnRow;
  readonly column: Column;
}

/** The same but for the table. */
const isSameRow = (row: ColumnRow, other: ColumnRow): boolean =>
  row.name === other.name &&
  row.type === other.type &&
  row.notnull === other.notnull &&
  row.default === other.default &&
  row.pk === other.pk &&
  row.hidden === other.hidden;

function columnOf(
  row: ColumnRow,
  defined: ColumnDefinition | undefined,
  source: TableSource,
): Column {
  const clause = (kind: ColumnClause['kind']) =>
    defined?.clauses.findLast((one) => one.kind === kind);
  const collation = collationIn(clause('collate'));
  const onConflict = conflictIn(clause('notNull')?.text);
  const expression = expressionIn(clause('generated'));
  return {
    name: row.name,
    type: writtenType(row, defined),
    nullable: row.notnull === 0 && !isRowId(row, source),
    ...(onConflict && { onConflict }),
    ...(isSaid(row.default) && { default: row.default }),
    ...(expression !== undefined && {
      generated: { expression, stored: row.hidden === STORED },
    }),
    ...(counts(row, source) && { autoIncrement: true as const }),
    ...(collation !== undefined && !isSameName(collation, 'BINARY') && { collation }),
  };
}

/** SQLite 3.37 and later give the six standard types in capitals, however they were written. */
const writtenType = ({ type }: ColumnRow, defined: ColumnDefinition | undefined): string =>
  defined && isSameName(defined.type, type) ? defined.type : type;

const STORED = 3;

/** NULL is what a column has anyway. */
const isSaid = (text: string | null): text is string => text !== null && !/^null$/i.test(text);

/** A key of one column of exactly this type is the row id, which is never null ("Rowid Tables"). */
function isRowId({ pk, type }: ColumnRow, { rows, definition }: TableSource): boolean {
  if (pk !== 1) return false;
  const isAlone = rows.filter((row) => row.pk > 0).length === 1;
  const hasRowId = !definition?.options.includes('WITHOUT ROWID');
  return isAlone && /^integer$/i.test(type) && hasRowId;
}

function counts(row: ColumnRow, { definition }: TableSource): boolean {
  return row.pk === 1 && keyTexts(definition).some((text) => has(text, 'AUTOINCREMENT'));
}

/** Everything that says PRIMARY KEY. */
const keyTexts = (definition: TableDefinition | undefined): readonly string[] =>
  keysIn(definition).map(({ text }) => text);

function keysIn(
  definition: TableDefinition | undefined,
): readonly { readonly name?: string; readonly text: string }[] {
  const inline = definition?.columns.flatMap(({ clauses }) => clauses) ?? [];
  const all = [...inline, ...(definition?.constraints ?? [])];
  return all.filter(({ kind }) => kind === 'primaryKey');
}

/** The primary key. */
export function primaryKeyOf({ rows, definition }: TableSource): PrimaryKey | undefined {
  const columns = rows
    .filter(({ pk }) => pk > 0)
    .sort((left, right) => left.pk - right.pk)
    .map(({ name }) => name);
  if (columns.length === 0) return undefined;
  const [key] = keysIn(definition);
  const onConflict = conflictIn(key?.text);
  return {
    ...(key?.name !== undefined && { name: key.name }),
    columns,
    ...(onConflict && { onConflict }),
  };
}

/** The text has this keyword, not as a name. */
export const has = (text: string, keyword: string): boolean =>
  text.toUpperCase().includes(keyword) && wordsOf(text).some((token) => isKeyword(token, keyword));

/** What `ON CONFLICT` says; ABORT is what absence means. */
export function conflictIn(text: string | undefined): ConflictAction | undefined {
  if (text === undefined || !/conflict/i.test(text)) return undefined;
  const words = wordsOf(text);
  const at = words.findIndex((token) => isKeyword(token, 'CONFLICT'));
  const action = words[at + 1]?.text.toLowerCase();
  return at > 0 && action !== 'abort' ? (action as ConflictAction | undefined) : undefined;
}

/** What stands in the parentheses of CHECK or GENERATED ALWAYS AS. */
export function expressionIn(clause: { readonly text: string } | undefined): string | undefined {
  if (clause === undefined) return undefined;
  const words = wordsOf(clause.text);
  const open = words.find(({ text }) => text === '(');
  const close = words.findLast(({ text }) => text === ')');
  if (!open || !close) return undefined;
  return withoutParentheses(clause.text.slice(open.start, close.end));
}

const collationIn = (clause: ColumnClause | undefined): string | undefined =>
  clause && nameIn(wordsOf(clause.text)[1]);
