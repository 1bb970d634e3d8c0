import type { Constraint, ConstraintType } from '../operations/constraint-operations.js';
import { definitionInWords, isUnnamed } from '../operations/unnamed-constraint.js';
import type { ObjectKind } from '../operations/object-effect.js';
import type { Index, SqlText, Table } from '../schema/schema-model.js';
import { indexUses } from '../schema/table-edit.js';
import { constraintsOf } from './diff-constraints.js';
import type { DiffDialect } from './diff-part.js';
import { namesColumn } from './names-word.js';

/** An index or constraint of a table, and what it is called. */
export type TablePart =
  | { readonly kind: 'index'; readonly name: string; readonly index: Index }
  | {
      readonly kind: Exclude<ObjectKind, 'index'> & ConstraintType;
      readonly name: string;
      readonly constraint: Constraint;
    };

/** How an index or constraint stands on a column: in a list of columns, or in an expression that names it. */
export interface ColumnUse {
  readonly part: TablePart;
  readonly use: 'list' | 'text';
}

/** The indexes and constraints of a table that stand on a column: the server drops them with it, and says nothing. */
export function partsOnColumn(
  table: Table,
  column: string,
  dialect: DiffDialect,
): readonly ColumnUse[] {
  return partsOf(table).flatMap((part): readonly ColumnUse[] => {
    if (lists(part, column)) return [{ part, use: 'list' }];
    const isNamed = textsOf(part).some((text) => namesColumn(text, column, dialect));
    return isNamed ? [{ part, use: 'text' }] : [];
  });
}

const TYPES: readonly ConstraintType[] = [
  'primaryKey',
  'unique',
  'check',
  'exclusion',
  'foreignKey',
];

/** The indexes and constraints of a table; one without a name is called by what it says, but for a primary key. */
export function partsOf(table: Table): readonly TablePart[] {
  const constraints = TYPES.flatMap((type) => constraintsOf(table, type));
  return [
    ...table.indexes.map((index) => ({ kind: 'index', name: index.name, index }) as const),
    ...constraints.flatMap((constraint) => {
      const { name = isUnnamed(constraint) ? definitionInWords(constraint) : undefined } =
        constraint.constraint;
      return name === undefined ? [] : [{ kind: constraint.type, name, constraint }];
    }),
  ];
}

function lists(part: TablePart, column: string): boolean {
  if (part.kind === 'index') return indexUses(part.index, column);
  const { constraint } = part.constraint;
  return 'columns' in constraint && constraint.columns.includes(column);
}

function textsOf(part: TablePart): readonly SqlText[] {
  if (part.kind === 'index') {
    const { where, elements } = part.index;
    return [where, ...elements.map(({ expression }) => expression)].filter(
      (text) => text !== undefined,
    );
  }
  const { type, constraint } = part.constraint;
  if (type === 'check') return [constraint.expression];
  return type === 'exclusion' ? [constraint.definition] : [];
}
