import { nameKey } from '../../schema/object-name.js';
import type {
  Column,
  ForeignKey,
  Index,
  SchemaModel,
  Table,
  UniqueConstraint,
} from '../../schema/schema-model.js';
import type { Models } from '../common/canonical-slots.js';
import { differencesOf } from './mariadb-differences.js';
import { ownCharacters } from './mysql-characters.js';
import type { ServerFacts } from './mysql-normalize.js';
import { canonicalNow } from './mysql-now.js';
import { isText } from './mysql-types.js';

/**
 * The target with what the server keeps in another form, as far as that is known without asking about it: a unique constraint is
 * its index, RESTRICT is what a foreign key does anyway, a character set has its collation, and what is the table's is none.
 */
export function withPlainTables({ current, target }: Models, facts: ServerFacts): SchemaModel {
  const before = new Map(current.tables.map((table) => [nameKey(table), table]));
  return {
    ...target,
    tables: target.tables.map((table) => plainTable(table, before.get(nameKey(table)), facts)),
  };
}

/** Comments are kept in three bytes for a character: what takes four becomes a question mark, and the server says nothing. */
const plainComment = ({ comment }: { readonly comment?: string }) =>
  comment === undefined ? {} : { comment: comment.replace(/[\u{10000}-\u{10FFFF}]/gu, '?') };

function plainTable(table: Table, before: Table | undefined, facts: ServerFacts): Table {
  const { charset, collation: given, ...rest } = table;
  const stated = given ?? (charset && facts.defaultCollations.get(charset));
  const collation = stated ?? before?.collation ?? facts.collation ?? undefined;
  return {
    ...rest,
    ...plainComment(table),
    ...(collation !== undefined && collation !== facts.collation && { collation }),
    columns: table.columns.map((column) => plainColumn(column, collation, facts)),
    foreignKeys: table.foreignKeys.map((key) => plainKey(key, before)),
    uniques: [],
    indexes: [...table.indexes, ...table.uniques.map(indexOfUnique)],
  };
}

function plainColumn(
  { charset, collation: given, onUpdate, default: value, ...column }: Column,
  tableCollation: string | undefined,
  facts: ServerFacts,
): Column {
  const collation = given ?? (charset && facts.defaultCollations.get(charset));
  const isNullable = column.generated && !differencesOf(facts.version).generatedNotNull;
  return {
    ...column,
    ...plainComment(column),
    ...(isNullable && { nullable: true }),
    ...plainDefault(value),
    ...(onUpdate !== undefined && { onUpdate: canonicalNow(onUpdate) }),
    ...(collation && isText(column.type) && ownCharacters(collation, tableCollation)),
  };
}

const plainDefault = (value: string | undefined): Pick<Column, 'default'> =>
  value === undefined || /^null$/i.test(value) ? {} : { default: canonicalNow(value) };

/** When a key is checked cannot be put off: that is said where one is made, and is no difference of one that is there. */
function plainKey(
  { onDelete, onUpdate, deferrable, ...key }: ForeignKey,
  before: Table | undefined,
): ForeignKey {
  const columns = key.columns.join();
  const isThere = before?.foreignKeys.some((one) => one.columns.join() === columns);
  return {
    ...key,
    ...(deferrable && !isThere && { deferrable }),
    ...(onDelete && onDelete !== 'restrict' && { onDelete }),
    ...(onUpdate && onUpdate !== 'restrict' && { onUpdate }),
  };
}

const indexOfUnique = ({ name, columns, entity }: UniqueConstraint): Index => ({
  name: name ?? columns[0] ?? '',
  elements: columns.map((column) => ({ column })),
  unique: true,
  ...(entity !== undefined && { entity }),
});
