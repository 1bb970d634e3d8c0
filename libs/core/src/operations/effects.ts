import type { ObjectName } from '../schema/object-name.js';
import type { Column, FromEntity, Table } from '../schema/schema-model.js';
import type { ObjectEffect, ObjectKind, ObjectRef } from './object-effect.js';

/** What is remembered with an object that came from the entity model. */
export interface EffectMarks extends FromEntity {
  readonly property?: string;
}

/** A reference to an object that stands by itself. */
export function refOf(kind: ObjectKind, { schema, name }: ObjectName): ObjectRef {
  return { kind, schema, name };
}

/** A reference to a part of a table or view. */
export function partRef(kind: ObjectKind, owner: ObjectName, name: string): ObjectRef {
  return { kind, schema: owner.schema, table: owner.name, name };
}

/** The object was made; managed when marked with an entity, known otherwise. */
export function made(ref: ObjectRef, { entity, property }: EffectMarks = {}): ObjectEffect {
  return {
    ...ref,
    action: 'made',
    ...(entity !== undefined && { entity }),
    ...(property !== undefined && { property }),
  };
}

/** The object was dropped. */
export function dropped(ref: ObjectRef): ObjectEffect {
  return { ...ref, action: 'dropped' };
}

/** The object got another name, and another schema where `to` says so. */
export function renamed(
  ref: ObjectRef,
  to: { readonly name: string; readonly schema?: string | null },
  { entity, property }: EffectMarks = {},
): ObjectEffect {
  return {
    ...ref,
    action: 'renamed',
    to: to.name,
    ...(to.schema !== undefined && to.schema !== ref.schema && { toSchema: to.schema }),
    ...(entity !== undefined && { entity }),
    ...(property !== undefined && { property }),
  };
}

/** A column was made, in an entity's table by that entity unless it says another. */
export function madeColumn(table: ObjectName & FromEntity, column: Column): ObjectEffect {
  const entity = column.entity ?? table.entity;
  const marks = entity === undefined ? {} : { entity, property: column.property ?? column.name };
  return made(partRef('column', table, column.name), marks);
}

/** A table was made with its columns, its constraints that have a name, and its indexes. */
export function madeTable(table: Table): readonly ObjectEffect[] {
  const part =
    (kind: ObjectKind) =>
    (object: FromEntity & { readonly name?: string }): readonly ObjectEffect[] =>
      object.name === undefined
        ? []
        : [made(partRef(kind, table, object.name), entityOf(object, table))];
  return [
    made(refOf('table', table), table),
    ...table.columns.map((column) => madeColumn(table, column)),
    ...(table.primaryKey ? part('primaryKey')(table.primaryKey) : []),
    ...table.foreignKeys.flatMap(part('foreignKey')),
    ...table.uniques.flatMap(part('unique')),
    ...table.checks.flatMap(part('check')),
    ...table.exclusions.flatMap(part('exclusion')),
    ...table.indexes.flatMap(part('index')),
  ];
}

/** The entity mark of a part: its own, or that of the table or view that it belongs to. */
export function entityOf(part: FromEntity, owner: FromEntity): FromEntity {
  const entity = part.entity ?? owner.entity;
  return entity === undefined ? {} : { entity };
}
