import type { ObjectName } from '../schema/object-name.js';
import { missingObject, presentObject, updateIndexes } from '../schema/schema-edit.js';
import type { FromEntity, Index } from '../schema/schema-model.js';
import { partName } from '../schema/table-edit.js';
import { call, entityOption, indexPart, schemaOption, sqlOption } from './call-arguments.js';
import type { Capabilities } from './capabilities.js';
import { dropped as droppedEffect, made, partRef, renamed } from './effects.js';
import { nameCode } from './operation-call.js';
import type { TransactionClass } from './operation-definition.js';
import { ddl, defineOperation, harmless } from './operation-definition.js';
import { memberInWords, nameInWords } from './words.js';
import { writtenIndex } from './written-table.js';

/**
 * CREATE INDEX. `table` may name a materialized view. `only`: of a table that is divided, without its partitions; the server
 * counts it as unfinished until an index of each is attached.
 */
export interface CreateIndex {
  readonly kind: 'createIndex';
  readonly table: ObjectName;
  readonly index: Index;
  readonly concurrently?: true;
  readonly only?: true;
  readonly ifNotExists?: true;
}

/** DROP INDEX. `dropped` makes it reversible. */
export interface DropIndex {
  readonly kind: 'dropIndex';
  readonly table: ObjectName;
  readonly name: string;
  readonly dropped?: Index;
  readonly concurrently?: true;
  readonly ifExists?: true;
}

/** ALTER INDEX … RENAME TO. */
export interface RenameIndex extends FromEntity {
  readonly kind: 'renameIndex';
  readonly table: ObjectName;
  readonly from: string;
  readonly to: string;
  readonly ifExists?: true;
}

/** Every operation on indexes. */
export type IndexOperation = CreateIndex | DropIndex | RenameIndex;

/** Definition of {@link CreateIndex}. */
export const createIndex = defineOperation<CreateIndex>({
  describe: ({ table, index }) =>
    `create ${index.unique ? 'unique ' : ''}index ${nameInWords(index.name)} on ${nameInWords(table)}`,
  reverse: ({ table, index, concurrently, ifNotExists }) => ({
    kind: 'dropIndex',
    table,
    name: index.name,
    dropped: index,
    ...(concurrently && { concurrently }),
    ...(ifNotExists && { ifExists: true }),
  }),
  apply: ({ table, index, ifNotExists }, model) =>
    updateIndexes(model, table, (indexes) => {
      if (!hasIndex(indexes, index.name)) return [...indexes, index];
      if (ifNotExists) return indexes;
      throw presentObject('index', partName(table, index.name));
    }),
  written: (operation) => [{ ...operation, index: writtenIndex(operation.index) }],
  toCall: ({ table, index, concurrently, only, ifNotExists }) =>
    call('createIndex', nameCode(index.name), table.name, index.elements.map(indexPart), {
      unique: index.unique || undefined,
      method: index.method,
      parser: index.parser,
      where: sqlOption(index.where),
      include: index.include,
      nullsNotDistinct: index.nullsNotDistinct,
      storage: index.storage,
      tablespace: index.tablespace,
      comment: index.comment,
      concurrently,
      only,
      ifNotExists,
      ...schemaOption(table),
      ...entityOption(index),
    }),
  effects: ({ table, index }) => [made(partRef('index', table, index.name), index)],
  transactionClass: classOfBuild,
  isDestructive: harmless,
});

/** Definition of {@link DropIndex}. */
export const dropIndex = defineOperation<DropIndex>({
  describe: ({ table, name }) => `drop index ${memberInWords(table, name)}`,
  reverse: ({ table, dropped, concurrently, ifExists }) =>
    dropped && {
      kind: 'createIndex',
      table,
      index: dropped,
      ...(concurrently && { concurrently }),
      ...(ifExists && { ifNotExists: true }),
    },
  apply: ({ table, name, ifExists }, model) =>
    updateIndexes(model, table, (indexes) => {
      if (hasIndex(indexes, name)) return indexes.filter((index) => index.name !== name);
      if (ifExists) return indexes;
      throw missingObject('index', partName(table, name));
    }),
  written: ({ dropped: _dropped, ...rest }) => [rest],
  toCall: ({ table, name, concurrently, ifExists }) =>
    call('dropIndex', nameCode(name), table.name, {
      concurrently,
      ifExists,
      ...schemaOption(table),
    }),
  effects: ({ table, name }) => [droppedEffect(partRef('index', table, name))],
  transactionClass: classOfBuild,
  isDestructive: harmless,
});

/** Definition of {@link RenameIndex}. */
export const renameIndex = defineOperation<RenameIndex>({
  describe: ({ table, from, to }) =>
    `rename index ${memberInWords(table, from)} to ${nameInWords(to)}`,
  reverse: (operation) => ({ ...operation, from: operation.to, to: operation.from }),
  apply: ({ table, from, to, ifExists }, model) =>
    updateIndexes(model, table, (indexes) => {
      if (ifExists && !hasIndex(indexes, from)) return indexes;
      if (!hasIndex(indexes, from)) throw missingObject('index', partName(table, from));
      if (hasIndex(indexes, to)) throw presentObject('index', partName(table, to));
      return indexes.map((index) => (index.name === from ? { ...index, name: to } : index));
    }),
  toCall: (operation) =>
    call('renameIndex', operation.from, operation.to, operation.table.name, {
      ifExists: operation.ifExists,
      ...schemaOption(operation.table),
      ...entityOption(operation),
    }),
  effects: (operation) => [
    renamed(partRef('index', operation.table, operation.from), { name: operation.to }, operation),
  ],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** CONCURRENTLY cannot run inside a transaction block (PostgreSQL manual, CREATE INDEX). */
function classOfBuild(
  operation: { readonly concurrently?: true },
  capabilities: Capabilities,
): TransactionClass {
  return operation.concurrently && capabilities.concurrentIndexes
    ? 'autocommit'
    : ddl(operation, capabilities);
}

function hasIndex(indexes: readonly Index[], name: string): boolean {
  return indexes.some((index) => index.name === name);
}
