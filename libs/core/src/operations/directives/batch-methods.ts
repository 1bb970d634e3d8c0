import { MigrationError } from '../../errors/migration-error.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { BatchOperations, PlaceOption } from '../api/batch-api.js';
import type { ColumnPlace } from '../batch/column-order.js';
import type { BatchCollector } from './batch-collector.js';
import { columnDirectives } from './column-directives.js';
import { constraintDirectives } from './constraint-directives.js';
import type { DirectiveContext } from './directive-context.js';
import { indexDirectives } from './index-directives.js';
import { argumentsOf, wrongArgument } from './place.js';
import { readName, readSql } from './read-argument.js';
import { readRecord } from './read-options.js';
import { tableDirectives } from './table-directives.js';

/** What the name of the table is put in front of, among the arguments of a method; 0 where nothing is. */
const TABLE_ARGUMENT: Readonly<Record<string, number>> = {
  createIndex: 1,
  dropIndex: 1,
  renameIndex: 2,
};

/** How many arguments stand before the options, where that is not said by the call itself. */
const OPTIONS_ARGUMENT = {
  addColumn: 2,
  dropColumn: 1,
  alterColumn: 2,
  renameColumn: 2,
  createPrimaryKey: 1,
  createForeignKey: 3,
  createUniqueConstraint: 1,
  createCheckConstraint: 1,
  createExclusionConstraint: 1,
  dropConstraint: 2,
  dropUnnamedConstraint: 1,
  validateConstraint: 2,
  alterConstraint: 2,
  renameConstraint: 3,
  createIndex: 2,
  dropIndex: 1,
  renameIndex: 2,
  setTableComment: 1,
  setTableStorage: 1,
} as const satisfies Readonly<Record<Exclude<keyof BatchOperations, 'sql' | 'f'>, number>>;

type Method = keyof typeof OPTIONS_ARGUMENT;

type Directive = (...args: readonly unknown[]) => unknown;

/**
 * The methods of `batch`: the directives of `op` with the table said for them.
 * @throws MigrationError (from the methods) as the directives do
 */
export function batchMethods(
  table: ObjectName,
  context: DirectiveContext,
  collector: BatchCollector,
): BatchOperations {
  const collecting: DirectiveContext = {
    ...context,
    submit: (operation) => Promise.resolve(collector.add(operation)),
  };
  const directives: Readonly<Record<string, unknown>> = {
    ...columnDirectives(collecting),
    ...constraintDirectives(collecting),
    ...indexDirectives(collecting),
    ...tableDirectives(collecting),
  };
  const bind = (method: Method): readonly [Method, Directive] => {
    const directive = directives[method] as Directive;
    return [method, bound(method, directive, { table, collector })];
  };
  return Object.freeze({
    ...Object.fromEntries((Object.keys(OPTIONS_ARGUMENT) as Method[]).map(bind)),
    sql: (text: string) => Object.freeze({ sql: readSql(text, argumentsOf('batch.sql')('text')) }),
    f: (name: string) => Object.freeze({ final: readName(name, argumentsOf('batch.f')('name')) }),
  }) as unknown as BatchOperations;
}

interface Bound {
  readonly table: ObjectName;
  readonly collector: BatchCollector;
}

function bound(method: Method, directive: Directive, { table, collector }: Bound): Directive {
  const before = OPTIONS_ARGUMENT[method];
  return (...args) => {
    const { place, options } = splitOptions(method, args);
    const given = Array.from({ length: before }, (_, at) => args[at]);
    const called = given.toSpliced(TABLE_ARGUMENT[method] ?? 0, 0, table.name);
    inWordsOf(method, () => directive(...called, withSchema(options, table)));
    if (place) collector.place(place);
  };
}

interface SplitOptions {
  readonly options: unknown;
  readonly place: ColumnPlace | undefined;
}

/** Takes the place of a column out of the options; the schema is not said in a batch. */
function splitOptions(method: Method, args: readonly unknown[]): SplitOptions {
  const given = args[OPTIONS_ARGUMENT[method]];
  if (given === undefined) return { options: {}, place: undefined };
  const at = argumentsOf(`batch.${method}`);
  const record = readRecord(given, at('options'));
  if (record['schema'] !== undefined)
    throw wrongArgument(at('options.schema'), { clause: 'is said for the whole batch' });
  if (method !== 'addColumn' && method !== 'alterColumn')
    return { options: given, place: undefined };
  const { insertBefore, insertAfter, ...options } = record as PlaceOption & typeof record;
  return { options, place: readPlace({ insertBefore, insertAfter }, args[0], method) };
}

function readPlace(
  { insertBefore, insertAfter }: { readonly [K in keyof PlaceOption]?: unknown },
  column: unknown,
  method: Method,
): ColumnPlace | undefined {
  const at = argumentsOf(`batch.${method}`);
  if (insertBefore === undefined && insertAfter === undefined) return undefined;
  if (insertBefore !== undefined && insertAfter !== undefined)
    throw wrongArgument(at('options'), { clause: 'has both "insertBefore" and "insertAfter"' });
  const name = readName(column, at('name'));
  return insertBefore === undefined
    ? { column: name, after: readName(insertAfter, at('options.insertAfter')) }
    : { column: name, before: readName(insertBefore, at('options.insertBefore')) };
}

const withSchema = (options: unknown, { schema }: ObjectName): unknown =>
  schema === null ? options : { ...(options as object), schema };

/** The directives speak of `op`; who calls a batch reads of the batch. */
function inWordsOf(method: Method, call: () => unknown): void {
  try {
    call();
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    const { code, problem, advice, facts, cause } = error;
    const init = {
      problem: problem.replace(`op.${method}`, `batch.${method}`),
      facts: { ...facts, ...('method' in facts && { method: `batch.${method}` }) },
      cause,
    };
    throw new MigrationError(code, advice === undefined ? init : { ...init, advice });
  }
}
