import type { LiteralValue } from '../schema/literal-value.js';
import type { PortableName, PortableSql } from '../schema/portable-type.js';
import type { Column } from '../schema/schema-model.js';
import type { AlterColumn, ColumnAttributes } from '../operations/column-operations.js';
import type { Operation } from '../operations/operation.js';
import { sameData } from './same-data.js';

/** What of a dialect portable operations are made with. */
export interface PortableWords extends Pick<PortableSql, 'now'> {
  /** The portable type that a native one is. */
  kindOf(type: string): PortableName | undefined;
  literal(value: LiteralValue): string;
  parseLiteral(sql: string): LiteralValue | undefined;
}

/**
 * The operation without what only one database would say of it: the name of a new table's primary key, which not every database keeps,
 * and the defaults that have a portable word: 0 and 1 of truth values, numbers in quotes, the moment of the statement.
 */
export function portableOperation(operation: Operation, words: PortableWords): Operation {
  switch (operation.kind) {
    case 'createTable': {
      const { primaryKey, ...table } = operation.table;
      const { name: _name, ...key } = primaryKey ?? { columns: [] };
      const columns = table.columns.map((column) => withShared(column, words));
      return {
        ...operation,
        table: { ...table, columns, ...(primaryKey && { primaryKey: key }) },
      };
    }
    case 'addColumn':
      return { ...operation, column: withShared(operation.column, words) };
    case 'alterColumn':
      return changeOf(operation, words);
    default:
      return operation;
  }
}

/** What stays the same is left out, as not every database has to be told it; what the server would make anew with the type is not. */
function changeOf(operation: AlterColumn, words: PortableWords): Operation {
  const { to, from } = operation;
  if (from === undefined) return { ...operation, to: withShared(to, words) };
  const isKept = kindIn(from, words) === kindIn(to, words);
  const names = (Object.keys(to) as (keyof ColumnAttributes)[]).filter(
    (name) =>
      !sameData(from[name], to[name]) || (name === 'default' && to.default !== null && !isKept),
  );
  const said = (attributes: ColumnAttributes): ColumnAttributes =>
    withShared(
      Object.fromEntries(names.map((name) => [name, attributes[name]])),
      words,
      attributes.type,
    );
  return { ...operation, to: said(to), from: said(from) };
}

const kindIn = ({ type }: ColumnAttributes, words: PortableWords): PortableName | undefined =>
  type === undefined ? undefined : words.kindOf(type);

/** A column or its attributes with a default that has a portable word in that word. `type` is that of the column. */
function withShared<Part extends Column | ColumnAttributes>(
  part: Part,
  words: PortableWords,
  type = part.type,
): Part {
  const { default: text } = part;
  if (type === undefined || typeof text !== 'string') return part;
  const shared = sharedDefault(text, type, words);
  return shared === undefined ? part : { ...part, default: shared };
}

/** The default in the words that `op` would make of the portable value; undefined where it has none. */
function sharedDefault(text: string, type: string, words: PortableWords): string | undefined {
  const now = words.now(type);
  // Some servers have it in lower case.
  if (text.toLowerCase() === now.toLowerCase()) return now;
  const kind = words.kindOf(type);
  const shared =
    kind === 'boolean'
      ? TRUTHS.get(words.parseLiteral(text))
      : NUMBERS.has(kind)
        ? numberIn(text)
        : undefined;
  return shared === undefined ? undefined : words.literal(shared);
}

const NUMBERS: ReadonlySet<PortableName | undefined> = new Set([
  'integer',
  'smallint',
  'bigint',
  'decimal',
  'float',
  'double',
]);

/** The number that a text is, in quotes or not, where JavaScript keeps all of its digits. */
function numberIn(text: string): number | undefined {
  const digits = /^('?)(-?\d+(?:\.\d+)?)\1$/.exec(text)?.[2];
  return digits !== undefined && digits.length <= MOST_DIGITS ? Number(digits) : undefined;
}

const MOST_DIGITS = 15;

const TRUTHS = new Map<LiteralValue | undefined, boolean>([
  [0, false],
  ['0', false],
  [false, false],
  ['false', false],
  [1, true],
  ['1', true],
  [true, true],
  ['true', true],
]);
