import type { ObjectName } from '../schema/object-name.js';
import type { Column, FromEntity, Table } from '../schema/schema-model.js';
import type { Constraint, ConstraintType } from './constraint-operations.js';
import { definitionInWords, isUnnamed } from './unnamed-constraint.js';
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

/** A table was made with its columns, its constraints and its indexes. */
export function madeTable(table: Table): readonly ObjectEffect[] {
  const constraint =
    (type: ConstraintType) =>
    (part: object): readonly ObjectEffect[] => {
      const marked = { ...part, ...entityOf(part, table) };
      return madeConstraint(table, { type, constraint: marked } as Constraint);
    };
  return [
    made(refOf('table', table), table),
    ...table.columns.map((column) => madeColumn(table, column)),
    ...(table.primaryKey ? constraint('primaryKey')(table.primaryKey) : []),
    ...table.foreignKeys.flatMap(constraint('foreignKey')),
    ...table.uniques.flatMap(constraint('unique')),
    ...table.checks.flatMap(constraint('check')),
    ...table.exclusions.flatMap(constraint('exclusion')),
    ...table.indexes.map((index) =>
      made(partRef('index', table, index.name), entityOf(index, table)),
    ),
  ];
}

/** A constraint was made. One without a name is remembered by what it says, where the model made it: nobody asks for others. */
export function madeConstraint(table: ObjectName, added: Constraint): readonly ObjectEffect[] {
  const { type, constraint } = added;
  if (constraint.name !== undefined)
    return [made(partRef(type, table, constraint.name), constraint)];
  return isUnnamed(added) && constraint.entity !== undefined
    ? [made(partRef(type, table, definitionInWords(added)), constraint)]
    : [];
}

/** The entity mark of a part: its own, or that of the table or view that it belongs to. */
export function entityOf(part: FromEntity, owner: FromEntity): FromEntity {
  const entity = part.entity ?? owner.entity;
  return entity === undefined ? {} : { entity };
}
