import {
  applyOperations,
  argument,
  defineOperation,
  effectsOf,
  reverseAll,
} from '@nest-alembic/core';
import type { ObjectName, Operation } from '@nest-alembic/core';

const parameters = [['table', argument.name], { schema: argument.name }] as const;

interface AuditedTable {
  readonly table: string;
  readonly schema?: string;
}

/** An operation of an app's own that is made of built-in ones: columns that say when a row was written, with an index. */
export const addAudit = defineOperation({
  name: 'addAudit',
  parameters,
  describe: ({ table }) => `add the audit columns to ${table}`,
  reverse: (data): Operation => dropAudit.of(data),
  apply: (data, model) => applyOperations(stepsOf(data), model),
  effects: (data) => stepsOf(data).flatMap(effectsOf),
  compile: (data, { compile }) => stepsOf(data).flatMap(compile),
});

/** Its way back. */
export const dropAudit = defineOperation({
  name: 'dropAudit',
  parameters,
  describe: ({ table }) => `drop the audit columns of ${table}`,
  reverse: (data): Operation => addAudit.of(data),
  apply: (data, model) => applyOperations(backOf(data), model),
  effects: (data) => backOf(data).flatMap(effectsOf),
  isDestructive: true,
  compile: (data, { compile }) => backOf(data).flatMap(compile),
});

function stepsOf({ table: name, schema }: AuditedTable): readonly Operation[] {
  const table: ObjectName = { schema: schema ?? null, name };
  const at = {
    name: 'written_at',
    type: 'timestamp with time zone',
    nullable: false,
    default: 'now()',
  };
  const index = { name: `ix_${name}_written`, elements: [{ column: at.name }], unique: false };
  return [
    { kind: 'addColumn', table, column: at },
    { kind: 'createIndex', table, index },
  ];
}

const backOf = (data: AuditedTable): readonly Operation[] => reverseAll(stepsOf(data)).operations;
