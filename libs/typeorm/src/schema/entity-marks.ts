import type { EntityMetadata } from 'typeorm';
import type { ColumnMetadata } from './metadata-types.js';

/** Gives the mark (design D8) of the objects that come from an entity. */
export type MarkOf = (metadata: EntityMetadata) => string;

/**
 * The marks of all entities: the name of the class. A table without a class of its own gets the class and the property
 * that it exists for (`Post#tags`, `Category#closure`), and entities that share a class name get their table as well,
 * so that a mark never stands for two tables: a rename is certain only then (design D9).
 */
export function entityMarks(metadatas: readonly EntityMetadata[]): MarkOf {
  const counts = new Map<string, number>();
  for (const metadata of metadatas.filter(hasOwnMark)) {
    counts.set(metadata.name, (counts.get(metadata.name) ?? 0) + 1);
  }
  return function markOf(metadata): string {
    const owner = ownerOf(metadata);
    if (owner) return `${markOf(owner.metadata)}#${owner.property}`;
    const isShared = (counts.get(metadata.name) ?? 0) > 1;
    return isShared ? `${metadata.name}@${metadata.tablePath}` : metadata.name;
  };
}

/** The children of a single-table hierarchy live in the table of their parent. */
const hasOwnMark = (metadata: EntityMetadata): boolean =>
  !metadata.isJunction && metadata.tableType !== 'entity-child';

function ownerOf(
  metadata: EntityMetadata,
): { readonly metadata: EntityMetadata; readonly property: string } | undefined {
  if (!metadata.isJunction) return undefined;
  if (metadata.isClosureJunction) {
    return { metadata: metadata.parentClosureEntityMetadata, property: 'closure' };
  }
  const relation = metadata.ownColumns[0]?.relationMetadata;
  return relation && { metadata: relation.entityMetadata, property: relation.propertyPath };
}

/**
 * The property path of a column. Columns of join and closure tables have no property; theirs tells the side and what it
 * refers to (`owner.id`, `inverse.id`, `ancestor.id`), which stays the same when the column is renamed.
 */
export function propertyOf(column: ColumnMetadata, metadata: EntityMetadata): string {
  const side = sideOf(column, metadata);
  const referenced = column.referencedColumn?.propertyPath;
  return side && referenced ? `${side}.${referenced}` : column.propertyPath;
}

function sideOf(column: ColumnMetadata, metadata: EntityMetadata): string | undefined {
  if (!metadata.isJunction) return undefined;
  if (column.closureType) return column.closureType;
  if (metadata.ownerColumns.includes(column)) return 'owner';
  return metadata.inverseColumns.includes(column) ? 'inverse' : undefined;
}
