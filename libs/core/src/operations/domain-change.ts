import type { ObjectName } from '../schema/object-name.js';
import { displayName } from '../schema/object-name.js';
import { updateMember } from '../schema/object-list.js';
import { missingObject, presentObject } from '../schema/schema-edit.js';
import type { CheckConstraint, SchemaModel } from '../schema/schema-model.js';
import type { Domain } from '../schema/server-objects.js';
import { partName } from '../schema/table-edit.js';
import type { AlterDomain, DomainAttributes, DomainChange } from './domain-operations.js';

/** The change that undoes one, or undefined where it carries too little. A check that was proven stays so. */
export function reverseDomainChange(change: DomainChange): DomainChange | undefined {
  switch (change.type) {
    case 'attributes':
      return reverseAttributes(change.to, change.from);
    case 'addCheck': {
      const { name } = change.check;
      return name === undefined ? undefined : { type: 'dropCheck', name, dropped: change.check };
    }
    case 'dropCheck':
      return change.dropped && { type: 'addCheck', check: change.dropped };
    case 'validateCheck':
      return undefined;
    case 'renameCheck':
      return { type: 'renameCheck', from: change.to, to: change.from };
  }
}

function reverseAttributes(
  to: DomainAttributes,
  from: DomainAttributes = {},
): DomainChange | undefined {
  const isWhole = (['default', 'notNull'] as const).every(
    (key) => (to[key] === undefined) === (from[key] === undefined),
  );
  return isWhole ? { type: 'attributes', from: to, to: from } : undefined;
}

/**
 * The model after a change of a domain.
 * @throws MigrationError E3014 when the model lacks the domain or its check, or has the check already
 */
export function changeDomain({ name, change }: AlterDomain, model: SchemaModel): SchemaModel {
  return updateMember(model, 'domains', {
    key: name,
    change: (domain) =>
      change.type === 'attributes'
        ? withAttributes(domain, change.to)
        : { ...domain, checks: changedChecks(domain, change) },
  });
}

/**
 * The model after a change of one check of a domain.
 * @throws MigrationError E3014 when the model lacks the domain or the check
 */
export function changeDomainCheck(
  model: SchemaModel,
  { domain: key, name }: { readonly domain: ObjectName; readonly name: string },
  change: (check: CheckConstraint) => CheckConstraint,
): SchemaModel {
  return updateMember(model, 'domains', {
    key,
    change: (domain) => {
      if (!domain.checks.some((check) => check.name === name))
        throw missingObject('check', partName(key, name));
      const checks = domain.checks.map((check) => (check.name === name ? change(check) : check));
      return { ...domain, checks };
    },
  });
}

function withAttributes(domain: Domain, to: DomainAttributes): Domain {
  const { default: value, notNull, ...rest } = domain;
  const changed = to.default === undefined ? value : (to.default ?? undefined);
  return {
    ...rest,
    ...(changed !== undefined && { default: changed }),
    ...((to.notNull ?? notNull) && { notNull: true as const }),
  };
}

function changedChecks(
  domain: Domain,
  change: Exclude<DomainChange, { readonly type: 'attributes' }>,
): readonly CheckConstraint[] {
  const { checks } = domain;
  switch (change.type) {
    case 'addCheck':
      if (has(domain, change.check.name)) throw presentCheck(domain, change.check.name);
      return [...checks, change.check];
    case 'dropCheck':
      if (!change.ifExists) demandCheck(domain, change.name);
      return checks.filter(({ name }) => name !== change.name);
    case 'validateCheck':
      demandCheck(domain, change.name);
      return checks.map((check) => {
        const { notValid: _notValid, ...proven } = check;
        return check.name === change.name ? proven : check;
      });
    case 'renameCheck':
      demandCheck(domain, change.from);
      if (has(domain, change.to)) throw presentCheck(domain, change.to);
      return checks.map((check) =>
        check.name === change.from ? { ...check, name: change.to } : check,
      );
  }
}

const has = ({ checks }: Domain, name: string | undefined): boolean =>
  name !== undefined && checks.some((check) => check.name === name);

function demandCheck(domain: Domain, name: string): void {
  if (!has(domain, name)) throw missingObject('check', `${displayName(domain)}.${name}`);
}

const presentCheck = (domain: Domain, name = ''): Error =>
  presentObject('check', `${displayName(domain)}.${name}`);
