import { Refusal } from '../../schema/entity-problem.js';
import type { ColumnMetadata } from '../../schema/metadata-types.js';
import { schemaOrDefault } from '../../schema/object-names.js';
import type { EnumReference, ModelContext } from '../schema-mapping.js';

/**
 * The enumerated type of a column, under the name that TypeORM gives it: `enumName`, or table, column and `_enum`.
 *
 * Two departures, where TypeORM's own SQL fails: a column that refers to an enum has the type of that column (no
 * foreign key joins two enums), and an `enumName` with a dot names schema and type.
 *
 * @throws Refusal for a label that the server cannot hold
 */
export function postgresEnumOf(
  column: ColumnMetadata,
  context: ModelContext,
): EnumReference | undefined {
  if (!isEnum(column, context)) return undefined;
  const root = rootOf(column, context);
  const { schema, tableName } = context.dataSource.driver.parseTableName(
    root.entityMetadata.tablePath,
  );
  const given = root.enumName ?? `${tableName}_${root.databaseName.toLowerCase()}_enum`;
  const [name = '', namedSchema] = given.split('.').reverse();
  const labels = labelsOf(root);
  return {
    name: {
      schema: schemaOrDefault(namedSchema ?? schema, context),
      name: context.mapping.storedName(name),
    },
    ...(labels && { labels }),
  };
}

const isEnum = (column: ColumnMetadata, { dataSource }: ModelContext): boolean =>
  dataSource.driver.normalizeType({ type: column.type }) === 'enum';

/** The column that an unnamed enum is named after. */
function rootOf(column: ColumnMetadata, context: ModelContext): ColumnMetadata {
  const seen = new Set([column]);
  let root = column;
  while (root.enumName === undefined) {
    const next = root.referencedColumn;
    if (next === undefined || seen.has(next) || !isEnum(next, context)) break;
    seen.add(next);
    root = next;
  }
  return root;
}

/** The labels as text, each once: a TypeScript enum may have two names for one value. */
function labelsOf(column: ColumnMetadata): readonly string[] | undefined {
  if (column.enum === undefined) return undefined;
  const labels = [...new Set(column.enum.map(String))];
  const long = labels.find((label) => Buffer.byteLength(label) > 63);
  if (long !== undefined) {
    throw new Refusal(
      `has the enum label "${long}", and a label has at most 63 bytes`,
      'Shorten it.',
    );
  }
  return labels;
}
