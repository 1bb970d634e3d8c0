import type { ObjectName } from '../schema/object-name.js';
import { addObject, findObject, removeObject, updateObject } from '../schema/schema-edit.js';
import type {
  FromEntity,
  Sequence,
  SequenceOptions,
  SequenceOwner,
  SqlText,
} from '../schema/schema-model.js';
import type { CallOptions } from './call-arguments.js';
import { call, entityOption, schemaOption, sequenceOptions } from './call-arguments.js';
import { dropped as droppedEffect, made, refOf, renamed } from './effects.js';
import { ddl, defineOperation, harmless, noEffects } from './operation-definition.js';
import { nameInWords } from './words.js';

/** CREATE SEQUENCE. */
export interface CreateSequence {
  readonly kind: 'createSequence';
  readonly sequence: Sequence;
  readonly ifNotExists?: true;
}

/** DROP SEQUENCE. `dropped` makes it reversible. */
export interface DropSequence {
  readonly kind: 'dropSequence';
  readonly name: ObjectName;
  readonly dropped?: Sequence;
  readonly ifExists?: true;
}

/** The attributes of a sequence that an alteration names; `null` is the server's default, or no owner. */
export type SequenceAttributes = {
  readonly [K in keyof SequenceOptions]?: SequenceOptions[K] | null;
} & {
  readonly type?: SqlText | null;
  readonly ownedBy?: SequenceOwner | null;
};

/** ALTER SEQUENCE. `from` names the same keys as `to`, or is absent: then it cannot be reversed. */
export interface AlterSequence {
  readonly kind: 'alterSequence';
  readonly name: ObjectName;
  readonly to: SequenceAttributes;
  readonly from?: SequenceAttributes;
  /** The number that comes next; `start` is the one that it began with. There is no way back. */
  readonly restart?: string;
  readonly ifExists?: true;
}

/** ALTER SEQUENCE … RENAME TO, and SET SCHEMA where the schemas differ. */
export interface RenameSequence extends FromEntity {
  readonly kind: 'renameSequence';
  readonly from: ObjectName;
  readonly to: ObjectName;
  readonly ifExists?: true;
}

/** Every operation on sequences. */
export type SequenceOperation = CreateSequence | DropSequence | AlterSequence | RenameSequence;

/** Definition of {@link CreateSequence}. */
export const createSequence = defineOperation<CreateSequence>({
  describe: ({ sequence }) => `create sequence ${nameInWords(sequence)}`,
  reverse: ({ sequence, ifNotExists }) => ({
    kind: 'dropSequence',
    name: { schema: sequence.schema, name: sequence.name },
    dropped: sequence,
    ...(ifNotExists && { ifExists: true }),
  }),
  apply: ({ sequence, ifNotExists }, model) =>
    ifNotExists && findObject(model, 'sequences', sequence)
      ? model
      : addObject(model, 'sequences', sequence),
  toCall: ({ sequence, ifNotExists }) =>
    call('createSequence', sequence.name, {
      ifNotExists,
      type: sequence.type,
      ownedBy: ownerOption(sequence.ownedBy),
      ...sequenceOptions(sequence.options ?? {}),
      comment: sequence.comment,
      ...schemaOption(sequence),
      ...entityOption(sequence),
    }),
  effects: ({ sequence }) => [made(refOf('sequence', sequence), sequence)],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link DropSequence}. */
export const dropSequence = defineOperation<DropSequence>({
  describe: ({ name }) => `drop sequence ${nameInWords(name)}`,
  reverse: ({ dropped, ifExists }) =>
    dropped && {
      kind: 'createSequence',
      sequence: dropped,
      ...(ifExists && { ifNotExists: true }),
    },
  apply: ({ name, ifExists }, model) =>
    ifExists && !findObject(model, 'sequences', name)
      ? model
      : removeObject(model, 'sequences', name),
  written: ({ dropped: _dropped, ...rest }) => [rest],
  toCall: ({ name, ifExists }) =>
    call('dropSequence', name.name, { ifExists, ...schemaOption(name) }),
  effects: ({ name }) => [droppedEffect(refOf('sequence', name))],
  transactionClass: ddl,
  // Its number is lost; an owned one goes with its column.
  isDestructive: ({ dropped }) => dropped?.ownedBy === undefined,
});

/** Definition of {@link AlterSequence}. */
export const alterSequence = defineOperation<AlterSequence>({
  describe: ({ name, to, restart }) => {
    const keys = [...Object.keys(to), ...(restart === undefined ? [] : ['restart'])];
    return `alter sequence ${nameInWords(name)}: ${keys.join(', ') || 'nothing'}`;
  },
  reverse: ({ to, from, restart: _restart, ...rest }) => from && { ...rest, to: from, from: to },
  apply: ({ name, to, ifExists }, model) =>
    ifExists && !findObject(model, 'sequences', name)
      ? model
      : updateObject(model, 'sequences', { name, change: (found) => withAttributes(found, to) }),
  toCall: ({ name, to, from, restart, ifExists }) =>
    call('alterSequence', name.name, attributesOf(to), {
      from: from && attributesOf(from),
      restart,
      ifExists,
      ...schemaOption(name),
    }),
  effects: noEffects,
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link RenameSequence}. */
export const renameSequence = defineOperation<RenameSequence>({
  describe: ({ from, to }) => `rename sequence ${nameInWords(from)} to ${nameInWords(to)}`,
  reverse: (operation) => ({ ...operation, from: operation.to, to: operation.from }),
  apply: ({ from, to, ifExists }, model) =>
    ifExists && !findObject(model, 'sequences', from)
      ? model
      : updateObject(model, 'sequences', {
          name: from,
          change: (found) => ({ ...found, schema: to.schema, name: to.name }),
        }),
  toCall: (operation) =>
    call('renameSequence', operation.from.name, operation.to.name, {
      ...schemaOption(operation.from),
      toSchema: operation.to.schema === operation.from.schema ? undefined : operation.to.schema,
      ifExists: operation.ifExists,
      ...entityOption(operation),
    }),
  effects: (operation) => [renamed(refOf('sequence', operation.from), operation.to, operation)],
  transactionClass: ddl,
  isDestructive: harmless,
});

function withAttributes(sequence: Sequence, attributes: SequenceAttributes): Sequence {
  const { type = sequence.type, ownedBy = sequence.ownedBy, ...changes } = attributes;
  const { type: _type, ownedBy: _ownedBy, options: before, ...rest } = sequence;
  const entries = Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null);
  return {
    ...rest,
    ...(typeof type === 'string' && { type }),
    ...(entries.length > 0 && { options: Object.fromEntries(entries) }),
    ...(ownedBy && { ownedBy }),
  };
}

const attributesOf = ({ ownedBy, ...rest }: SequenceAttributes): CallOptions => ({
  ...rest,
  ...(ownedBy !== undefined && { ownedBy: ownedBy === null ? null : ownerOption(ownedBy) }),
});

const ownerOption = (owner: SequenceOwner | undefined): CallOptions | undefined =>
  owner && {
    table: owner.table.name,
    column: owner.column,
    ...(owner.table.schema !== null && { schema: owner.table.schema }),
  };
