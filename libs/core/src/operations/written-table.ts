import type { Column, FromEntity, Index, Table } from '../schema/schema-model.js';
import type { ObjectName } from '../schema/object-name.js';
import type { Trigger } from '../schema/server-objects.js';
import { entityOf } from './effects.js';
import type { CreateIndex } from './index-operations.js';
import type { Operation } from './operation.js';
import type { CreateTable } from './table-operations.js';

/** A table as a revision file makes it: its parts inherit the entity, its indexes, policies and triggers are operations of their own. */
export function writtenTable(
  operation: CreateTable,
): readonly [CreateTable, ...(readonly Operation[])] {
  const { rowSecurity: _security, policies: _policies, triggers, ...table } = operation.table;
  const inherit = <T extends FromEntity>(part: T): T => withoutInherited(part, table);
  const written: Table = {
    ...table,
    columns: table.columns.map((column) => writtenColumn(inherit(column))),
    ...(table.primaryKey && { primaryKey: inherit(table.primaryKey) }),
    foreignKeys: table.foreignKeys.map(inherit),
    uniques: table.uniques.map(inherit),
    checks: table.checks.map(inherit),
    exclusions: table.exclusions.map(inherit),
    indexes: [],
  };
  return [
    { ...operation, table: written },
    ...writtenIndexes(table, operation.ifNotExists),
    ...writtenPolicies(operation.table),
    ...writtenTriggers(table, triggers),
  ];
}

/** The row-level security of a table as operations. A policy that no model made does not become its owner's. */
export function writtenPolicies(owner: Table): readonly Operation[] {
  const { rowSecurity = {}, policies = [] } = owner;
  const table = { schema: owner.schema, name: owner.name };
  return [
    ...(Object.keys(rowSecurity).length > 0
      ? [{ kind: 'setRowSecurity', table, to: rowSecurity } as const]
      : []),
    ...policies.map((policy): Operation => {
      return { kind: 'createPolicy', table, policy };
    }),
  ];
}

/**
 * The triggers of a table or view as operations, with the states that they do not have from the start. One that no model made does
 * not become its owner's.
 */
export function writtenTriggers(
  owner: ObjectName,
  triggers: readonly Trigger[] = [],
): readonly Operation[] {
  const table = { schema: owner.schema, name: owner.name };
  return triggers.flatMap(({ state, ...trigger }): readonly Operation[] => [
    { kind: 'createTrigger', table, trigger },
    ...(state === undefined
      ? []
      : [
          {
            kind: 'setTriggerState',
            table,
            name: trigger.name,
            from: 'enabled',
            to: state,
          } as const,
        ]),
  ]);
}

/** The indexes of a table or view as operations, marked with its entity. */
export function writtenIndexes(
  owner: Pick<Table, 'schema' | 'name' | 'entity' | 'indexes'>,
  ifNotExists?: true,
): readonly CreateIndex[] {
  return owner.indexes.map((index) => ({
    kind: 'createIndex',
    table: { schema: owner.schema, name: owner.name },
    index: { ...writtenIndex(index), ...entityOf(index, owner) },
    ...(ifNotExists && { ifNotExists }),
  }));
}

/** A column as a call makes it: a property that is named as the column is not said. */
export function writtenColumn(column: Column): Column {
  const { property, ...rest } = column;
  return property === undefined || property === column.name ? rest : column;
}

/** An index as a call makes it: that an index is broken is a fact of the server, not an intention. */
export function writtenIndex({ invalid: _invalid, ...index }: Index): Index {
  return index;
}

function withoutInherited<T extends FromEntity>(part: T, table: Table): T {
  if (part.entity === undefined || part.entity !== table.entity) return part;
  const { entity: _entity, ...rest } = part;
  return rest as unknown as T;
}
