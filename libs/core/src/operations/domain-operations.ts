import type { ObjectName } from '../schema/object-name.js';
import { addMember, findMember, removeMember } from '../schema/object-list.js';
import { renameDomainInSchema } from '../schema/rename-in-schema.js';
import type { CheckConstraint, FromEntity, SqlText } from '../schema/schema-model.js';
import type { Domain } from '../schema/server-objects.js';
import { call, entityOption, schemaOption } from './call-arguments.js';
import { changeDomain, reverseDomainChange } from './domain-change.js';
import { domainChangeCall } from './domain-change-call.js';
import { dropped as droppedEffect, made, refOf, renamed } from './effects.js';
import { textCode, valueCode } from './operation-call.js';
import { ddl, defineOperation, harmless, noEffects } from './operation-definition.js';
import { nameInWords } from './words.js';

/** CREATE DOMAIN. */
export interface CreateDomain {
  readonly kind: 'createDomain';
  readonly domain: Domain;
}

/** DROP DOMAIN. `dropped` makes it reversible. */
export interface DropDomain {
  readonly kind: 'dropDomain';
  readonly name: ObjectName;
  readonly dropped?: Domain;
  readonly ifExists?: true;
}

/** The attributes of a domain that can change in place. `default: null`: none. */
export interface DomainAttributes {
  readonly default?: SqlText | null;
  readonly notNull?: boolean;
}

/** One change of a domain. */
export type DomainChange =
  | {
      readonly type: 'attributes';
      /** The same keys as `to` make it reversible. */
      readonly from?: DomainAttributes;
      readonly to: DomainAttributes;
    }
  | { readonly type: 'addCheck'; readonly check: CheckConstraint }
  | {
      readonly type: 'dropCheck';
      readonly name: string;
      readonly dropped?: CheckConstraint;
      readonly ifExists?: true;
    }
  | { readonly type: 'validateCheck'; readonly name: string }
  | { readonly type: 'renameCheck'; readonly from: string; readonly to: string };

/** ALTER DOMAIN: default, NOT NULL, and its checks. */
export interface AlterDomain {
  readonly kind: 'alterDomain';
  readonly name: ObjectName;
  readonly change: DomainChange;
}

/** ALTER DOMAIN … RENAME TO, and SET SCHEMA where the schemas differ. */
export interface RenameDomain extends FromEntity {
  readonly kind: 'renameDomain';
  readonly from: ObjectName;
  readonly to: ObjectName;
}

/** Every operation on domains. */
export type DomainOperation = CreateDomain | DropDomain | AlterDomain | RenameDomain;

/** Definition of {@link CreateDomain}. */
export const createDomain = defineOperation<CreateDomain>({
  describe: ({ domain }) => `create domain ${nameInWords(domain)}`,
  reverse: ({ domain }) => ({
    kind: 'dropDomain',
    name: { schema: domain.schema, name: domain.name },
    dropped: domain,
  }),
  apply: ({ domain }, model) => addMember(model, 'domains', domain),
  toCall: ({ domain }) =>
    call('createDomain', domain.name, domain.type, {
      collation: domain.collation,
      default: domain.default === undefined ? undefined : valueCode(domain.default),
      notNull: domain.notNull,
      checks: domain.checks.length === 0 ? undefined : domain.checks.map(checkArgument),
      comment: domain.comment,
      ...schemaOption(domain),
      ...entityOption(domain),
    }),
  effects: ({ domain }) => [made(refOf('domain', domain), domain)],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link DropDomain}. */
export const dropDomain = defineOperation<DropDomain>({
  describe: ({ name }) => `drop domain ${nameInWords(name)}`,
  reverse: ({ dropped }) => dropped && { kind: 'createDomain', domain: dropped },
  apply: ({ name, ifExists }, model) =>
    ifExists && !findMember(model, 'domains', name) ? model : removeMember(model, 'domains', name),
  written: ({ dropped: _dropped, ...rest }) => [rest],
  toCall: ({ name, ifExists }) =>
    call('dropDomain', name.name, { ifExists, ...schemaOption(name) }),
  effects: ({ name }) => [droppedEffect(refOf('domain', name))],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link AlterDomain}. */
export const alterDomain = defineOperation<AlterDomain>({
  describe({ name, change }) {
    const domain = nameInWords(name);
    switch (change.type) {
      case 'attributes':
        return `alter domain ${domain}: ${Object.keys(change.to).join(', ')}`;
      case 'addCheck':
        return `add check ${change.check.name === undefined ? '' : `${nameInWords(change.check.name)} `}to domain ${domain}`;
      case 'dropCheck':
        return `drop check ${nameInWords(change.name)} of domain ${domain}`;
      case 'validateCheck':
        return `validate check ${nameInWords(change.name)} of domain ${domain}`;
      case 'renameCheck':
        return `rename check ${nameInWords(change.from)} of domain ${domain} to ${nameInWords(change.to)}`;
    }
  },
  reverse({ change, ...rest }) {
    const reversed = reverseDomainChange(change);
    return reversed && { ...rest, change: reversed };
  },
  apply: changeDomain,
  written: ({ change, ...rest }) => {
    if (change.type !== 'dropCheck') return [{ ...rest, change }];
    const { dropped: _dropped, ...said } = change;
    return [{ ...rest, change: said }];
  },
  toCall: domainChangeCall,
  effects: noEffects,
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link RenameDomain}. */
export const renameDomain = defineOperation<RenameDomain>({
  describe: ({ from, to }) => `rename domain ${nameInWords(from)} to ${nameInWords(to)}`,
  reverse: (operation) => ({ ...operation, from: operation.to, to: operation.from }),
  apply: (operation, model) => renameDomainInSchema(model, operation),
  toCall: (operation) =>
    call('renameDomain', operation.from.name, operation.to.name, {
      ...schemaOption(operation.from),
      toSchema: operation.to.schema === operation.from.schema ? undefined : operation.to.schema,
      ...entityOption(operation),
    }),
  effects: (operation) => [renamed(refOf('domain', operation.from), operation.to, operation)],
  transactionClass: ddl,
  isDestructive: harmless,
});

function checkArgument({ name, expression, comment }: CheckConstraint) {
  return { name, expression: textCode(expression), ...(comment !== undefined && { comment }) };
}
