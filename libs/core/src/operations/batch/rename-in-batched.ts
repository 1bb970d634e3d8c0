import { sameName } from '../../schema/object-name.js';
import type { ForeignKey, Index, SqlText } from '../../schema/schema-model.js';
import type { AddColumn, AlterColumn, RenameColumn } from '../column-operations.js';
import type { Constraint } from '../constraint-operations.js';
import type { BatchedOperation } from './batched-operation.js';
import type { ColumnPlace } from './column-order.js';

/** An expression with a column renamed. */
export type RenameText = (sql: SqlText, from: string, to: string) => SqlText;

/** An operation as it is said after a rename of a column of its table. */
export function renameInBatched(
  operation: BatchedOperation,
  renaming: RenameColumn,
  renameText: RenameText,
): BatchedOperation {
  const { from, to } = renaming;
  const name = (other: string): string => (other === from ? to : other);
  const text = (sql: SqlText): SqlText => renameText(sql, from, to);
  switch (operation.kind) {
    case 'addColumn':
    case 'alterColumn':
      return renameInColumn(operation, { name, text, renaming });
    case 'addConstraint':
      return { ...operation, added: renameInConstraint(operation.added, { name, text, renaming }) };
    case 'dropUnnamedConstraint': {
      const dropped = renameInConstraint(operation.dropped, { name, text, renaming });
      return { ...operation, dropped: dropped as typeof operation.dropped };
    }
    case 'createIndex':
      return { ...operation, index: renameInIndex(operation.index, { name, text, renaming }) };
    case 'dropConstraint': {
      const { index } = operation;
      return index
        ? { ...operation, index: { ...index, columns: index.columns.map(name) } }
        : operation;
    }
    default:
      return operation;
  }
}

interface Follow {
  readonly name: (name: string) => string;
  readonly text: (sql: SqlText) => SqlText;
  readonly renaming: RenameColumn;
}

function renameInColumn(
  operation: AddColumn | AlterColumn,
  { name, text }: Follow,
): BatchedOperation {
  if (operation.kind === 'addColumn') {
    const { generated } = operation.column;
    if (!generated) return operation;
    const followed = { ...generated, expression: text(generated.expression) };
    return { ...operation, column: { ...operation.column, generated: followed } };
  }
  const { using, to } = operation;
  return {
    ...operation,
    name: name(operation.name),
    ...(using !== undefined && { using: text(using) }),
    to: to.generated
      ? { ...to, generated: { ...to.generated, expression: text(to.generated.expression) } }
      : to,
  };
}

function renameInConstraint(added: Constraint, { name, text, renaming }: Follow): Constraint {
  switch (added.type) {
    case 'check':
      return {
        ...added,
        constraint: { ...added.constraint, expression: text(added.constraint.expression) },
      };
    case 'exclusion':
      return {
        ...added,
        constraint: { ...added.constraint, definition: text(added.constraint.definition) },
      };
    case 'foreignKey':
      return { ...added, constraint: renameInKey(added.constraint, name, renaming) };
    case 'primaryKey':
      return {
        ...added,
        constraint: { ...added.constraint, columns: added.constraint.columns.map(name) },
      };
    case 'unique':
      return {
        ...added,
        constraint: { ...added.constraint, columns: added.constraint.columns.map(name) },
      };
  }
}

function renameInKey(key: ForeignKey, name: Follow['name'], { table }: RenameColumn): ForeignKey {
  const isOwn = sameName(key.referencedTable, table);
  return {
    ...key,
    columns: key.columns.map(name),
    ...(isOwn && { referencedColumns: key.referencedColumns.map(name) }),
  };
}

function renameInIndex(index: Index, { name, text }: Follow): Index {
  return {
    ...index,
    elements: index.elements.map((element) => ({
      ...element,
      ...(element.column !== undefined && { column: name(element.column) }),
      ...(element.expression !== undefined && { expression: text(element.expression) }),
    })),
    ...(index.include && { include: index.include.map(name) }),
    ...(index.where !== undefined && { where: text(index.where) }),
  };
}

/** Places as they are said after renames. */
export function renameInPlace(
  places: readonly ColumnPlace[],
  renames: readonly RenameColumn[],
): readonly ColumnPlace[] {
  const name = (column: string): string =>
    renames.reduce((now, { from, to }) => (now === from ? to : now), column);
  return places.map((place) =>
    'before' in place
      ? { column: name(place.column), before: name(place.before) }
      : { column: name(place.column), after: name(place.after) },
  );
}
