import type { ObjectName } from '../schema/object-name.js';
import { missingObject } from '../schema/schema-edit.js';
import { updateTable } from '../schema/schema-edit.js';
import type {
  CheckConstraint,
  Deferrable,
  ExclusionConstraint,
  ForeignKey,
  FromEntity,
  Index,
  PrimaryKey,
  Table,
  UniqueConstraint,
} from '../schema/schema-model.js';
import { partName } from '../schema/table-edit.js';
import { call, entityOption, schemaOption } from './call-arguments.js';
import { constraintArguments } from './constraint-call.js';
import {
  addConstraintToTable,
  changeConstraintInTable,
  dropConstraintFromTable,
  findConstraint,
  renameConstraintInTable,
} from './constraint-edit.js';
import { dropped as droppedEffect, made, madeConstraint, partRef, renamed } from './effects.js';
import { nameCode } from './operation-call.js';
import { ddl, defineOperation, harmless, noEffects } from './operation-definition.js';
import { isUnnamed } from './unnamed-constraint.js';
import type { DropUnnamedConstraint } from './unnamed-constraint-operations.js';
import { listInWords, memberInWords, nameInWords } from './words.js';

/** A constraint of any type, as one value. */
export type Constraint =
  | { readonly type: 'primaryKey'; readonly constraint: PrimaryKey }
  | { readonly type: 'foreignKey'; readonly constraint: ForeignKey }
  | { readonly type: 'unique'; readonly constraint: UniqueConstraint }
  | { readonly type: 'check'; readonly constraint: CheckConstraint }
  | { readonly type: 'exclusion'; readonly constraint: ExclusionConstraint };

/** The types of constraints. */
export type ConstraintType = Constraint['type'];

/** ALTER TABLE … ADD CONSTRAINT. The `op` calls are `createPrimaryKey`, `createForeignKey`, `createUniqueConstraint` … */
export interface AddConstraint {
  readonly kind: 'addConstraint';
  readonly table: ObjectName;
  readonly added: Constraint;
  /** The unique index that becomes the key's own. */
  readonly usingIndex?: string;
}

/** ALTER TABLE … DROP CONSTRAINT. `dropped` makes it reversible. */
export interface DropConstraint {
  readonly kind: 'dropConstraint';
  readonly table: ObjectName;
  readonly name: string;
  readonly type: ConstraintType;
  readonly dropped?: Constraint;
  readonly ifExists?: true;
  /** The unique index that is made in the key's place. */
  readonly index?: KeyIndex;
}

/** A plain unique index that does what a key does. */
export interface KeyIndex {
  readonly name: string;
  readonly columns: readonly string[];
  readonly include?: readonly string[];
  readonly nullsNotDistinct?: true;
}

/** ALTER TABLE … VALIDATE CONSTRAINT: checks the rows that NOT VALID passed over. */
export interface ValidateConstraint {
  readonly kind: 'validateConstraint';
  readonly table: ObjectName;
  readonly name: string;
  readonly type: 'check' | 'foreignKey';
}

/** What ALTER CONSTRAINT says of a foreign key: when it is checked (`null`: not deferrable), and whether. */
export interface ConstraintAttributes {
  readonly deferrable?: Deferrable | null;
  readonly enforced?: boolean;
}

/** ALTER TABLE … ALTER CONSTRAINT. `from` with the same keys as `to` makes it reversible. */
export interface AlterConstraint {
  readonly kind: 'alterConstraint';
  readonly table: ObjectName;
  readonly name: string;
  readonly to: ConstraintAttributes;
  readonly from?: ConstraintAttributes;
}

/** ALTER TABLE … RENAME CONSTRAINT. */
export interface RenameConstraint extends FromEntity {
  readonly kind: 'renameConstraint';
  readonly table: ObjectName;
  readonly type: ConstraintType;
  readonly from: string;
  readonly to: string;
}

/** Every operation on constraints. */
export type ConstraintOperation =
  | AddConstraint
  | DropConstraint
  | DropUnnamedConstraint
  | RenameConstraint
  | ValidateConstraint
  | AlterConstraint;

/** The words for a constraint type in texts. */
export const CONSTRAINT_WORDS: Readonly<Record<ConstraintType, string>> = {
  primaryKey: 'primary key',
  foreignKey: 'foreign key',
  unique: 'unique constraint',
  check: 'check constraint',
  exclusion: 'exclusion constraint',
};

const DIRECTIVES: Readonly<Record<ConstraintType, string>> = {
  primaryKey: 'createPrimaryKey',
  foreignKey: 'createForeignKey',
  unique: 'createUniqueConstraint',
  check: 'createCheckConstraint',
  exclusion: 'createExclusionConstraint',
};

/**
 * Definition of {@link AddConstraint}. The way back of one without a name is by its definition; a primary key has none then. A primary key makes its columns NOT NULL, and
 * dropping it leaves them so, as on the server: whoever wants both ways says it with an alteration before.
 */
export const addConstraint = defineOperation<AddConstraint>({
  describe: ({ table, added }) =>
    `add ${CONSTRAINT_WORDS[added.type]} ${subject(added)} to ${nameInWords(table)}`,
  reverse({ table, added, usingIndex }) {
    if (isUnnamed(added)) return { kind: 'dropUnnamedConstraint', table, dropped: added };
    return added.constraint.name === undefined
      ? undefined
      : {
          kind: 'dropConstraint',
          table,
          name: added.constraint.name,
          type: added.type,
          dropped: added,
          ...(usingIndex !== undefined && { index: keyIndexOf(added, usingIndex) }),
        };
  },
  apply: ({ table, added, usingIndex }, model) =>
    updateTable(model, table, (found) =>
      addConstraintToTable(withoutIndex(found, usingIndex), added),
    ),
  toCall({ table, added, usingIndex }) {
    const { positional, options } = constraintArguments(added);
    return call(DIRECTIVES[added.type], table.name, ...positional, {
      ...options,
      usingIndex,
      ...schemaOption(table),
      ...entityOption(added.constraint),
    });
  },
  effects: ({ table, added, usingIndex }) => [
    ...(usingIndex === undefined ? [] : [droppedEffect(partRef('index', table, usingIndex))]),
    ...madeConstraint(table, added),
  ],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link DropConstraint}. */
export const dropConstraint = defineOperation<DropConstraint>({
  describe: ({ table, name, type }) =>
    `drop ${CONSTRAINT_WORDS[type]} ${memberInWords(table, name)}`,
  reverse: ({ table, dropped, index }) =>
    dropped && {
      kind: 'addConstraint',
      table,
      added: dropped,
      ...(index && { usingIndex: index.name }),
    },
  apply: ({ table, name, type, ifExists, index }, model) =>
    updateTable(model, table, (found) => {
      if (findConstraint(found, type, name)) {
        const rest = dropConstraintFromTable(found, type, name);
        return index ? { ...rest, indexes: [...rest.indexes, uniqueIndex(index)] } : rest;
      }
      if (ifExists) return found;
      throw missingObject(CONSTRAINT_WORDS[type], partName(table, name));
    }),
  written: ({ dropped: _dropped, ...rest }) => [rest],
  toCall: ({ table, name, type, ifExists, index }) =>
    call('dropConstraint', table.name, nameCode(name), type, {
      ifExists,
      index: index && { ...index },
      ...schemaOption(table),
    }),
  effects: ({ table, name, type, index }) => [
    droppedEffect(partRef(type, table, name)),
    ...(index ? [made(partRef('index', table, index.name))] : []),
  ],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link RenameConstraint}. */
export const renameConstraint = defineOperation<RenameConstraint>({
  describe: ({ table, type, from, to }) =>
    `rename ${CONSTRAINT_WORDS[type]} ${memberInWords(table, from)} to ${nameInWords(to)}`,
  reverse: (operation) => ({ ...operation, from: operation.to, to: operation.from }),
  apply: ({ table, type, from, to }, model) =>
    updateTable(model, table, (found) => {
      if (!findConstraint(found, type, from)) {
        throw missingObject(CONSTRAINT_WORDS[type], partName(table, from));
      }
      return renameConstraintInTable(found, type, { from, to });
    }),
  toCall: (operation) =>
    call('renameConstraint', operation.table.name, operation.from, operation.to, operation.type, {
      ...schemaOption(operation.table),
      ...entityOption(operation),
    }),
  effects: (operation) => [
    renamed(
      partRef(operation.type, operation.table, operation.from),
      { name: operation.to },
      operation,
    ),
  ],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link ValidateConstraint}. No server forgets that it has checked the rows. */
export const validateConstraint = defineOperation<ValidateConstraint>({
  describe: ({ table, name, type }) =>
    `validate ${CONSTRAINT_WORDS[type]} ${memberInWords(table, name)}`,
  reverse: () => undefined,
  apply: ({ table, name, type }, model) =>
    updateTable(model, table, (found) => {
      if (!findConstraint(found, type, name))
        throw missingObject(CONSTRAINT_WORDS[type], partName(table, name));
      return changeConstraintInTable(found, { type, name }, withoutNotValid);
    }),
  toCall: ({ table, name, type }) =>
    call('validateConstraint', table.name, nameCode(name), type, schemaOption(table)),
  effects: noEffects,
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link AlterConstraint}. */
export const alterConstraint = defineOperation<AlterConstraint>({
  describe: ({ table, name, to }) =>
    `alter foreign key ${memberInWords(table, name)}: ${attributesInWords(to)}`,
  reverse: ({ to, from, ...rest }) => from && { ...rest, to: from, from: to },
  apply: ({ table, name, to }, model) =>
    updateTable(model, table, (found) => {
      if (!findConstraint(found, 'foreignKey', name))
        throw missingObject('foreign key', partName(table, name));
      const foreignKeys = found.foreignKeys.map((key) =>
        key.name === name ? withAttributes(key, to) : key,
      );
      return { ...found, foreignKeys };
    }),
  toCall: ({ table, name, to, from }) =>
    call(
      'alterConstraint',
      table.name,
      nameCode(name),
      { ...to },
      { from: from && { ...from }, ...schemaOption(table) },
    ),
  effects: noEffects,
  transactionClass: ddl,
  isDestructive: harmless,
});

function attributesInWords({ deferrable, enforced }: ConstraintAttributes): string {
  return [
    ...(deferrable === undefined ? [] : [deferrable ?? 'not deferrable']),
    ...(enforced === undefined ? [] : [enforced ? 'enforced' : 'not enforced']),
  ].join(', ');
}

/** Rows that are there are checked when a key becomes enforced, so that none is unproven then. */
function withAttributes(key: ForeignKey, { deferrable, enforced }: ConstraintAttributes) {
  const { deferrable: before, notEnforced, notValid, ...rest } = key;
  const when = deferrable === undefined ? before : (deferrable ?? undefined);
  const isEnforced = enforced ?? !notEnforced;
  const isChanged = isEnforced === (notEnforced === true);
  return {
    ...rest,
    ...(when && { deferrable: when }),
    ...(!isEnforced && { notEnforced: true as const }),
    ...(!isChanged && notValid && { notValid }),
  };
}

/** The unique index that does what a key does. */
export function uniqueIndex({ columns, ...rest }: KeyIndex): Index {
  return { ...rest, elements: columns.map((column) => ({ column })), unique: true };
}

function keyIndexOf({ type, constraint }: Constraint, name: string): KeyIndex {
  if (type !== 'primaryKey' && type !== 'unique') throw missingObject('key', name);
  const { columns, include } = constraint;
  const nullsNotDistinct = type === 'unique' && constraint.nullsNotDistinct;
  return {
    name,
    columns,
    ...(include && { include }),
    ...(nullsNotDistinct && { nullsNotDistinct }),
  };
}

function withoutIndex(table: Table, name: string | undefined): Table {
  if (name === undefined) return table;
  const indexes = table.indexes.filter((index) => index.name !== name);
  if (indexes.length === table.indexes.length) throw missingObject('index', partName(table, name));
  return { ...table, indexes };
}

function withoutNotValid<T extends object>(constraint: T): T {
  const { notValid: _notValid, ...rest } = constraint as T & { readonly notValid?: true };
  return rest as unknown as T;
}

function subject({ constraint }: Constraint): string {
  if (constraint.name !== undefined) return nameInWords(constraint.name);
  return 'columns' in constraint ? `(${listInWords(constraint.columns)})` : 'without a name';
}
