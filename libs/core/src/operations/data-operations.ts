import type { ObjectName } from '../schema/object-name.js';
import type { LiteralValue } from '../schema/literal-value.js';
import type { SqlText } from '../schema/schema-model.js';
import { call, schemaOption } from './call-arguments.js';
import type { CallArgument } from './operation-call.js';
import { textCode } from './operation-call.js';
import { defineOperation, harmless, noEffects } from './operation-definition.js';
import { nameInWords } from './words.js';

/** SQL of the user's own, run as it stands. It is not known to the model, and is reversed only by SQL that comes with it. */
export interface Execute {
  readonly kind: 'execute';
  readonly sql: SqlText;
  /** Values for the `:name` places of the text. Absent: a colon is a colon. */
  readonly parameters?: Readonly<Record<string, LiteralValue>>;
  /** SQL that undoes it: what the way back runs; empty where there is nothing to undo. A revision has it in its `downgrade`, not in the call. */
  readonly undo?: SqlText;
}

/** INSERT of rows; each value is SQL text already. */
export interface BulkInsert {
  readonly kind: 'bulkInsert';
  readonly table: ObjectName;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlText[])[];
}

/** Every operation on rows, and SQL of the user's own. */
export type DataOperation = Execute | BulkInsert;

/** Definition of {@link Execute}. */
export const execute = defineOperation<Execute>({
  describe: ({ sql }) => `execute ${excerpt(sql)}`,
  reverse: ({ sql, undo, parameters }) => {
    if (undo === undefined) return undefined;
    return { kind: 'execute', sql: undo, ...(!parameters && { undo: sql }) };
  },
  apply: (_operation, model) => model,
  toCall: ({ sql, parameters }) =>
    call(
      'execute',
      textCode(sql),
      ...(parameters ? [{ code: 'row', entries: Object.entries(parameters) } as const] : []),
    ),
  effects: noEffects,
  transactionClass: () => 'transactional',
  isDestructive: harmless,
});

/** Definition of {@link BulkInsert}. There is no way back: the same rows may have been there before. */
export const bulkInsert = defineOperation<BulkInsert>({
  describe: ({ table, rows }) =>
    `insert ${rows.length} ${rows.length === 1 ? 'row' : 'rows'} into ${nameInWords(table)}`,
  reverse: () => undefined,
  apply: (_operation, model) => model,
  toCall: ({ table, columns, rows }) =>
    call(
      'bulkInsert',
      table.name,
      rows.map((row) => rowArgument(columns, row)),
      schemaOption(table),
    ),
  effects: noEffects,
  transactionClass: () => 'transactional',
  isDestructive: harmless,
});

function rowArgument(columns: readonly string[], row: readonly SqlText[]): CallArgument {
  const entries = columns.map((column, place) => {
    const sql = row[place] ?? 'NULL';
    return [column, { code: 'value', sql, allowsNull: true }] as const;
  });
  return { code: 'row', entries };
}

/** The first line of a text, without control characters, at most 60 characters long. */
function excerpt(sql: SqlText): string {
  const line = sql.trim().replaceAll(/[\s\p{Cc}]+/gu, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
