import { call, entityOption, indexPart, schemaOption, sqlOption } from '../call-arguments.js';
import type { BatchAlterTable } from '../batch-operations.js';
import type { NamingConvention } from '../naming-convention.js';
import type { CallArgument, OperationCall, TableBodyCode } from '../operation-call.js';
import { nameCode } from '../operation-call.js';
import { tableBody } from '../table-body-call.js';
import type { Index, Table } from '../../schema/schema-model.js';
import type { BatchedOperation } from './batched-operation.js';
import { definitionOfBatched } from './batched-operation.js';
import type { ColumnPlace } from './column-order.js';

/** The call that makes a batch: `op.batchAlterTable('account', (batch) => { … })`. */
export function batchCall(operation: BatchAlterTable): OperationCall {
  const { table, recreate, copyFrom, partialReordering, namingConvention } = operation;
  const { temporaryName, algorithm, lock } = operation;
  const options = {
    recreate,
    copyFrom: copyFrom && copyFromArgument(copyFrom),
    partialReordering,
    namingConvention: namingConvention && templatesOf(namingConvention),
    temporaryName,
    algorithm,
    lock,
    ...schemaOption(table),
  };
  const isPlain = Object.values(options).every((value) => value === undefined);
  const body = { code: 'batchBody', calls: callsIn(operation) } as const;
  return isPlain
    ? call('batchAlterTable', table.name, body)
    : call('batchAlterTable', table.name, options, body);
}

function callsIn({ operations, places = [] }: BatchAlterTable): readonly OperationCall[] {
  return operations.map((operation) => withPlace(batchedCall(operation), operation, places));
}

/** Where the name of the table stands in the call of an operation; the batch knows it. */
const TABLE_ARGUMENT: Partial<Readonly<Record<BatchedOperation['kind'], number>>> = {
  createIndex: 1,
  dropIndex: 1,
  renameIndex: 2,
};

/** The call without what the batch knows: the table, and its schema. */
function batchedCall(operation: BatchedOperation): OperationCall {
  const bare = { ...operation, table: { schema: null, name: operation.table.name } };
  const { method, args } = definitionOfBatched(bare).toCall(bare);
  return { method, args: args.toSpliced(TABLE_ARGUMENT[operation.kind] ?? 0, 1) };
}

/** The last operation that makes or alters a column says where it goes. */
function withPlace(
  { method, args }: OperationCall,
  operation: BatchedOperation,
  places: readonly ColumnPlace[],
): OperationCall {
  const place = places.find(({ column }) => column === columnOf(operation));
  if (!place) return { method, args };
  const said: CallArgument =
    'before' in place ? { insertBefore: place.before } : { insertAfter: place.after };
  const options = args[2];
  return { method, args: [...args.slice(0, 2), { ...(options as object), ...said }] };
}

function columnOf(operation: BatchedOperation): string | undefined {
  if (operation.kind === 'addColumn') return operation.column.name;
  return operation.kind === 'alterColumn' ? operation.name : undefined;
}

/** A definition as `copyFrom` takes it: the body of the table with its indexes. */
function copyFromArgument(table: Table): CallArgument {
  const { code, items } = tableBody(table);
  const body: TableBodyCode = { code, items: [...items, ...table.indexes.map(indexCall)] };
  const { storage } = table;
  return storage ? { body, storage } : body;
}

function indexCall(index: Index): OperationCall {
  return call('index', nameCode(index.name), index.elements.map(indexPart), {
    unique: index.unique || undefined,
    where: sqlOption(index.where),
    ...entityOption(index),
  });
}

/** Tokens of one's own are code, and stay with whoever wrote them. */
function templatesOf({ tokens: _tokens, ...templates }: NamingConvention): CallArgument {
  return { ...templates };
}
