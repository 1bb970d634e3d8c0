import * as fc from 'fast-check';
import type { ObjectName } from '../schema/object-name.js';
import { nameKey } from '../schema/object-name.js';
import type {
  Column,
  ForeignKey,
  SchemaModel,
  Sequence,
  SequenceOwner,
  Table,
} from '../schema/schema-model.js';
import {
  arbCheck,
  arbColumn,
  arbEntity,
  arbEnum,
  arbExclusion,
  arbForeignKey,
  arbFreshName,
  arbGenerated,
  arbIdentity,
  arbIndex,
  arbName,
  arbObjectName,
  arbPrimaryKey,
  arbRecord,
  arbSequence,
  arbSql,
  arbTable,
  arbText,
  arbType,
  arbUnique,
  arbValueSql,
  arbView,
} from '../schema/schema.fixture.js';
import { indexUses } from '../schema/table-edit.js';
import { arbBatch } from './batch/batch-operation.fixture.js';
import type { AlterColumn, ColumnAttributes } from './column-operations.js';
import type { CommentedObject } from './comment-operations.js';
import type { Constraint } from './constraint-operations.js';
import type { AlterEnum, EnumUse } from './enum-operations.js';
import { OBJECT_MAKERS, commentedObjectsOf } from './object-operation.fixture.js';
import { OPERATION_KINDS } from './operation-definitions.js';
import type { Operation, OperationKind, OperationOf } from './operation.js';
import { arbOwnOperation } from './own/own-operation.fixture.js';
import type { SequenceAttributes } from './sequence-operations.js';
import type { TableAttributes } from './table-operations.js';
import { allConstraints } from './table-body-call.js';
import { isUnnamed } from './unnamed-constraint.js';

type Maker<K extends OperationKind> = (
  model: SchemaModel,
) => fc.Arbitrary<OperationOf<K>> | undefined;

/** Any operation that is possible on a model, of any kind. */
export function arbOperationFor(model: SchemaModel): fc.Arbitrary<Operation> {
  const possible = OPERATION_KINDS.flatMap((kind) => arbOperationOf(kind, model) ?? []);
  return fc.oneof(...possible);
}

/** Operations of one kind that are possible on a model, or undefined where none is. */
export function arbOperationOf(
  kind: OperationKind,
  model: SchemaModel,
): fc.Arbitrary<Operation> | undefined {
  return (MAKERS[kind] as Maker<OperationKind>)(model);
}

const flags = fc.constantFrom({}, {}, { ifExists: true as const });
const createFlags = fc.constantFrom({}, {}, { ifNotExists: true as const });
const entities = arbEntity.map((entity) => (entity === undefined ? {} : { entity }));

const nameOf = ({ schema, name }: ObjectName): ObjectName => ({ schema, name });

function oneOf<T>(list: readonly T[]): fc.Arbitrary<T> | undefined {
  return list.length === 0 ? undefined : fc.constantFrom(...list);
}

function fresh<T extends ObjectName>(
  arbitrary: fc.Arbitrary<T>,
  taken: readonly ObjectName[],
): fc.Arbitrary<T> {
  const keys = new Set(taken.map(nameKey));
  return arbitrary.filter((object) => !keys.has(nameKey(object)));
}

/** A table with one of its parts, for each such part. */
function partsOf<T>(
  model: SchemaModel,
  parts: (table: Table) => readonly T[],
): readonly (readonly [Table, T])[] {
  return model.tables.flatMap((table) => parts(table).map((part) => [table, part] as const));
}

/** Everything that a comment is set on, with the comment that it has. */
function commentedObjects(
  model: SchemaModel,
): readonly (readonly [CommentedObject, string | undefined])[] {
  return [
    ...model.enums.map((type) => [{ type: 'enum', name: nameOf(type) }, type.comment] as const),
    ...model.sequences.map(
      (sequence) => [{ type: 'sequence', name: nameOf(sequence) }, sequence.comment] as const,
    ),
    ...commentedObjectsOf(model),
    ...partsOf(model, ({ indexes }) => indexes).map(
      ([table, { name, comment }]) =>
        [{ type: 'index', table: nameOf(table), name }, comment] as const,
    ),
    ...partsOf(model, namedConstraints).map(
      ([table, { name, constraint }]) =>
        [
          { type: constraint.type, table: nameOf(table), name },
          constraint.constraint.comment,
        ] as const,
    ),
  ];
}

const MAKERS: { readonly [K in OperationKind]: Maker<K> } = {
  ...OBJECT_MAKERS,
  own: arbOwnOperation,
  batchAlterTable: (model) => arbBatch(model, arbOperationOf),
  createSchema: ({ schemas }) =>
    fc
      .tuple(arbFreshName(schemas), entities, createFlags)
      .map(([name, entity, flag]) => ({ kind: 'createSchema', name, ...entity, ...flag })),
  dropSchema: ({ schemas }) =>
    oneOf(schemas)?.chain((name) =>
      fc
        .tuple(entities, flags)
        .map(([entity, flag]) => ({ kind: 'dropSchema', name, ...entity, ...flag })),
    ),
  createEnum: ({ enums }) =>
    fresh(arbEnum, enums).map((type) => ({ kind: 'createEnum', enum: type })),
  dropEnum: ({ enums }) =>
    oneOf(enums)?.chain((dropped) =>
      flags.map((flag) => ({ kind: 'dropEnum', name: nameOf(dropped), dropped, ...flag })),
    ),
  alterEnum: ({ enums }) => oneOf(enums)?.chain(arbAlterEnum),
  renameEnum: ({ enums }) =>
    oneOf(enums)?.chain((type) =>
      fc
        .tuple(fresh(arbObjectName, enums), entities)
        .map(([to, entity]) => ({ kind: 'renameEnum', from: nameOf(type), to, ...entity })),
    ),
  createSequence: ({ sequences }) =>
    fresh(arbSequence, sequences).map((sequence) => ({ kind: 'createSequence', sequence })),
  dropSequence: ({ sequences }) =>
    oneOf(sequences)?.chain((dropped) =>
      flags.map((flag) => ({ kind: 'dropSequence', name: nameOf(dropped), dropped, ...flag })),
    ),
  alterSequence: (model) => oneOf(model.sequences)?.chain((one) => arbAlterSequence(one, model)),
  renameSequence: ({ sequences }) =>
    oneOf(sequences)?.chain((sequence) =>
      fc.tuple(fresh(arbObjectName, sequences), entities).map(([to, entity]) => ({
        kind: 'renameSequence',
        from: nameOf(sequence),
        to,
        ...entity,
      })),
    ),
  renameView: ({ tables, views }) =>
    oneOf(views)?.chain((view) =>
      fc.tuple(fresh(arbObjectName, [...tables, ...views]), entities).map(([to, entity]) => ({
        kind: 'renameView',
        from: nameOf(view),
        to,
        materialized: view.materialized,
        ...entity,
      })),
    ),
  createTable: ({ tables, partitions = [] }) =>
    fc.tuple(fresh(arbTable, [...tables, ...partitions]), createFlags).chain(([table, flag]) =>
      arbForeignKey(table, tables[0] ?? table).map((key) => ({
        kind: 'createTable',
        table: { ...table, foreignKeys: [key] },
        ...flag,
      })),
    ),
  dropTable: ({ tables }) =>
    oneOf(tables)?.chain((dropped) =>
      flags.map((flag) => ({ kind: 'dropTable', name: nameOf(dropped), dropped, ...flag })),
    ),
  renameTable: ({ tables, partitions = [] }) =>
    oneOf(tables)?.chain((table) =>
      fc
        .tuple(fresh(arbObjectName, [...tables, ...partitions]), entities)
        .map(([to, entity]) => ({ kind: 'renameTable', from: nameOf(table), to, ...entity })),
    ),
  setTableStorage: ({ tables }) =>
    oneOf(tables)?.chain((table) =>
      arbRecord<TableAttributes>(
        {
          unlogged: fc.boolean(),
          storage: fc.constantFrom(null, ['fillfactor=80']),
          tablespace: fc.option(arbName),
          engine: fc.option(arbName),
          charset: fc.option(arbName),
          collation: fc.option(arbName),
        },
        [],
      )
        .filter((to) => Object.keys(to).length > 0)
        .map((to) => ({
          kind: 'setTableStorage',
          table: nameOf(table),
          to,
          from: Object.fromEntries(
            (Object.keys(to) as (keyof TableAttributes)[]).map((key) => [
              key,
              table[key] ?? (key === 'unlogged' ? false : null),
            ]),
          ),
        })),
    ),
  setTableComment: ({ tables }) =>
    oneOf(tables)?.chain((table) =>
      fc.option(arbText, { nil: undefined }).map((to) => ({
        kind: 'setTableComment',
        table: nameOf(table),
        ...(table.comment !== undefined && { from: table.comment }),
        ...(to !== undefined && { to }),
      })),
    ),
  addColumn: ({ tables }) =>
    oneOf(tables)?.chain((table) =>
      fc
        .tuple(arbColumn, arbFreshName(table.columns.map(({ name }) => name)), createFlags)
        .map(([column, name, flag]) => ({
          kind: 'addColumn',
          table: nameOf(table),
          column: { ...column, name },
          ...flag,
        })),
    ),
  dropColumn: (model) =>
    oneOf(partsOf(model, freeColumns))?.chain(([table, dropped]) =>
      flags.map((flag) => ({
        kind: 'dropColumn',
        table: nameOf(table),
        name: dropped.name,
        dropped,
        ...flag,
      })),
    ),
  alterColumn: (model) =>
    oneOf(partsOf(model, ({ columns }) => columns))?.chain(([table, column]) =>
      arbAlterColumn(table, column),
    ),
  renameColumn: (model) =>
    oneOf(partsOf(model, ({ columns }) => columns))?.chain(([table, column]) =>
      fc
        .tuple(arbFreshName(table.columns.map(({ name }) => name)), entities, fc.boolean(), arbName)
        .map(([to, entity, hasProperty, property]) => ({
          kind: 'renameColumn',
          table: nameOf(table),
          from: column.name,
          to,
          ...entity,
          ...(hasProperty && { property }),
        })),
    ),
  addConstraint: ({ tables }) =>
    oneOf(tables)?.chain((table) =>
      arbNewConstraint(table, tables).map((added) => ({
        kind: 'addConstraint',
        table: nameOf(table),
        added,
      })),
    ),
  dropConstraint: (model) =>
    oneOf(partsOf(model, namedConstraints))?.chain(([table, { name, constraint: dropped }]) =>
      flags.map((flag) => ({
        kind: 'dropConstraint',
        table: nameOf(table),
        name,
        type: dropped.type,
        dropped,
        ...flag,
      })),
    ),
  dropUnnamedConstraint: (model) =>
    oneOf(partsOf(model, (table) => allConstraints(table).filter(isUnnamed)))?.map(
      ([table, dropped]) => ({ kind: 'dropUnnamedConstraint', table: nameOf(table), dropped }),
    ),
  renameConstraint: (model) =>
    oneOf(partsOf(model, namedConstraints))?.chain(([table, { name, constraint }]) =>
      fc.tuple(arbFreshName(takenNames(table)), entities).map(([to, entity]) => ({
        kind: 'renameConstraint',
        table: nameOf(table),
        type: constraint.type,
        from: name,
        to,
        ...entity,
      })),
    ),
  validateConstraint: (model) =>
    oneOf(
      partsOf(model, namedConstraints).filter(
        ([, { constraint }]) => constraint.type === 'check' || constraint.type === 'foreignKey',
      ),
    )?.map(([table, { name, constraint }]) => ({
      kind: 'validateConstraint',
      table: nameOf(table),
      name,
      type: constraint.type as 'check' | 'foreignKey',
    })),
  alterConstraint: (model) =>
    oneOf(partsOf(model, ({ foreignKeys }) => foreignKeys.filter(({ name }) => name)))?.chain(
      ([table, key]) =>
        arbKeyChange(key).map((change) => ({
          kind: 'alterConstraint',
          table: nameOf(table),
          name: String(key.name),
          ...change,
        })),
    ),
  setComment: (model) =>
    oneOf(commentedObjects(model))?.chain(([object, from]) =>
      fc.option(arbText, { nil: undefined }).map((to) => ({
        kind: 'setComment',
        object,
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
      })),
    ),
  createIndex: (model) =>
    oneOf([...model.tables, ...model.views.filter((view) => isIndexable(view, model))])?.chain(
      (owner) => {
        const columns = 'foreignKeys' in owner ? owner.columns.map(({ name }) => name) : ['id'];
        const taken = owner.indexes.map(({ name }) => name);
        return fc
          .tuple(
            arbIndex(columns).filter(({ name }) => !taken.includes(name)),
            createFlags,
            fc.boolean(),
            fc.boolean(),
          )
          .map(([index, flag, concurrently, only]) => ({
            kind: 'createIndex',
            table: nameOf(owner),
            index,
            ...flag,
            ...(concurrently && { concurrently }),
            ...(only && !concurrently && { only: true as const }),
          }));
      },
    ),
  dropIndex: (model) =>
    oneOf(partsOf(model, ({ indexes }) => indexes))?.chain(([table, dropped]) =>
      fc.tuple(flags, fc.boolean()).map(([flag, concurrently]) => ({
        kind: 'dropIndex',
        table: nameOf(table),
        name: dropped.name,
        dropped,
        ...flag,
        ...(concurrently && { concurrently }),
      })),
    ),
  renameIndex: (model) =>
    oneOf(partsOf(model, ({ indexes }) => indexes))?.chain(([table, index]) =>
      fc
        .tuple(arbFreshName(table.indexes.map(({ name }) => name)), entities)
        .map(([to, entity]) => ({
          kind: 'renameIndex',
          table: nameOf(table),
          from: index.name,
          to,
          ...entity,
        })),
    ),
  createView: ({ tables, views }) =>
    fresh(arbView(tables), views).map((view) => ({ kind: 'createView', view })),
  dropView: ({ views }) =>
    oneOf(views)?.chain((dropped) =>
      flags.map((flag) => ({
        kind: 'dropView',
        name: nameOf(dropped),
        materialized: dropped.materialized,
        dropped,
        ...flag,
      })),
    ),
  execute: () =>
    fc
      .tuple(
        arbSql,
        fc.option(fc.dictionary(arbName, arbText, { maxKeys: 2, noNullPrototype: true })),
      )
      .map(([sql, parameters]) => ({ kind: 'execute', sql, ...(parameters && { parameters }) })),
  bulkInsert: () =>
    fc
      .tuple(arbObjectName, fc.uniqueArray(arbName, { minLength: 1, maxLength: 4 }))
      .chain(([table, names]) => {
        const columns = Object.keys(Object.fromEntries(names.map((name) => [name, 0])));
        const row = fc.tuple(...columns.map(() => arbValueSql));
        return fc
          .array(row, { minLength: 1, maxLength: 3 })
          .map((rows) => ({ kind: 'bulkInsert', table, columns, rows }));
      }),
};

type NamedConstraint = { readonly name: string; readonly constraint: Constraint };

function namedConstraints(table: Table): readonly NamedConstraint[] {
  return allConstraints(table).flatMap((constraint) => {
    const { name } = constraint.constraint;
    return name === undefined ? [] : [{ name, constraint }];
  });
}

const takenNames = (table: Table): readonly string[] =>
  namedConstraints(table).map(({ name }) => name);

/** Columns that nothing in the table names: what goes with a column does not come back with it. */
function freeColumns(table: Table): readonly Column[] {
  const keys = [table.primaryKey ?? { columns: [] }, ...table.uniques, ...table.foreignKeys];
  return table.columns.filter(
    ({ name }) =>
      !keys.some((key) => key.columns.includes(name) || includedIn(key).includes(name)) &&
      !table.indexes.some((index) => indexUses(index, name)),
  );
}

const includedIn = (key: object): readonly string[] =>
  'include' in key ? (key.include as readonly string[]) : [];

function isIndexable(view: ObjectName, { tables }: SchemaModel): boolean {
  return !tables.some((table) => nameKey(table) === nameKey(view));
}

function arbAlterEnum({
  labels,
  ...type
}: {
  readonly labels: readonly string[];
} & ObjectName): fc.Arbitrary<OperationOf<'alterEnum'>> {
  const kept = fc.shuffledSubarray([...labels]);
  const use = arbRecord<EnumUse>(
    { table: arbObjectName, column: arbName, array: fc.constant(true), default: arbValueSql },
    ['table', 'column'],
  );
  const options = arbRecord<Pick<AlterEnum, 'uses'>>(
    { uses: fc.array(use, { minLength: 1, maxLength: 2 }) },
    [],
  );
  return fc
    .tuple(kept, fc.uniqueArray(arbText, { maxLength: 2 }), fc.boolean(), options, entities)
    .map(([some, added, isRenamed, rest, entity]) => {
      const to = [...new Set([...some, ...added])];
      return {
        kind: 'alterEnum',
        name: nameOf(type),
        from: labels,
        to,
        ...changedLabels(labels, to, isRenamed),
        ...rest,
        ...entity,
      };
    });
}

/** What becomes of the labels that go: a call that speaks of others is refused. */
function changedLabels(
  labels: readonly string[],
  to: readonly string[],
  isRenamed: boolean,
): Pick<AlterEnum, 'renames' | 'replacements'> {
  const [gone, other] = labels.filter((label) => !to.includes(label));
  const fresh = to.find((label) => !labels.includes(label));
  const renames =
    isRenamed && gone !== undefined && fresh !== undefined ? [{ from: gone, to: fresh }] : [];
  const replaced = renames.length > 0 ? other : gone;
  const [last] = to.slice(-1);
  return {
    ...(renames.length > 0 && { renames }),
    ...(replaced !== undefined &&
      last !== undefined && { replacements: [{ from: replaced, to: last }] }),
  };
}

function arbAlterColumn(table: Table, column: Column): fc.Arbitrary<AlterColumn> {
  const attributes: { readonly [K in keyof Required<ColumnAttributes>]: fc.Arbitrary<unknown> } = {
    type: arbType,
    nullable: fc.boolean(),
    default: fc.option(arbValueSql),
    generated: fc.option(arbGenerated),
    identity: fc.option(arbIdentity),
    autoIncrement: fc.option(fc.constant(true)),
    collation: fc.option(arbName),
    charset: fc.option(arbName),
    onUpdate: fc.option(arbSql),
    invisible: fc.option(fc.constant(true)),
    storage: fc.option(fc.constantFrom('plain', 'main')),
    compression: fc.option(fc.constantFrom('pglz', 'lz4')),
    comment: fc.option(arbText),
  };
  const keys = Object.keys(attributes) as (keyof ColumnAttributes)[];
  const marks = arbRecord<Pick<AlterColumn, 'using' | 'reverseUsing' | 'entity' | 'property'>>(
    { using: arbSql, reverseUsing: arbSql, entity: fc.constant('Account'), property: arbName },
    [],
  );
  return fc.subarray(keys, { minLength: 1 }).chain((some) =>
    fc
      .tuple(
        arbRecord<ColumnAttributes>(Object.fromEntries(some.map((key) => [key, attributes[key]]))),
        marks,
      )
      .map(([to, rest]) => ({
        kind: 'alterColumn',
        table: nameOf(table),
        name: column.name,
        to,
        from: Object.fromEntries(some.map((key) => [key, column[key] ?? null])),
        ...rest,
      })),
  );
}

function arbAlterSequence(
  sequence: Sequence,
  { tables }: SchemaModel,
): fc.Arbitrary<OperationOf<'alterSequence'>> {
  const owner = oneOf(partsOfTables(tables));
  return (
    arbRecord<SequenceAttributes>(
      {
        increment: fc.constantFrom(null, '5', '-2'),
        minValue: fc.constantFrom(null, '2'),
        cycle: fc.option(fc.boolean()),
        type: fc.constantFrom(null, 'smallint'),
        ownedBy: owner ? fc.option(owner) : fc.constant(null),
      },
      [],
    )
      // A call that changes nothing is refused.
      .filter((to) => Object.keys(to).length > 0)
      .map((to) => {
        const before = { ...sequence.options, type: sequence.type, ownedBy: sequence.ownedBy };
        const from = Object.keys(to).map((key) => [
          key,
          before[key as keyof typeof before] ?? null,
        ]);
        return {
          kind: 'alterSequence',
          name: nameOf(sequence),
          to,
          from: Object.fromEntries(from) as SequenceAttributes,
        };
      })
  );
}

const partsOfTables = (tables: readonly Table[]): readonly SequenceOwner[] =>
  tables.flatMap((table) =>
    table.columns.map(({ name }) => ({ table: nameOf(table), column: name })),
  );

/** What was not proven is so for good once it was not enforced: that has no way back. */
function arbKeyChange({ deferrable, notEnforced, notValid }: ForeignKey) {
  const from = { deferrable: deferrable ?? null, enforced: notEnforced !== true };
  const to = fc.record({
    deferrable: fc.constantFrom(
      null,
      'initially immediate' as const,
      'initially deferred' as const,
    ),
    enforced: fc.boolean(),
  });
  const keys = fc.subarray(['deferrable', ...(notValid ? [] : ['enforced' as const])] as const, {
    minLength: 1,
  });
  return fc.tuple(to, keys).map(([change, some]) => ({
    to: Object.fromEntries(some.map((key) => [key, change[key]])),
    from: Object.fromEntries(some.map((key) => [key, from[key]])),
  }));
}

/** A constraint that a table can take; keys are over columns that are NOT NULL already. */
function arbNewConstraint(table: Table, tables: readonly Table[]): fc.Arbitrary<Constraint> {
  const taken = takenNames(table);
  const names = table.columns.map(({ name }) => name);
  const notNull = table.columns.filter(({ nullable }) => !nullable).map(({ name }) => name);
  const keys = (table.primaryKey || notNull.length === 0 ? [] : [notNull]).map((columns) =>
    arbPrimaryKey(columns).map((constraint) => ({ type: 'primaryKey', constraint }) as const),
  );
  return fc
    .oneof(
      ...keys,
      arbUnique(names).map((constraint) => ({ type: 'unique', constraint }) as const),
      arbCheck.map((constraint) => ({ type: 'check', constraint }) as const),
      arbExclusion.map((constraint) => ({ type: 'exclusion', constraint }) as const),
      fc
        .constantFrom(...tables)
        .chain((to) => arbForeignKey(table, to))
        .map((constraint) => ({ type: 'foreignKey', constraint }) as const),
    )
    .filter(({ constraint: { name } }) => name === undefined || !taken.includes(name));
}
