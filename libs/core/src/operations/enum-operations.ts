import type { ObjectName } from '../schema/object-name.js';
import { addObject, findObject, removeObject, updateObject } from '../schema/schema-edit.js';
import { renameEnumInSchema } from '../schema/rename-in-schema.js';
import type { EnumType, FromEntity, SqlText } from '../schema/schema-model.js';
import type { CallArgument } from './operation-call.js';
import { valueCode } from './operation-call.js';
import { call, entityOption, schemaOption } from './call-arguments.js';
import { dropped as droppedEffect, made, refOf, renamed } from './effects.js';
import { enumChangeOf } from './enum-change.js';
import { ddl, defineOperation, harmless } from './operation-definition.js';
import { renamedDefault } from './renamed-default.js';
import { nameInWords } from './words.js';

/** CREATE TYPE … AS ENUM. */
export interface CreateEnum {
  readonly kind: 'createEnum';
  readonly enum: EnumType;
}

/** DROP TYPE. `dropped` makes it reversible. */
export interface DropEnum {
  readonly kind: 'dropEnum';
  readonly name: ObjectName;
  readonly dropped?: EnumType;
  readonly ifExists?: true;
}

/** A column that uses an enum; its default is re-made when the type has to be replaced. */
export interface EnumUse {
  readonly table: ObjectName;
  readonly column: string;
  readonly array?: true;
  readonly default?: SqlText;
}

/**
 * Changes the labels of an enum from one list to another. Labels that keep their order and are only added become
 * ADD VALUE; `renames` become RENAME VALUE; removal and reordering replace the type in every column of `uses`.
 */
export interface AlterEnum extends FromEntity {
  readonly kind: 'alterEnum';
  readonly name: ObjectName;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly renames?: readonly { readonly from: string; readonly to: string }[];
  /** What rows that hold a removed label get instead. */
  readonly replacements?: readonly { readonly from: string; readonly to: string }[];
  readonly uses?: readonly EnumUse[];
  /** The comment that the type has: a type that takes its place gets it too. */
  readonly comment?: string;
}

/** ALTER TYPE … RENAME TO. */
export interface RenameEnum extends FromEntity {
  readonly kind: 'renameEnum';
  readonly from: ObjectName;
  readonly to: ObjectName;
}

/** Every operation on enums. */
export type EnumOperation = CreateEnum | DropEnum | AlterEnum | RenameEnum;

/** Definition of {@link CreateEnum}. */
export const createEnum = defineOperation<CreateEnum>({
  describe: (operation) => `create enum ${nameInWords(operation.enum)}`,
  reverse: ({ enum: type }) => ({
    kind: 'dropEnum',
    name: { schema: type.schema, name: type.name },
    dropped: type,
  }),
  apply: (operation, model) => addObject(model, 'enums', operation.enum),
  toCall: ({ enum: type }) =>
    call('createEnum', type.name, type.labels, {
      comment: type.comment,
      ...schemaOption(type),
      ...entityOption(type),
    }),
  effects: ({ enum: type }) => [made(refOf('enum', type), type)],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link DropEnum}. */
export const dropEnum = defineOperation<DropEnum>({
  describe: ({ name }) => `drop enum ${nameInWords(name)}`,
  reverse: ({ dropped }) => dropped && { kind: 'createEnum', enum: dropped },
  apply: ({ name, ifExists }, model) =>
    ifExists && !findObject(model, 'enums', name) ? model : removeObject(model, 'enums', name),
  written: ({ dropped: _dropped, ...rest }) => [rest],
  toCall: ({ name, ifExists }) => call('dropEnum', name.name, { ifExists, ...schemaOption(name) }),
  effects: ({ name }) => [droppedEffect(refOf('enum', name))],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link AlterEnum}. The way back has no replacements: no one knows them. */
export const alterEnum = defineOperation<AlterEnum>({
  describe: ({ name, from, to }) => {
    const added = to.filter((label) => !from.includes(label));
    const removed = from.filter((label) => !to.includes(label));
    const parts = [...added.map(sign('+')), ...removed.map(sign('-'))];
    return `alter enum ${nameInWords(name)}: ${parts.join(', ') || 'order of labels'}`;
  },
  reverse: ({ replacements: _replacements, renames, uses, ...rest }) => {
    const back = renames?.toReversed().map(({ from, to }) => ({ from: to, to: from }));
    return {
      ...rest,
      from: rest.to,
      to: rest.from,
      ...(back && { renames: back }),
      ...(uses && { uses: uses.map((use) => usedBefore(use, back)) }),
    };
  },
  apply: ({ name, to }, model) =>
    updateObject(model, 'enums', { name, change: (type) => ({ ...type, labels: to }) }),
  toCall: (operation) =>
    call('alterEnum', operation.name.name, operation.from, operation.to, {
      renames: operation.renames,
      replacements: operation.replacements,
      uses: operation.uses?.map(useArgument),
      comment: operation.comment,
      ...schemaOption(operation.name),
      ...entityOption(operation),
    }),
  effects: (operation) =>
    operation.entity === undefined ? [] : [made(refOf('enum', operation.name), operation)],
  transactionClass(operation, capabilities) {
    const change = enumChangeOf(operation);
    return change.kind === 'inPlace' && change.additions.length > 0
      ? 'needsCommit'
      : ddl(operation, capabilities);
  },
  isDestructive: (operation) => enumChangeOf(operation).removed.length > 0,
});

/** Definition of {@link RenameEnum}. */
export const renameEnum = defineOperation<RenameEnum>({
  describe: ({ from, to }) => `rename enum ${nameInWords(from)} to ${nameInWords(to)}`,
  reverse: (operation) => ({ ...operation, from: operation.to, to: operation.from }),
  apply: (operation, model) => renameEnumInSchema(model, operation),
  toCall: (operation) =>
    call('renameEnum', operation.from.name, operation.to.name, {
      ...schemaOption(operation.from),
      toSchema: operation.to.schema === operation.from.schema ? undefined : operation.to.schema,
      ...entityOption(operation),
    }),
  effects: (operation) => [renamed(refOf('enum', operation.from), operation.to, operation)],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** A use as it was before the labels had other names. */
function usedBefore(use: EnumUse, renames: AlterEnum['renames'] = []): EnumUse {
  if (use.default === undefined) return use;
  const isArray = use.array === true;
  return { ...use, default: renamedDefault(use.default, { renames, array: isArray }) };
}

const sign =
  (mark: string) =>
  (label: string): string =>
    `${mark}${nameInWords(label)}`;

function useArgument(use: EnumUse): CallArgument {
  return {
    table: use.table.name,
    column: use.column,
    array: use.array,
    default: use.default === undefined ? undefined : valueCode(use.default),
    ...schemaOption(use.table),
  };
}
