import { compareText } from '../../schema/object-name.js';
import type { ObjectName } from '../../schema/object-name.js';
import { memberKey } from '../../schema/object-list.js';
import type { ListKeys, ListedObjects, ObjectList } from '../../schema/object-list.js';
import type { IndexElement, SchemaModel } from '../../schema/schema-model.js';
import type {
  Domain,
  Extension,
  Partition,
  Partitioning,
  Routine,
} from '../../schema/server-objects.js';
import type { NameRow } from './postgres-catalog-rows.js';
import type {
  DomainRow,
  ExtensionRow,
  ObjectRows,
  PartitionKeyRow,
  PartitionRow,
  RoutineRow,
} from './postgres-object-rows.js';
import { parseBounds } from './postgres-partition-bounds.js';
import { withoutOuterParentheses } from './postgres-parentheses.js';

type NameOf = (row: NameRow) => ObjectName;

/** The lists of a model that were asked for, sorted; those that are empty are absent. */
export function objectLists(rows: ObjectRows, nameOf: NameOf): Pick<SchemaModel, ObjectList> {
  const keys = partitioningByTable(rows);
  return {
    ...listed(
      'extensions',
      rows.extensions?.map((row) => toExtension(row, nameOf)),
    ),
    ...listed(
      'domains',
      rows.domains?.map((row) => toDomain(row, nameOf)),
    ),
    ...listed(
      'routines',
      rows.routines?.map((row) => toRoutine(row, nameOf)),
    ),
    ...listed(
      'partitions',
      rows.partitions?.map((row) => toPartition(row, { nameOf, partitionBy: keys.get(row.id) })),
    ),
  };
}

/** How each table and partition that is divided is divided, by its id. */
export function partitioningByTable(rows: ObjectRows): ReadonlyMap<string, Partitioning> {
  return new Map(rows.partitionKeys.map((row) => [row.table, toPartitioning(row)]));
}

function listed<L extends ObjectList>(
  list: L,
  members: readonly ListedObjects[L][] = [],
): { readonly [K in L]?: readonly ListedObjects[L][] } {
  if (members.length === 0) return {};
  const keyOf = (member: ListedObjects[L]): string =>
    memberKey(list, member as unknown as ListKeys[L]);
  const sorted = [...members].sort((left, right) => compareText(keyOf(left), keyOf(right)));
  return { [list]: sorted } as unknown as { readonly [K in L]?: readonly ListedObjects[L][] };
}

function toExtension(row: ExtensionRow, nameOf: NameOf): Extension {
  const { schema } = nameOf(row);
  return { name: row.name, ...(schema !== null && { schema }), version: row.version };
}

function toDomain(row: DomainRow, nameOf: NameOf): Domain {
  return {
    ...nameOf(row),
    type: row.type,
    ...(row.collation !== null && { collation: row.collation }),
    ...(row.default !== null && { default: row.default }),
    ...(row.notNull && { notNull: true }),
    checks: row.checks.map(({ name, expression, validated, comment }) => ({
      name,
      expression: withoutOuterParentheses(expression),
      ...(!validated && { notValid: true }),
      ...commentOf({ comment }),
    })),
    ...commentOf(row),
  };
}

function toRoutine(row: RoutineRow, nameOf: NameOf): Routine {
  return {
    ...nameOf(row),
    type: row.type,
    arguments: row.arguments,
    definition: row.definition.trim(),
    ...commentOf(row),
  };
}

function toPartition(
  row: PartitionRow,
  {
    nameOf,
    partitionBy,
  }: { readonly nameOf: NameOf; readonly partitionBy: Partitioning | undefined },
): Partition {
  return {
    ...nameOf(row),
    of: nameOf({ schema: row.tableSchema, name: row.table }),
    bounds: parseBounds(row.bounds),
    ...(partitionBy && { partitionBy }),
  };
}

const STRATEGIES = { r: 'range', l: 'list', h: 'hash' } as const;

function toPartitioning({ strategy, elements }: PartitionKeyRow): Partitioning {
  return { strategy: STRATEGIES[strategy], elements: elements.map(toElement) };
}

function toElement(row: PartitionKeyRow['elements'][number]): IndexElement {
  const { column, expression, opclass, collation } = row;
  return {
    ...(column !== null && { column }),
    ...(expression !== null && { expression: withoutOuterParentheses(expression) }),
    ...(opclass !== null && { opclass }),
    ...(collation !== null && { collation }),
  };
}

/** The comment of an object, where it has one. */
export function commentOf({ comment }: { readonly comment: string | null }): {
  readonly comment?: string;
} {
  return comment === null ? {} : { comment };
}
