import type { ObjectName } from '../schema/object-name.js';
import { findOwner, updateOwned } from '../schema/owned-objects.js';
import { updateTable } from '../schema/schema-edit.js';
import type { FromEntity, SqlText } from '../schema/schema-model.js';
import type { Policy, RowSecurity } from '../schema/server-objects.js';
import { call, entityOption, schemaOption, sqlOption } from './call-arguments.js';
import type { CallOptions } from './call-arguments.js';
import { dropped as droppedEffect, made, partRef, renamed } from './effects.js';
import { ddl, defineOperation, harmless, noEffects } from './operation-definition.js';
import { memberInWords, nameInWords } from './words.js';

/** ALTER TABLE … ENABLE, DISABLE, FORCE or NO FORCE ROW LEVEL SECURITY. The way back is the opposite of each. */
export interface SetRowSecurity {
  readonly kind: 'setRowSecurity';
  readonly table: ObjectName;
  readonly to: { readonly enabled?: boolean; readonly forced?: boolean };
}

/** CREATE POLICY. */
export interface CreatePolicy {
  readonly kind: 'createPolicy';
  readonly table: ObjectName;
  readonly policy: Policy;
}

/** DROP POLICY. `dropped` makes it reversible. */
export interface DropPolicy {
  readonly kind: 'dropPolicy';
  readonly table: ObjectName;
  readonly name: string;
  readonly dropped?: Policy;
  readonly ifExists?: true;
}

/** What an alteration of a policy names; no roles are everybody. */
export interface PolicyAttributes {
  readonly roles?: readonly string[];
  readonly using?: SqlText;
  readonly check?: SqlText;
}

/** ALTER POLICY. `from` with the same keys as `to` makes it reversible. */
export interface AlterPolicy {
  readonly kind: 'alterPolicy';
  readonly table: ObjectName;
  readonly name: string;
  readonly from?: PolicyAttributes;
  readonly to: PolicyAttributes;
}

/** ALTER POLICY … RENAME TO. */
export interface RenamePolicy extends FromEntity {
  readonly kind: 'renamePolicy';
  readonly table: ObjectName;
  readonly from: string;
  readonly to: string;
}

/** Every operation on row-level security. */
export type PolicyOperation =
  SetRowSecurity | CreatePolicy | DropPolicy | RenamePolicy | AlterPolicy;

/** Definition of {@link SetRowSecurity}. */
export const setRowSecurity = defineOperation<SetRowSecurity>({
  describe({ table, to }) {
    const verbs = [
      to.enabled !== undefined && (to.enabled ? 'enable' : 'disable'),
      to.forced !== undefined && (to.forced ? 'force' : 'no longer force'),
    ].filter(Boolean);
    return `${verbs.join(' and ')} row security of ${nameInWords(table)}`;
  },
  reverse: ({ to, ...rest }) => ({
    ...rest,
    to: {
      ...(to.enabled !== undefined && { enabled: !to.enabled }),
      ...(to.forced !== undefined && { forced: !to.forced }),
    },
  }),
  apply: ({ table, to }, model) =>
    updateTable(model, table, ({ rowSecurity = {}, ...rest }) => {
      const changed: RowSecurity = {
        ...((to.enabled ?? rowSecurity.enabled) && { enabled: true }),
        ...((to.forced ?? rowSecurity.forced) && { forced: true }),
      };
      return Object.keys(changed).length === 0 ? rest : { ...rest, rowSecurity: changed };
    }),
  toCall: ({ table, to }) => call('setRowSecurity', table.name, { ...to }, schemaOption(table)),
  effects: noEffects,
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link CreatePolicy}. */
export const createPolicy = defineOperation<CreatePolicy>({
  describe: ({ table, policy }) => `create policy ${memberInWords(table, policy.name)}`,
  reverse: ({ table, policy }) => ({
    kind: 'dropPolicy',
    table,
    name: policy.name,
    dropped: policy,
  }),
  apply: ({ table, policy }, model) =>
    updateOwned(model, { owner: table, list: 'policies' }, (policies) => [
      ...policies.lacking(policy.name),
      policy,
    ]),
  toCall: ({ table, policy }) =>
    call('createPolicy', policy.name, table.name, {
      command: policy.command,
      restrictive: policy.restrictive,
      ...attributes(policy),
      comment: policy.comment,
      ...schemaOption(table),
      ...entityOption(policy),
    }),
  effects: ({ table, policy }) => [made(partRef('policy', table, policy.name), policy)],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link DropPolicy}. */
export const dropPolicy = defineOperation<DropPolicy>({
  describe: ({ table, name }) => `drop policy ${memberInWords(table, name)}`,
  reverse: ({ table, dropped }) => dropped && { kind: 'createPolicy', table, policy: dropped },
  apply: ({ table, name, ifExists }, model) =>
    ifExists && !findOwner(model, table)
      ? model
      : updateOwned(model, { owner: table, list: 'policies' }, (policies) =>
          ifExists ? policies.without(name) : policies.having(name).without(name),
        ),
  written: ({ dropped: _dropped, ...rest }) => [rest],
  toCall: ({ table, name, ifExists }) =>
    call('dropPolicy', name, table.name, { ifExists, ...schemaOption(table) }),
  effects: ({ table, name }) => [droppedEffect(partRef('policy', table, name))],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link RenamePolicy}. */
export const renamePolicy = defineOperation<RenamePolicy>({
  describe: ({ table, from, to }) =>
    `rename policy ${memberInWords(table, from)} to ${nameInWords(to)}`,
  reverse: (operation) => ({ ...operation, from: operation.to, to: operation.from }),
  apply: ({ table, from, to }, model) =>
    updateOwned(model, { owner: table, list: 'policies' }, (policies) => policies.rename(from, to)),
  toCall: (operation) =>
    call('renamePolicy', operation.from, operation.to, operation.table.name, {
      ...schemaOption(operation.table),
      ...entityOption(operation),
    }),
  effects: (operation) => [
    renamed(partRef('policy', operation.table, operation.from), { name: operation.to }, operation),
  ],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link AlterPolicy}. */
export const alterPolicy = defineOperation<AlterPolicy>({
  describe: ({ table, name, to }) =>
    `alter policy ${memberInWords(table, name)}: ${Object.keys(to).join(', ')}`,
  reverse({ from, to, ...rest }) {
    const isWhole = (['roles', 'using', 'check'] as const).every(
      (key) => (to[key] === undefined) === (from?.[key] === undefined),
    );
    return from && isWhole ? { ...rest, from: to, to: from } : undefined;
  },
  apply: ({ table, name, to }, model) =>
    updateOwned(model, { owner: table, list: 'policies' }, (policies) =>
      policies.change(name, (policy) => {
        const { roles, ...changed } = { ...policy, ...to };
        return { ...changed, ...(roles && roles.length > 0 && { roles }) };
      }),
    ),
  toCall: ({ table, name, from, to }) =>
    call('alterPolicy', name, table.name, attributes(to), {
      from: from && attributes(from),
      ...schemaOption(table),
    }),
  effects: noEffects,
  transactionClass: ddl,
  isDestructive: harmless,
});

function attributes({ roles, using, check }: PolicyAttributes): CallOptions {
  return {
    ...(roles !== undefined && { roles }),
    ...(using !== undefined && { using: sqlOption(using) }),
    ...(check !== undefined && { check: sqlOption(check) }),
  };
}
