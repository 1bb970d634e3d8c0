import * as fc from 'fast-check';
import { nameKey } from '../schema/object-name.js';
import type { ObjectName } from '../schema/object-name.js';
import { displayRoutine } from '../schema/signature.js';
import type { SchemaModel, Table } from '../schema/schema-model.js';
import {
  arbBounds,
  arbDomain,
  arbExtension,
  arbPartition,
  arbPolicy,
  arbRoutine,
  arbTrigger,
} from '../schema/server-objects.fixture.js';
import {
  arbEntity,
  arbFreshName,
  arbName,
  arbObjectName,
  arbSql,
  arbText,
  arbValueSql,
} from '../schema/schema.fixture.js';
import { findMember } from '../schema/object-list.js';
import { findTable } from '../schema/schema-edit.js';
import type { CommentedObject } from './comment-operations.js';
import type { DomainChange } from './domain-operations.js';
import type { OperationKind, OperationOf } from './operation.js';

type ObjectKind = Extract<
  OperationKind,
  | `${string}Extension`
  | `${string}Domain`
  | `${string}Routine`
  | `${string}Trigger`
  | `${string}Policy`
  | `${string}Partition`
  | 'setTriggerState'
  | 'attachIndex'
  | 'setRowSecurity'
  | 'renameSchema'
  | 'refreshView'
>;

/** Renames of what belongs to a table, to a name that is free there. */
function renames<K extends 'renameTrigger' | 'renamePolicy'>(
  model: SchemaModel,
  list: 'triggers' | 'policies',
  kind: K,
): fc.Arbitrary<OperationOf<K>> | undefined {
  const owned = model.tables.flatMap((table) =>
    (table[list] ?? []).map(({ name }) => ({ table, from: name })),
  );
  return oneOf(owned)?.chain(({ table, from }) =>
    fc
      .tuple(arbFreshName((table[list] ?? []).map(({ name }) => name)), entities)
      .map(
        ([to, entity]) => ({ kind, table: nameOf(table), from, to, ...entity }) as OperationOf<K>,
      ),
  );
}

type Makers = {
  readonly [K in ObjectKind]: (model: SchemaModel) => fc.Arbitrary<OperationOf<K>> | undefined;
};

const entities = arbEntity.map((entity) => (entity === undefined ? {} : { entity }));
const flags = fc.constantFrom({}, {}, { ifExists: true as const });
const createFlags = fc.constantFrom({}, {}, { ifNotExists: true as const });
const nameOf = ({ schema, name }: ObjectName): ObjectName => ({ schema, name });

function oneOf<T>(list: readonly T[] = []): fc.Arbitrary<T> | undefined {
  return list.length === 0 ? undefined : fc.constantFrom(...list);
}

function partsOf<T>(
  { tables }: SchemaModel,
  parts: (table: Table) => readonly T[] | undefined,
): readonly (readonly [ObjectName, T])[] {
  return tables.flatMap((table) =>
    (parts(table) ?? []).map((part) => [nameOf(table), part] as const),
  );
}

/** Operations on extensions, domains, routines, triggers, policies and partitions that are possible on a model. */
export const OBJECT_MAKERS: Makers = {
  renameSchema: (model) =>
    oneOf(model.schemas)?.chain((from) =>
      fc
        .tuple(
          // Objects of the model lie in schemas that it does not list: no two schemas become one.
          arbFreshName(model.schemas).filter((name) => !isMentioned(name, model)),
          entities,
        )
        .map(([to, entity]) => ({ kind: 'renameSchema', from, to, ...entity })),
    ),
  refreshView: ({ views }) =>
    oneOf(views)?.chain((view) =>
      fc.tuple(fc.boolean(), fc.boolean()).map(([isConcurrent, empties]) => ({
        kind: 'refreshView',
        name: nameOf(view),
        ...(isConcurrent && { concurrently: true }),
        ...(empties && { withNoData: true }),
      })),
    ),
  createExtension: ({ extensions = [] }) =>
    fc
      .tuple(
        arbExtension.filter(({ name }) => !extensions.some((one) => one.name === name)),
        createFlags,
        fc.constantFrom({}, { cascade: true as const }),
      )
      .map(([extension, flag, cascade]) => ({
        kind: 'createExtension',
        extension,
        ...flag,
        ...cascade,
      })),
  dropExtension: ({ extensions }) =>
    oneOf(extensions)?.chain((dropped) =>
      flags.map((flag) => ({ kind: 'dropExtension', name: dropped.name, dropped, ...flag })),
    ),
  alterExtension: ({ extensions }) =>
    oneOf(extensions)?.chain(({ name, version = null, schema }) =>
      fc.tuple(fc.option(arbText), arbName).map(([newer, place]) => ({
        kind: 'alterExtension',
        name,
        from: { version, ...(schema !== undefined && { schema }) },
        to: { version: newer, ...(schema !== undefined && { schema: place }) },
      })),
    ),
  createDomain: (model) =>
    arbDomain
      .filter((domain) => !findMember(model, 'domains', domain))
      .map((domain) => ({ kind: 'createDomain', domain })),
  dropDomain: ({ domains }) =>
    oneOf(domains)?.chain((dropped) =>
      flags.map((flag) => ({ kind: 'dropDomain', name: nameOf(dropped), dropped, ...flag })),
    ),
  alterDomain: ({ domains }) =>
    oneOf(domains)?.chain((domain) => {
      const names = domain.checks.flatMap(({ name }) => name ?? []);
      const changes: readonly fc.Arbitrary<DomainChange>[] = [
        fc.tuple(fc.option(arbValueSql), fc.boolean()).map(([value, notNull]) => ({
          type: 'attributes',
          from: { default: domain.default ?? null, notNull: domain.notNull ?? false },
          to: { default: value, notNull },
        })),
        fc
          .tuple(arbFreshName(names), arbSql)
          .map(([name, expression]) => ({ type: 'addCheck', check: { name, expression } })),
        ...domain.checks.slice(-1).map((check) =>
          fc.constant<DomainChange>({
            type: 'dropCheck',
            name: check.name ?? '',
            dropped: check,
          }),
        ),
        ...names.map((from) =>
          arbFreshName(names).map((to): DomainChange => ({ type: 'renameCheck', from, to })),
        ),
      ];
      return fc
        .oneof(...changes)
        .map((change) => ({ kind: 'alterDomain', name: nameOf(domain), change }));
    }),
  renameDomain: (model) =>
    oneOf(model.domains)?.chain((domain) =>
      fc
        .tuple(
          arbObjectName.filter((name) => !findMember(model, 'domains', name)),
          entities,
        )
        .map(([to, entity]) => ({ kind: 'renameDomain', from: nameOf(domain), to, ...entity })),
    ),
  createRoutine: (model) =>
    fc.tuple(arbRoutine, arbSql).map(([routine, definition]) => {
      const before = findMember(model, 'routines', routine);
      if (!before) return { kind: 'createRoutine', routine };
      const { arguments: argumentList } = before;
      return {
        kind: 'createRoutine',
        routine: { ...before, definition },
        replaces: { arguments: argumentList, definition: before.definition },
      };
    }),
  dropRoutine: ({ routines }) =>
    oneOf(routines)?.chain((dropped) =>
      flags.map((flag) => ({
        kind: 'dropRoutine',
        type: dropped.type,
        name: nameOf(dropped),
        arguments: dropped.arguments,
        dropped,
        ...flag,
      })),
    ),
  renameRoutine: ({ routines = [] }) =>
    oneOf(routines)?.chain((routine) =>
      fc
        .tuple(
          arbObjectName.filter(
            (name) =>
              !routines.some(
                (other) =>
                  displayRoutine({ ...routine, ...name }) === displayRoutine(other) ||
                  other.name === name.name,
              ),
          ),
          entities,
        )
        .map(([to, entity]) => ({
          kind: 'renameRoutine',
          type: routine.type,
          from: nameOf(routine),
          arguments: routine.arguments,
          to,
          ...entity,
        })),
    ),
  createTrigger: ({ tables }) =>
    oneOf(tables)?.chain((table) => {
      const names = (table.triggers ?? []).map(({ name }) => name);
      return arbTrigger
        .filter(({ name }) => !names.includes(name))
        .map((trigger) => ({ kind: 'createTrigger', table: nameOf(table), trigger }));
    }),
  dropTrigger: (model) =>
    oneOf(partsOf(model, ({ triggers }) => triggers))?.chain(([table, dropped]) =>
      flags.map((flag) => ({ kind: 'dropTrigger', table, name: dropped.name, dropped, ...flag })),
    ),
  renameTrigger: (model) => renames(model, 'triggers', 'renameTrigger'),
  renamePolicy: (model) => renames(model, 'policies', 'renamePolicy'),
  attachIndex: () =>
    fc.tuple(arbObjectName, arbObjectName).map(([name, of]) => ({ kind: 'attachIndex', name, of })),
  setTriggerState: (model) =>
    oneOf(partsOf(model, ({ triggers }) => triggers))?.chain(([table, { name, state }]) => {
      const from = state ?? 'enabled';
      const others = (['enabled', 'disabled', 'replica', 'always'] as const).filter(
        (other) => other !== from,
      );
      return fc
        .constantFrom(...others)
        .map((to) => ({ kind: 'setTriggerState', table, name, from, to }));
    }),
  setRowSecurity: ({ tables }) =>
    oneOf(tables)?.map((table) => {
      const { enabled = false, forced = false } = table.rowSecurity ?? {};
      return {
        kind: 'setRowSecurity',
        table: nameOf(table),
        to: { enabled: !enabled, forced: !forced },
      };
    }),
  createPolicy: ({ tables }) =>
    oneOf(tables)?.chain((table) => {
      const names = (table.policies ?? []).map(({ name }) => name);
      return arbPolicy
        .filter(({ name }) => !names.includes(name))
        .map((policy) => ({ kind: 'createPolicy', table: nameOf(table), policy }));
    }),
  dropPolicy: (model) =>
    oneOf(partsOf(model, ({ policies }) => policies))?.chain(([table, dropped]) =>
      flags.map((flag) => ({ kind: 'dropPolicy', table, name: dropped.name, dropped, ...flag })),
    ),
  alterPolicy: (model) =>
    oneOf(partsOf(model, ({ policies }) => policies?.filter(({ using }) => using)))?.chain(
      ([table, { name, roles = [], using = '' }]) =>
        arbSql.map((changed) => ({
          kind: 'alterPolicy',
          table,
          name,
          from: { using, roles },
          to: { using: changed, roles: roles.length === 0 ? ['clerk'] : [] },
        })),
    ),
  createPartition: (model) =>
    fc
      .tuple(
        // A partition is a table as well: no other table has its name.
        arbPartition.filter(
          (partition) =>
            !findMember(model, 'partitions', partition) && !findTable(model, nameOf(partition)),
        ),
        createFlags,
      )
      .map(([partition, flag]) => ({ kind: 'createPartition', partition, ...flag })),
  dropPartition: ({ partitions }) =>
    oneOf(partitions)?.chain((dropped) =>
      flags.map((flag) => ({ kind: 'dropPartition', name: nameOf(dropped), dropped, ...flag })),
    ),
  attachPartition: (model) =>
    oneOf(model.tables.filter((table) => !findMember(model, 'partitions', table)))?.chain((table) =>
      fc.tuple(arbObjectName, arbBounds, fc.boolean()).map(([of, bounds, isKnown]) => ({
        kind: 'attachPartition',
        name: nameOf(table),
        of,
        bounds,
        ...(isKnown && { table }),
      })),
    ),
  detachPartition: ({ partitions, tables }) =>
    oneOf(
      partitions?.filter(
        (partition) =>
          !partition.partitionBy &&
          !partition.entity &&
          !tables.some((table) => nameKey(table) === nameKey(partition)),
      ),
    )?.map(({ of, bounds, ...partition }) => ({
      kind: 'detachPartition',
      name: nameOf(partition),
      of,
      bounds,
    })),
};

const isMentioned = (name: string, model: SchemaModel): boolean =>
  JSON.stringify(model).includes(JSON.stringify(name));

/** The objects of a model that have comments, with what they are; those of this file's kinds. */
export function commentedObjectsOf(
  model: SchemaModel,
): readonly (readonly [CommentedObject, string | undefined])[] {
  const { extensions = [], domains = [], routines = [], views } = model;
  return [
    ...extensions.map(({ name, comment }) => [{ type: 'extension', name }, comment] as const),
    ...domains.map((domain) => [{ type: 'domain', name: nameOf(domain) }, domain.comment] as const),
    ...domains.flatMap((domain) =>
      domain.checks.flatMap(({ name, comment }) =>
        name === undefined
          ? []
          : [[{ type: 'domainCheck', domain: nameOf(domain), name }, comment] as const],
      ),
    ),
    ...routines.map((routine) => {
      const { type, arguments: argumentList, comment } = routine;
      return [{ type, name: nameOf(routine), arguments: argumentList }, comment] as const;
    }),
    ...views.map((view) => {
      const type = view.materialized ? 'materializedView' : 'view';
      return [{ type, name: nameOf(view) }, view.comment] as const;
    }),
    ...views.flatMap((view) =>
      [...(view.columnComments ?? []), { column: 'other', comment: undefined }].map(
        ({ column, comment }) =>
          [{ type: 'viewColumn', table: nameOf(view), name: column }, comment] as const,
      ),
    ),
    ...partsOf(model, ({ triggers }) => triggers).map(
      ([table, { name, comment }]) => [{ type: 'trigger', table, name }, comment] as const,
    ),
    ...partsOf(model, ({ policies }) => policies).map(
      ([table, { name, comment }]) => [{ type: 'policy', table, name }, comment] as const,
    ),
  ];
}
