import type { ObjectName } from '../../schema/object-name.js';
import type { Table } from '../../schema/schema-model.js';
import type { BatchOperations, BatchOptions, BatchTableDirectives } from '../api/batch-api.js';
import type { BatchAlterTable } from '../batch-operations.js';
import { isNamingConvention } from '../naming-convention.js';
import type { NamingConvention } from '../naming-convention.js';
import { batchMethods } from './batch-methods.js';
import { BatchCollector } from './batch-collector.js';
import type { DirectiveContext } from './directive-context.js';
import type { Place } from './place.js';
import { argumentsOf, inside, wrongArgument, wrongType } from './place.js';
import type { Reader } from './read-argument.js';
import {
  listOf,
  oneOf,
  readColumnNames,
  readFunction,
  readName,
  readStorageParameters,
} from './read-argument.js';
import type { ReadersOf } from './read-options.js';
import { placeReaders, readOptions } from './read-options.js';
import { readTableBody } from './table-body.js';

const readRecreate = oneOf('auto', 'always', 'never');

/** `auto` is what absence means. */
const readRecreation: Reader<'always' | 'never' | undefined> = (value, place) => {
  const recreate = readRecreate(value, place);
  return recreate === 'auto' ? undefined : recreate;
};

const readConvention: Reader<NamingConvention> = (value, place) => {
  if (isNamingConvention(value)) return value as NamingConvention;
  throw wrongType(
    place,
    value,
    'a naming convention, such as { uq: "uq_%(table_name)s_%(column_0_name)s" }',
  );
};

const optionReaders = {
  recreate: readRecreation,
  copyFrom: (value: unknown) => value,
  partialReordering: listOf(readColumnNames, 'lists of column names'),
  namingConvention: readConvention,
  temporaryName: readName,
  algorithm: oneOf('default', 'instant', 'nocopy', 'inplace', 'copy'),
  lock: oneOf('default', 'none', 'shared', 'exclusive'),
  ...placeReaders,
} as const satisfies ReadersOf<BatchOptions>;

/** The directive about a batch. */
export function batchDirectives(context: DirectiveContext): BatchTableDirectives {
  return {
    batchAlterTable(table: string, ...rest: readonly unknown[]) {
      const at = argumentsOf('op.batchAlterTable');
      const [options, changes] = rest.length === 1 ? [undefined, rest[0]] : rest;
      const { schema, copyFrom, ...marks } = readOptions(optionReaders, options, at('options'));
      const owner = { schema: schema ?? null, name: readName(table, at('table')) };
      readFunction(changes, at('changes'));
      const convention = marks.namingConvention ?? context.namingConvention;
      const within = { ...context, ...(convention && { namingConvention: convention }) };
      const collected = collect(owner, changes as Changes, {
        context: within,
        place: at('changes'),
      });
      return context.submit({
        kind: 'batchAlterTable',
        table: owner,
        ...collected,
        ...marks,
        ...(copyFrom !== undefined && {
          copyFrom: readTable(owner, copyFrom, { context: within, place: at('options.copyFrom') }),
        }),
      });
    },
  };
}

type Changes = (batch: BatchOperations) => unknown;

interface Reading {
  readonly context: DirectiveContext;
  readonly place: Place;
}

function collect(
  table: ObjectName,
  changes: Changes,
  { context, place }: Reading,
): Pick<BatchAlterTable, 'operations' | 'places'> {
  const collector = new BatchCollector();
  const returned = changes(batchMethods(table, context, collector));
  collector.close();
  if (!isThenable(returned)) return collector.collected;
  // What it would throw later is this error's.
  Promise.resolve(returned).catch(() => undefined);
  throw wrongArgument(place, {
    clause: 'is async, but what it says is made when it has returned',
    advice: 'Ask before op.batchAlterTable, and let the function only say the changes.',
  });
}

const isThenable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'then' in value;

function readTable(table: ObjectName, value: unknown, { context, place }: Reading): Table {
  const readBody = (body: unknown, at: Place): Table => ({
    ...table,
    ...readTableBody(body, at, { ...context, table }),
  });
  if (typeof value === 'function') return readBody(value, place);
  const readers = { body: readBody, storage: readStorageParameters };
  const { body, ...marks } = readOptions(readers, value, place);
  return { ...(body ?? readBody(undefined, inside(place, 'body'))), ...marks };
}
