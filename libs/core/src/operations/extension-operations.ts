import { addMember, findMember, removeMember, updateMember } from '../schema/object-list.js';
import type { Extension } from '../schema/server-objects.js';
import { call, entityOption } from './call-arguments.js';
import { dropped as droppedEffect, made, refOf } from './effects.js';
import type { ObjectRef } from './object-effect.js';
import { ddl, defineOperation, destructive, harmless, noEffects } from './operation-definition.js';
import { nameInWords } from './words.js';

/** CREATE EXTENSION. `cascade` makes what it needs too. */
export interface CreateExtension {
  readonly kind: 'createExtension';
  readonly extension: Extension;
  readonly ifNotExists?: true;
  readonly cascade?: true;
}

/** DROP EXTENSION. `dropped` makes it reversible, but what its own tables hold is lost; with `cascade` columns of its types too. */
export interface DropExtension {
  readonly kind: 'dropExtension';
  readonly name: string;
  readonly dropped?: Extension;
  readonly ifExists?: true;
  readonly cascade?: true;
}

/** What an alteration of an extension names. `version: null` is the newest that the server has. */
export interface ExtensionAttributes {
  readonly version?: string | null;
  readonly schema?: string;
}

/** ALTER EXTENSION … UPDATE and SET SCHEMA. `from` with the same keys as `to` makes it reversible. */
export interface AlterExtension {
  readonly kind: 'alterExtension';
  readonly name: string;
  readonly from?: ExtensionAttributes;
  readonly to: ExtensionAttributes;
}

/** Every operation on extensions. */
export type ExtensionOperation = CreateExtension | DropExtension | AlterExtension;

/** Definition of {@link CreateExtension}. */
export const createExtension = defineOperation<CreateExtension>({
  describe: ({ extension }) => `create extension ${nameInWords(extension.name)}`,
  reverse: ({ extension, ifNotExists }) => ({
    kind: 'dropExtension',
    name: extension.name,
    dropped: extension,
    ...(ifNotExists && { ifExists: true }),
  }),
  apply: ({ extension, ifNotExists }, model) =>
    ifNotExists && findMember(model, 'extensions', extension)
      ? model
      : addMember(model, 'extensions', extension),
  toCall: ({ extension, ifNotExists, cascade }) =>
    call('createExtension', extension.name, {
      schema: extension.schema,
      version: extension.version,
      comment: extension.comment,
      ifNotExists,
      cascade,
      ...entityOption(extension),
    }),
  effects: ({ extension }) => [made(extensionRef(extension.name), extension)],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link DropExtension}. */
export const dropExtension = defineOperation<DropExtension>({
  describe: ({ name }) => `drop extension ${nameInWords(name)}`,
  reverse: ({ dropped, ifExists }) =>
    dropped && {
      kind: 'createExtension',
      extension: dropped,
      ...(ifExists && { ifNotExists: true }),
    },
  apply: ({ name, ifExists }, model) =>
    ifExists && !findMember(model, 'extensions', { name })
      ? model
      : removeMember(model, 'extensions', { name }),
  written: ({ dropped: _dropped, ...rest }) => [rest],
  toCall: ({ name, ifExists, cascade }) => call('dropExtension', name, { ifExists, cascade }),
  effects: ({ name }) => [droppedEffect(extensionRef(name))],
  transactionClass: ddl,
  isDestructive: destructive,
});

/** Definition of {@link AlterExtension}. Few extensions can go back to an older version: then the server says so. */
export const alterExtension = defineOperation<AlterExtension>({
  describe: ({ name, to }) =>
    `${to.version === undefined ? 'move' : 'update'} extension ${nameInWords(name)}`,
  reverse({ from, to, ...rest }) {
    const isWhole = (['version', 'schema'] as const).every(
      (key) => (to[key] === undefined) === (from?.[key] === undefined),
    );
    return from && isWhole ? { ...rest, from: to, to: from } : undefined;
  },
  apply: ({ name, to }, model) =>
    updateMember(model, 'extensions', {
      key: { name },
      change: ({ version, schema, ...rest }) => ({
        ...rest,
        ...said('version', to.version === undefined ? version : to.version),
        ...said('schema', to.schema ?? schema),
      }),
    }),
  toCall: ({ name, from, to }) =>
    call('alterExtension', name, { ...to }, { from: from && { ...from } }),
  effects: noEffects,
  transactionClass: ddl,
  isDestructive: harmless,
});

function said<K extends string>(key: K, value: string | null | undefined): { [P in K]?: string } {
  return (typeof value === 'string' ? { [key]: value } : {}) as { [P in K]?: string };
}

const extensionRef = (name: string): ObjectRef => refOf('extension', { schema: null, name });
