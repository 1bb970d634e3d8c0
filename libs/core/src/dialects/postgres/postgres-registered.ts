import type { Operation } from '../../operations/operation.js';
import { findObject, findTable } from '../../schema/schema-edit.js';
import { findOwner } from '../../schema/owned-objects.js';
import { nameKey, sameName } from '../../schema/object-name.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { EnumType, SchemaModel, Sequence, View } from '../../schema/schema-model.js';
import type { Domain, Policy, Routine, Trigger } from '../../schema/server-objects.js';
import { routineKey, signatureOf } from '../../schema/signature.js';
import { enclose } from '../common/quoting.js';

/** An object that a statement made, as it was read back. */
export type Registered =
  | { readonly kind: 'view'; readonly object: View }
  | { readonly kind: 'routine'; readonly object: Routine }
  | { readonly kind: 'trigger'; readonly table: ObjectName; readonly object: Trigger }
  | { readonly kind: 'policy'; readonly table: ObjectName; readonly object: Policy }
  | { readonly kind: 'domain'; readonly object: Domain }
  | { readonly kind: 'enum'; readonly object: EnumType }
  | { readonly kind: 'sequence'; readonly object: Sequence };

/** A text that is equal exactly for the same object. */
export function registeredKey(one: Registered): string {
  if (one.kind === 'routine') return JSON.stringify([one.kind, routineKey(one.object)]);
  return 'table' in one
    ? JSON.stringify([one.kind, nameKey(one.table), one.object.name])
    : JSON.stringify([one.kind, nameKey(one.object)]);
}

/** The same object as a model has it, or undefined. */
export function findRegistered(model: SchemaModel, one: Registered): Registered | undefined {
  const found = objectIn(model, one);
  return found && ({ ...one, object: found } as Registered);
}

function objectIn(model: SchemaModel, one: Registered): Registered['object'] | undefined {
  switch (one.kind) {
    case 'routine': {
      const key = routineKey(one.object);
      return model.routines?.find((routine) => routineKey(routine) === key);
    }
    case 'domain':
      return model.domains?.find((domain) => sameName(domain, one.object));
    case 'trigger':
    case 'policy':
      return memberIn(model, one);
    default:
      return findObject(model, LISTS[one.kind], one.object);
  }
}

const LISTS = { view: 'views', enum: 'enums', sequence: 'sequences' } as const;

type Member = Extract<Registered, { readonly table: ObjectName }>;

function memberIn(model: SchemaModel, { kind, table, object }: Member) {
  const members =
    kind === 'trigger' ? findOwner(model, table)?.triggers : findTable(model, table)?.policies;
  return (members as readonly Member['object'][] | undefined)?.find(
    ({ name }) => name === object.name,
  );
}

/** The operation that makes an object as a revision would. */
export function creationOf(one: Registered): Operation {
  switch (one.kind) {
    case 'view': {
      const { triggers: _triggers, ...view } = one.object;
      return {
        kind: 'createView',
        view: { ...view, ...(view.materialized && { withNoData: true }) },
      };
    }
    case 'routine':
      return { kind: 'createRoutine', routine: one.object };
    case 'trigger':
      return { kind: 'createTrigger', table: one.table, trigger: one.object };
    case 'policy':
      return { kind: 'createPolicy', table: one.table, policy: one.object };
    case 'domain':
      return { kind: 'createDomain', domain: one.object };
    case 'enum':
      return { kind: 'createEnum', enum: one.object };
    case 'sequence':
      return { kind: 'createSequence', sequence: one.object };
  }
}

/** Statements that give an object another name, so that its own is free. Nothing that stands on it is touched. */
export function renamingOf(one: Registered, to: string): readonly string[] {
  const name = (text: string): string => enclose(text, '"');
  const rename = (noun: string, what: string): string =>
    `ALTER ${noun} ${what} RENAME TO ${name(to)}`;
  switch (one.kind) {
    case 'view': {
      const { indexes, materialized, schema } = one.object;
      return [
        rename(materialized ? 'MATERIALIZED VIEW' : 'VIEW', qualified(one.object)),
        ...indexes.map(
          (index, at) =>
            `ALTER INDEX ${qualified({ schema, name: index.name })} RENAME TO ${name(`${to}_${at}`)}`,
        ),
      ];
    }
    case 'routine': {
      const { type, arguments: argumentList } = one.object;
      return [rename(type, `${qualified(one.object)}(${signatureOf(argumentList)})`)];
    }
    case 'trigger':
    case 'policy':
      return [
        ...renamingOfConstraint(one, to),
        rename(one.kind, `${name(one.object.name)} ON ${qualified(one.table)}`),
      ];
    case 'domain': {
      // A check without a name gets one that no other constraint of the schema has.
      const checks = one.object.checks.flatMap((check, at) =>
        check.name === undefined ? [] : [[check.name, `${to}_${at}`] as const],
      );
      return [
        ...checks.map(
          ([from, free]) =>
            `ALTER DOMAIN ${qualified(one.object)} RENAME CONSTRAINT ${name(from)} TO ${name(free)}`,
        ),
        rename(one.kind, qualified(one.object)),
      ];
    }
    case 'sequence':
      return [rename(one.kind, qualified(one.object))];
    case 'enum':
      return [rename('TYPE', qualified(one.object))];
  }
}

/** The constraint of a constraint trigger keeps its name when the trigger gets another. */
function renamingOfConstraint(one: Member, to: string): readonly string[] {
  if (one.kind !== 'trigger' || !one.object.constraint) return [];
  const [from, free] = [one.object.name, to].map((text) => enclose(text, '"'));
  return [`ALTER TABLE ${qualified(one.table)} RENAME CONSTRAINT ${from} TO ${free}`];
}

/** Without the limit on length: what is too long is said by the server. */
export function qualified({ schema, name }: ObjectName): string {
  return schema === null ? enclose(name, '"') : `${enclose(schema, '"')}.${enclose(name, '"')}`;
}
