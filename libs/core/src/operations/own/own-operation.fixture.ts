import * as fc from 'fast-check';
import type { SchemaModel } from '../../schema/schema-model.js';
import {
  arbFreshName,
  arbRecord,
  arbSql,
  arbText,
  arbType,
  arbValueSql,
} from '../../schema/schema.fixture.js';
import type { AddColumn } from '../column-operations.js';
import { applyOperation, effectsOf } from '../operation-definitions.js';
import type { Operation } from '../operation.js';
import type { DataOf } from './argument-type.js';
import { argument } from './argument.js';
import { defineOperation } from './define-operation.js';
import type { OperationMethod } from './define-operation.js';
import type { OwnOperation } from './own-operation.js';
import type { PlainData } from './plain-data.js';

const parameters = [
  ['table', argument.name],
  ['column', argument.name],
  ['type', argument.sql],
  ['note', argument.optional(argument.text)],
  {
    schema: argument.name,
    default: argument.value,
    fixed: argument.flag,
    sure: argument.boolean,
    weight: argument.number,
    mode: argument.oneOf('soft', 'hard'),
    labels: argument.listOf(argument.text),
    checks: argument.someOf(argument.sql),
    code: argument.data,
    port: argument.checked({
      expected: 'a port',
      accepts: (value): value is number => Number.isInteger(value) && Number(value) < 65536,
    }),
  },
] as const;

/** What {@link addTenant} keeps: an argument of every type. */
export type TenantData = DataOf<typeof parameters>;

/** An operation that is made of a built-in one. */
export const addTenant = defineOperation({
  name: 'addTenant',
  parameters,
  describe: ({ table, column }) => `add tenant ${column} to ${table}`,
  reverse: (data): Operation => dropTenant.of(data),
  apply: (data, model) => applyOperation(columnOf(data), model),
  effects: (data) => effectsOf(columnOf(data)),
  compile: (data, { compile }) => compile(columnOf(data)),
});

/** Its way back, which keeps all that it needs to make it again. */
export const dropTenant = defineOperation({
  name: 'dropTenant',
  parameters,
  describe: ({ table, column }) => `drop tenant ${column} of ${table}`,
  reverse: (data): Operation => addTenant.of(data),
  apply: (data, model) => applyOperation(droppedOf(data), model),
  effects: (data) => effectsOf(droppedOf(data)),
  isDestructive: true,
  compile: (data, { compile }) => compile(droppedOf(data)),
});

/** The definitions of the spec's own operations. */
export const OWN_DEFINITIONS = [addTenant, dropTenant] as const;

declare module './custom-operations.js' {
  interface CustomOperations {
    addTenant: OperationMethod<typeof addTenant>;
    dropTenant: OperationMethod<typeof dropTenant>;
  }
}

function columnOf(data: TenantData): AddColumn {
  const { table, schema, column, type, default: value } = data;
  const added = {
    name: column,
    type,
    nullable: true,
    ...(value !== undefined && { default: value }),
  };
  return { kind: 'addColumn', table: { schema: schema ?? null, name: table }, column: added };
}

function droppedOf(data: TenantData): Operation {
  const { table, column: dropped } = columnOf(data);
  return { kind: 'dropColumn', table, name: dropped.name, dropped };
}

const arbPlain: fc.Arbitrary<PlainData> = fc.letrec<{ data: PlainData }>((tie) => ({
  data: fc.oneof(
    { depthSize: 'small' },
    arbText,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(true, false, null),
    fc.array(tie('data'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(arbText, fc.constantFrom('code', 'sql', '__proto__')), tie('data'), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
})).data;

/** An own operation that is possible on a model, with arguments of every type; undefined where none is. */
export function arbOwnOperation({ tables }: SchemaModel): fc.Arbitrary<OwnOperation> | undefined {
  if (tables.length === 0) return undefined;
  return fc.constantFrom(...tables).chain(({ schema, name, columns }) =>
    fc
      .tuple(
        arbFreshName(columns.map((column) => column.name)),
        arbRecord<Omit<TenantData, 'table' | 'column' | 'schema'>>(
          {
            type: arbType,
            note: arbText,
            default: arbValueSql,
            fixed: fc.constant(true),
            sure: fc.boolean(),
            weight: fc.double({ noNaN: true, noDefaultInfinity: true }),
            mode: fc.constantFrom('soft', 'hard'),
            labels: fc.array(arbText, { maxLength: 3 }),
            checks: fc.array(arbSql, { minLength: 1, maxLength: 3 }),
            code: arbPlain,
            port: fc.integer({ max: 65535 }),
          },
          ['type'],
        ),
      )
      .map(([column, rest]) =>
        addTenant.of({ table: name, ...(schema !== null && { schema }), column, ...rest }),
      ),
  );
}
