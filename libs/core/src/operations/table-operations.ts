import type { ObjectName } from '../schema/object-name.js';
import { sameName } from '../schema/object-name.js';
import { renameTableInSchema } from '../schema/rename-in-schema.js';
import { addObject, findTable, removeObject, updateTable } from '../schema/schema-edit.js';
import { withoutOwnedSequences } from '../schema/sequence-owners.js';
import type { FromEntity, SchemaModel, Table } from '../schema/schema-model.js';
import { call, entityOption, schemaOption } from './call-arguments.js';
import { dropped as droppedEffect, madeTable, refOf, renamed } from './effects.js';
import { ddl, defineOperation, destructive, harmless, noEffects } from './operation-definition.js';
import { partitioningArgument } from './partition-call.js';
import { tableBody } from './table-body-call.js';
import { writtenTable } from './written-table.js';
import { nameInWords } from './words.js';

/** CREATE TABLE with its columns, constraints and comments, followed by its indexes. */
export interface CreateTable {
  readonly kind: 'createTable';
  readonly table: Table;
  readonly ifNotExists?: true;
}

/** DROP TABLE. `dropped` makes it reversible (the structure, not the rows). */
export interface DropTable {
  readonly kind: 'dropTable';
  readonly name: ObjectName;
  readonly dropped?: Table;
  readonly ifExists?: true;
}

/** ALTER TABLE … RENAME TO, and SET SCHEMA where the schemas differ. */
export interface RenameTable extends FromEntity {
  readonly kind: 'renameTable';
  readonly ifExists?: true;
  readonly from: ObjectName;
  readonly to: ObjectName;
}

/** Sets, changes or (`to` absent) removes the comment of a table. */
export interface SetTableComment {
  readonly kind: 'setTableComment';
  readonly table: ObjectName;
  readonly from?: string;
  readonly to?: string;
}

/** What is changed of a table as a whole; `null` means that it has (or shall have) none. */
export interface TableAttributes {
  readonly unlogged?: boolean;
  /** The whole list. */
  readonly storage?: readonly string[] | null;
  readonly tablespace?: string | null;
  readonly engine?: string | null;
  readonly charset?: string | null;
  readonly collation?: string | null;
}

/** Changes how a table is stored. `from` names the same keys as `to`, or is absent: then it cannot be reversed. */
export interface SetTableStorage {
  readonly kind: 'setTableStorage';
  readonly table: ObjectName;
  readonly to: TableAttributes;
  readonly from?: TableAttributes;
}

/** Every operation on tables. */
export type TableOperation =
  CreateTable | DropTable | RenameTable | SetTableStorage | SetTableComment;

/** Definition of {@link CreateTable}. */
export const createTable = defineOperation<CreateTable>({
  describe: ({ table }) => `create table ${nameInWords(table)}`,
  reverse: ({ table, ifNotExists }) => ({
    kind: 'dropTable',
    name: { schema: table.schema, name: table.name },
    dropped: table,
    ...(ifNotExists && { ifExists: true }),
  }),
  apply: ({ table, ifNotExists }, model) =>
    ifNotExists && findTable(model, table) ? model : addObject(model, 'tables', table),
  written: writtenTable,
  toCall: ({ table, ifNotExists }) =>
    call('createTable', table.name, tableBody(table), {
      comment: table.comment,
      partitionBy: table.partitionBy && partitioningArgument(table.partitionBy),
      unlogged: table.unlogged,
      storage: table.storage,
      tablespace: table.tablespace,
      engine: table.engine,
      charset: table.charset,
      collation: table.collation,
      ifNotExists,
      ...schemaOption(table),
      ...entityOption(table),
    }),
  effects: ({ table }) => madeTable(table),
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link DropTable}. The memory of its parts ends with the table's own. */
export const dropTable = defineOperation<DropTable>({
  describe: ({ name }) => `drop table ${nameInWords(name)}`,
  reverse: ({ dropped, ifExists }) =>
    dropped && { kind: 'createTable', table: dropped, ...(ifExists && { ifNotExists: true }) },
  apply: ({ name, ifExists }, model) =>
    ifExists && !findTable(model, name)
      ? model
      : withoutOwnedSequences(removeObject(model, 'tables', name), name),
  written: ({ dropped: _dropped, ...rest }) => [rest],
  toCall: ({ name, ifExists }) => call('dropTable', name.name, { ifExists, ...schemaOption(name) }),
  effects: ({ name }) => [droppedEffect(refOf('table', name))],
  transactionClass: ddl,
  isDestructive: destructive,
});

/** Definition of {@link RenameTable}. */
export const renameTable = defineOperation<RenameTable>({
  describe: ({ from, to }) => `rename table ${nameInWords(from)} to ${nameInWords(to)}`,
  reverse: (operation) => ({ ...operation, from: operation.to, to: operation.from }),
  apply: (operation, model) =>
    sameName(operation.from, operation.to) || isMissing(operation, model)
      ? model
      : renameTableInSchema(model, operation),
  toCall: (operation) =>
    call('renameTable', operation.from.name, operation.to.name, {
      ...schemaOption(operation.from),
      toSchema: operation.to.schema === operation.from.schema ? undefined : operation.to.schema,
      ifExists: operation.ifExists,
      ...entityOption(operation),
    }),
  effects: (operation) => [renamed(refOf('table', operation.from), operation.to, operation)],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link SetTableStorage}. */
export const setTableStorage = defineOperation<SetTableStorage>({
  describe: ({ table, to }) =>
    `set storage of table ${nameInWords(table)}: ${Object.keys(to).join(', ') || 'nothing'}`,
  reverse: ({ to, from, ...rest }) => from && { ...rest, to: from, from: to },
  apply: ({ table, to }, model) =>
    updateTable(model, table, (found) => {
      const gone = Object.entries(to).filter(([, value]) => value === null || value === false);
      const names = new Set(gone.map(([name]) => name));
      const entries = Object.entries({ ...found, ...to }).filter(([name]) => !names.has(name));
      return Object.fromEntries(entries) as unknown as typeof found;
    }),
  toCall: ({ table, to, from }) =>
    call(
      'setTableStorage',
      table.name,
      { ...to },
      { from: from && { ...from }, ...schemaOption(table) },
    ),
  effects: noEffects,
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link SetTableComment}. */
export const setTableComment = defineOperation<SetTableComment>({
  describe: ({ table, to }) =>
    `${to === undefined ? 'remove' : 'set'} comment of table ${nameInWords(table)}`,
  reverse: ({ from, to, ...rest }) => ({
    ...rest,
    ...(to !== undefined && { from: to }),
    ...(from !== undefined && { to: from }),
  }),
  apply: ({ table, to }, model) =>
    updateTable(model, table, ({ comment: _comment, ...rest }) => ({
      ...rest,
      ...(to !== undefined && { comment: to }),
    })),
  toCall: ({ table, from, to }) =>
    call('setTableComment', table.name, to ?? null, { from, ...schemaOption(table) }),
  effects: noEffects,
  transactionClass: ddl,
  isDestructive: harmless,
});

const isMissing = ({ from, ifExists }: RenameTable, model: SchemaModel): boolean =>
  ifExists === true && !findTable(model, from);
