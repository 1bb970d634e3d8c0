import { changedAttributes } from './changed-attributes.js';
import type { ObjectName } from '../schema/object-name.js';
import { renameColumnInSchema } from '../schema/rename-in-schema.js';
import { findTable, updateTable } from '../schema/schema-edit.js';
import type {
  Column,
  ColumnStorage,
  ForeignKey,
  FromEntity,
  GeneratedColumn,
  Identity,
  PrimaryKey,
  SqlText,
} from '../schema/schema-model.js';
import { withoutOwnedSequences } from '../schema/sequence-owners.js';
import {
  addColumnToTable,
  dropColumnFromTable,
  findColumn,
  updateColumn,
} from '../schema/table-edit.js';
import type { CallOptions } from './call-arguments.js';
import { call, columnOptions, entityOption, schemaOption, sqlOption } from './call-arguments.js';
import { attributesArgument } from './column-change-call.js';
import { addConstraintToTable } from './constraint-edit.js';
import type { Constraint, DropConstraint } from './constraint-operations.js';
import { dropped as droppedEffect, made, madeColumn, partRef, renamed } from './effects.js';
import { nameCode } from './operation-call.js';
import { ddl, defineOperation, harmless } from './operation-definition.js';
import { nameInWords, partInWords } from './words.js';
import { writtenColumn } from './written-table.js';

/** ALTER TABLE … ADD COLUMN. */
export interface AddColumn {
  readonly kind: 'addColumn';
  readonly table: ObjectName;
  readonly column: Column;
  /** A foreign key of this column alone, in its clause. */
  readonly references?: ForeignKey;
  /** The column is the primary key, said in its clause. */
  readonly primaryKey?: PrimaryKey;
  readonly ifNotExists?: true;
  /** A drop before remembers what the server has of the column besides: see {@link DropColumn.anew}. */
  readonly anew?: true;
}

/** ALTER TABLE … DROP COLUMN. `dropped` makes it reversible (the column, not its values). */
export interface DropColumn {
  readonly kind: 'dropColumn';
  readonly table: ObjectName;
  readonly name: string;
  readonly dropped?: Column;
  readonly ifExists?: true;
  /**
   * A generated column that is added again in the same run: what the server drops with it without a word (rights, statistics, indexes
   * and constraints that no operation drops) is there again, as it was in this database.
   */
  readonly anew?: true;
}

/** The attributes of a column that an alteration names; `null` means that the column has (or shall have) none. */
export interface ColumnAttributes {
  readonly type?: SqlText;
  readonly nullable?: boolean;
  readonly default?: SqlText | null;
  readonly generated?: GeneratedColumn | null;
  readonly identity?: Identity | null;
  readonly autoIncrement?: true | null;
  readonly collation?: string | null;
  readonly charset?: string | null;
  readonly onUpdate?: SqlText | null;
  readonly invisible?: true | null;
  readonly storage?: ColumnStorage | null;
  readonly compression?: string | null;
  readonly comment?: string | null;
}

/** Changes attributes of a column in place. `from` names the same keys as `to`, or is absent: then it cannot be reversed. */
export interface AlterColumn extends FromEntity {
  readonly kind: 'alterColumn';
  readonly table: ObjectName;
  readonly name: string;
  readonly to: ColumnAttributes;
  readonly from?: ColumnAttributes;
  /** How old values become new ones in a type change: the expression of USING. */
  readonly using?: SqlText;
  /** The same for the way back. */
  readonly reverseUsing?: SqlText;
  readonly property?: string;
}

/** ALTER TABLE … RENAME COLUMN. Keys, checks and indexes that use the column follow. */
export interface RenameColumn extends FromEntity {
  readonly kind: 'renameColumn';
  readonly table: ObjectName;
  readonly from: string;
  readonly to: string;
  readonly property?: string;
}

/** Every operation on columns. */
export type ColumnOperation = AddColumn | DropColumn | AlterColumn | RenameColumn;

/** Definition of {@link AddColumn}. */
export const addColumn = defineOperation<AddColumn>({
  describe: ({ table, column }) => `add column ${partInWords(table, column.name)}`,
  reverse: (operation) => {
    const { table, column, ifNotExists, anew } = operation;
    const drop: DropColumn = {
      kind: 'dropColumn',
      table,
      name: column.name,
      dropped: column,
      ...(ifNotExists && { ifExists: true }),
      ...(anew && { anew }),
    };
    const keys = inlineConstraints(operation).filter(({ constraint }) => constraint.name);
    return keys.length === 0 || ifNotExists
      ? drop
      : {
          kind: 'batchAlterTable',
          table,
          operations: [...keys.map((key) => dropOf(table, key)), drop],
        };
  },
  apply: (operation, model) =>
    updateTable(model, operation.table, (found) =>
      operation.ifNotExists && findColumn(found, operation.column.name)
        ? found
        : inlineConstraints(operation).reduce(
            addConstraintToTable,
            addColumnToTable(found, operation.column),
          ),
    ),
  written: (operation) => [{ ...operation, column: writtenColumn(operation.column) }],
  toCall: ({ table, column, references, primaryKey, ifNotExists, anew }) =>
    call('addColumn', table.name, column.name, column.type, {
      ...columnOptions(column),
      references: references && referencesOption(references),
      primaryKey:
        primaryKey && (primaryKey.name === undefined || { name: nameCode(primaryKey.name) }),
      ifNotExists,
      anew,
      ...schemaOption(table),
    }),
  effects: (operation) => [
    madeColumn(operation.table, operation.column),
    ...inlineConstraints(operation).flatMap(({ type, constraint }) =>
      constraint.name === undefined
        ? []
        : [made(partRef(type, operation.table, constraint.name), operation.column)],
    ),
  ],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link DropColumn}. */
export const dropColumn = defineOperation<DropColumn>({
  describe: ({ table, name }) => `drop column ${partInWords(table, name)}`,
  reverse: ({ table, dropped, ifExists, anew }) =>
    dropped && {
      kind: 'addColumn',
      table,
      column: dropped,
      ...(ifExists && { ifNotExists: true }),
      ...(anew && { anew }),
    },
  apply: ({ table, name, ifExists }, model) =>
    ifExists && isColumnMissing(findTable(model, table)?.columns, name)
      ? model
      : withoutOwnedSequences(
          updateTable(model, table, (found) => dropColumnFromTable(found, name)),
          table,
          name,
        ),
  written: ({ dropped: _dropped, ...rest }) => [rest],
  toCall: ({ table, name, ifExists, anew }) =>
    call('dropColumn', table.name, name, { ifExists, anew, ...schemaOption(table) }),
  effects: ({ table, name }) => [droppedEffect(partRef('column', table, name))],
  transactionClass: ddl,
  isDestructive: ({ anew }) => !anew,
});

/**
 * Definition of {@link AlterColumn}. Whether a change of type narrows is the dialect's knowledge, so here only a plain
 * column that becomes generated is destructive: its values go.
 */
export const alterColumn = defineOperation<AlterColumn>({
  describe: (operation) =>
    `alter column ${partInWords(operation.table, operation.name)}: ${[...changedAttributes(operation)].join(', ') || 'nothing'}`,
  reverse: ({ to, from, using, reverseUsing, ...rest }) => {
    // A column with values of its own never becomes a generated one: they would be lost (design D9).
    const losesValues = from?.generated && 'generated' in to && !to.generated;
    if (!from || losesValues) return undefined;
    return {
      ...rest,
      to: from,
      from: to,
      ...(reverseUsing !== undefined && { using: reverseUsing }),
      ...(using !== undefined && { reverseUsing: using }),
    };
  },
  apply: ({ table, name, to }, model) =>
    updateTable(model, table, (found) =>
      updateColumn(found, name, (column) => withAttributes(column, to)),
    ),
  written: (operation) => [withoutProperty(operation, operation.name)],
  toCall: (operation) =>
    call('alterColumn', operation.table.name, operation.name, attributesArgument(operation.to), {
      from: operation.from && attributesArgument(operation.from),
      using: sqlOption(operation.using),
      reverseUsing: sqlOption(operation.reverseUsing),
      ...schemaOption(operation.table),
      ...entityOption(operation),
      property: operation.property,
    }),
  effects: ({ table, name, entity, property = name }) =>
    entity === undefined ? [] : [made(partRef('column', table, name), { entity, property })],
  transactionClass: ddl,
  isDestructive: ({ to, from }) => Boolean(to.generated) && !from?.generated,
});

/** Definition of {@link RenameColumn}. */
export const renameColumn = defineOperation<RenameColumn>({
  describe: ({ table, from, to }) =>
    `rename column ${partInWords(table, from)} to ${nameInWords(to)}`,
  reverse: (operation) => ({ ...withProperty(operation), from: operation.to, to: operation.from }),
  apply: ({ table, from, to }, model) => renameColumnInSchema(model, table, { from, to }),
  written: (operation) => [withoutProperty(operation, operation.to)],
  toCall: (operation) =>
    call('renameColumn', operation.table.name, operation.from, operation.to, {
      ...schemaOption(operation.table),
      ...entityOption(operation),
      property: operation.property,
    }),
  effects: (operation) => [
    renamed(
      partRef('column', operation.table, operation.from),
      { name: operation.to },
      withProperty(operation),
    ),
  ],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Some servers do not drop a column under a key of its own. */
const dropOf = (table: ObjectName, dropped: Constraint): DropConstraint => ({
  kind: 'dropConstraint',
  table,
  name: dropped.constraint.name ?? '',
  type: dropped.type,
  dropped,
});

/** The constraints that stand in the clause of a new column. */
export function inlineConstraints({ references, primaryKey }: AddColumn): readonly Constraint[] {
  return [
    ...(primaryKey ? [{ type: 'primaryKey', constraint: primaryKey } as const] : []),
    ...(references ? [{ type: 'foreignKey', constraint: references } as const] : []),
  ];
}

function referencesOption(key: ForeignKey): CallOptions {
  return {
    table: key.referencedTable.name,
    column: key.referencedColumns[0],
    schema: key.referencedTable.schema ?? undefined,
    name: nameCode(key.name),
    onDelete: key.onDelete,
    onUpdate: key.onUpdate,
    match: key.match,
    deferrable: key.deferrable,
  };
}

/** The column with other attributes; `null` takes one away. */
function withAttributes(column: Column, to: ColumnAttributes): Column {
  const entries = Object.entries({ ...column, ...to }).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as unknown as Column;
}

/** An entity's property that is not said is named as the column is. */
function withProperty(operation: RenameColumn): RenameColumn {
  const { entity, property = operation.to } = operation;
  return entity === undefined ? operation : { ...operation, property };
}

function withoutProperty<O extends { readonly property?: string }>(operation: O, name: string): O {
  if (operation.property !== name) return operation;
  const { property: _property, ...rest } = operation;
  return rest as unknown as O;
}

function isColumnMissing(columns: readonly Column[] | undefined, name: string): boolean {
  return columns !== undefined && !columns.some((column) => column.name === name);
}
