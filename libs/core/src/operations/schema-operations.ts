import { addSorted, missingObject, presentObject } from '../schema/schema-edit.js';
import { compareText } from '../schema/object-name.js';
import { renameSchemaInModel } from '../schema/rename-schema.js';
import type { FromEntity } from '../schema/schema-model.js';
import { call, entityOption } from './call-arguments.js';
import { dropped, made, refOf, renamed } from './effects.js';
import type { ObjectRef } from './object-effect.js';
import { ddl, defineOperation, harmless } from './operation-definition.js';
import { nameInWords } from './words.js';

/** CREATE SCHEMA. */
export interface CreateSchema extends FromEntity {
  readonly kind: 'createSchema';
  readonly name: string;
  readonly ifNotExists?: true;
  /** The role that owns it; absent: the one that runs the migration. */
  readonly authorization?: string;
}

/** DROP SCHEMA, which must be empty. */
export interface DropSchema extends FromEntity {
  readonly kind: 'dropSchema';
  readonly name: string;
  readonly ifExists?: true;
}

/** ALTER SCHEMA … RENAME TO. */
export interface RenameSchema extends FromEntity {
  readonly kind: 'renameSchema';
  readonly from: string;
  readonly to: string;
}

/** Every operation on schemas. */
export type SchemaOperation = CreateSchema | DropSchema | RenameSchema;

/** Definition of {@link CreateSchema}. */
export const createSchema = defineOperation<CreateSchema>({
  describe: ({ name }) => `create schema ${nameInWords(name)}`,
  reverse: ({ kind: _kind, ifNotExists, authorization: _authorization, ...rest }) => ({
    kind: 'dropSchema',
    ...rest,
    ...(ifNotExists && { ifExists: true }),
  }),
  apply({ name, ifNotExists }, model) {
    if (!model.schemas.includes(name)) {
      return { ...model, schemas: addSorted(model.schemas, name, compareText) };
    }
    if (ifNotExists) return model;
    throw presentObject('schema', name);
  },
  toCall: (operation) =>
    call('createSchema', operation.name, {
      authorization: operation.authorization,
      ifNotExists: operation.ifNotExists,
      ...entityOption(operation),
    }),
  effects: (operation) => [made(schemaRef(operation.name), operation)],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link DropSchema}. */
export const dropSchema = defineOperation<DropSchema>({
  describe: ({ name }) => `drop schema ${nameInWords(name)}`,
  reverse: ({ kind: _kind, ifExists, ...rest }) => ({
    kind: 'createSchema',
    ...rest,
    ...(ifExists && { ifNotExists: true }),
  }),
  apply({ name, ifExists }, model) {
    if (model.schemas.includes(name)) {
      return { ...model, schemas: model.schemas.filter((schema) => schema !== name) };
    }
    if (ifExists) return model;
    throw missingObject('schema', name);
  },
  toCall: (operation) =>
    call('dropSchema', operation.name, {
      ifExists: operation.ifExists,
      ...entityOption(operation),
    }),
  effects: ({ name }) => [dropped(schemaRef(name))],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link RenameSchema}. */
export const renameSchema = defineOperation<RenameSchema>({
  describe: ({ from, to }) => `rename schema ${nameInWords(from)} to ${nameInWords(to)}`,
  reverse: (operation) => ({ ...operation, from: operation.to, to: operation.from }),
  apply: (operation, model) => renameSchemaInModel(model, operation),
  toCall: (operation) =>
    call('renameSchema', operation.from, operation.to, entityOption(operation)),
  effects: (operation) => [renamed(schemaRef(operation.from), { name: operation.to }, operation)],
  transactionClass: ddl,
  isDestructive: harmless,
});

const schemaRef = (name: string): ObjectRef => refOf('schema', { schema: null, name });
