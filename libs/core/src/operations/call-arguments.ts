import type { ObjectName } from '../schema/object-name.js';
import type {
  Column,
  FromEntity,
  GeneratedColumn,
  Identity,
  IndexElement,
  SequenceOptions,
  SqlText,
} from '../schema/schema-model.js';
import type { CallArgument, OperationCall } from './operation-call.js';
import { textCode, valueCode } from './operation-call.js';

/** Options of a call, by name; those that are undefined are not said. */
export type CallOptions = Readonly<Record<string, CallArgument>>;

/** A call in its shortest form: without options that are undefined, and without empty options at the end. */
export function call(method: string, ...args: readonly CallArgument[]): OperationCall {
  const said = args.map((arg) => (isOptions(arg) ? saidOf(arg) : arg));
  const last = said.findLastIndex((arg) => !isOptions(arg) || Object.keys(arg).length > 0);
  return { method, args: said.slice(0, last + 1) };
}

/** The `schema` option of an object's name: the default schema is not said. */
export function schemaOption(name: ObjectName): CallOptions {
  return { schema: name.schema ?? undefined };
}

/** The `entity` option. */
export function entityOption({ entity }: FromEntity): CallOptions {
  return { entity };
}

/** The options of a column in a table body or `op.addColumn`: what is not the default. */
export function columnOptions(column: Column): CallOptions {
  return {
    nullable: column.nullable ? undefined : false,
    onConflict: column.onConflict,
    default: column.default === undefined ? undefined : valueCode(column.default),
    ...generatedOptions(column.generated),
    identity: column.identity && identityOption(column.identity),
    autoIncrement: column.autoIncrement,
    collation: column.collation,
    charset: column.charset,
    onUpdate: column.onUpdate === undefined ? undefined : textCode(column.onUpdate),
    invisible: column.invisible,
    storage: column.storage,
    compression: column.compression,
    comment: column.comment,
    entity: column.entity,
    property: column.property,
  };
}

/** The options `generated` and, where it is not the default, `stored`. */
export function generatedOptions(generated: GeneratedColumn | null | undefined): CallOptions {
  if (!generated) return { generated };
  return {
    generated: textCode(generated.expression),
    stored: generated.stored ? undefined : false,
  };
}

/** The `identity` option: the generation alone where there is no more to say. */
export function identityOption({ generation, options }: Identity): CallArgument {
  return options ? { generation, ...sequenceOptions(options) } : generation;
}

/** The options of a sequence. */
export function sequenceOptions(options: SequenceOptions): CallOptions {
  return {
    start: options.start,
    increment: options.increment,
    minValue: options.minValue,
    maxValue: options.maxValue,
    cache: options.cache,
    cycle: options.cycle,
  };
}

/** A key part of an index: the column's name alone where there is no more to say. */
export function indexPart(element: IndexElement): CallArgument {
  const { column, expression, order, nulls, opclass, collation, prefix } = element;
  const part = saidOf({
    column,
    expression: sqlOption(expression),
    order,
    nulls,
    opclass,
    prefix,
    collation,
  });
  return column !== undefined && Object.keys(part).length === 1 ? column : part;
}

/** SQL text in a place where a plain string is SQL. */
export function sqlOption(sql: SqlText | undefined): CallArgument {
  return sql === undefined ? undefined : textCode(sql);
}

function saidOf(options: CallOptions): CallOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function isOptions(arg: CallArgument): arg is CallOptions {
  return typeof arg === 'object' && arg !== null && !Array.isArray(arg) && !('code' in arg);
}

/** Where a partition or its index is, and where what it belongs to is, if that is elsewhere. */
export function placeOptions(
  name: ObjectName,
  of: ObjectName,
): Readonly<Record<'schema' | 'tableSchema', CallArgument>> {
  return {
    schema: name.schema ?? undefined,
    tableSchema: of.schema === name.schema ? undefined : of.schema,
  };
}
