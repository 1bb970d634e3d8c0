import { applyOperations } from '@nest-alembic/core';
import type {
  EnumType,
  ForeignKey,
  Index,
  Operation,
  ReferentialAction,
  SchemaModel,
  Table,
  View,
} from '@nest-alembic/core';
import { eachEnum, eachTable, without } from './edit-model.js';
import type { ModelEdit } from './edit-model.js';
import type { ExampleChange } from './example-change.js';

/** Changes of the keys, constraints, indexes, types and views of the example; those of one list go into one revision. */
export const STRUCTURE_CHANGES: readonly (readonly ExampleChange[])[] = [
  [
    {
      name: 'every foreign key has another action and another time to be checked at',
      edit: eachTable((table) => ({ ...table, foreignKeys: table.foreignKeys.map(otherwise) })),
    },
    {
      name: 'PG-M1: every check says something else under the same name',
      edit: eachTable((table) => ({
        ...table,
        checks: table.checks.map((check) => ({
          ...check,
          expression: `(${check.expression}) OR 'other' = 'wise'`,
        })),
      })),
    },
    {
      name: 'PG-M2, PG-M4: every index is another under the same name',
      edit: eachTable((table) => ({ ...table, indexes: table.indexes.map(otherIndex) })),
    },
    {
      name: 'PG-M12: every unique constraint is deferrable where it was not, and the other way round',
      edit: eachTable((table) => ({
        ...table,
        uniques: table.uniques.map((unique) =>
          unique.deferrable
            ? without(unique, 'deferrable')
            : { ...unique, deferrable: 'initially immediate' },
        ),
      })),
    },
    {
      name: 'every key of a join has its columns the other way round',
      edit: eachTable((table) =>
        isJoin(table) && table.primaryKey
          ? {
              ...table,
              primaryKey: { ...table.primaryKey, columns: table.primaryKey.columns.toReversed() },
            }
          : table,
      ),
    },
  ],
  [
    {
      name: 'no table has foreign keys any more',
      edit: eachTable((table) => ({ ...table, foreignKeys: [] })),
    },
    {
      name: 'every table has one more check, and none of the old ones',
      edit: eachTable((table) => ({
        ...table,
        checks: [
          {
            name: `ck "${table.name}"`,
            expression: `${table.columns[0]?.name ?? ''} IS NOT NULL`,
            ...entityOf(table),
          },
        ],
      })),
    },
    {
      name: 'no table has indexes or unique constraints any more',
      edit: eachTable((table) => ({ ...table, indexes: [], uniques: [] })),
    },
    { name: 'there are no views any more', edit: (model) => ({ ...model, views: [] }) },
  ],
  [
    {
      name: 'PG-E2, PG-E3: every enum has new labels before, between and behind the old ones',
      edit: eachEnum((type) => (isReadEnum(type) ? type.labels : withNewLabels(type.labels))),
    },
    {
      name: 'every view says something else',
      edit: eachView((view) => ({
        ...view,
        definition: view.definition
          .replace('GROUP BY', "WHERE p.name <> 'nothing' GROUP BY")
          .replace('rank()', 'row_number()'),
      })),
    },
  ],
  [
    {
      name: 'PG-M10: every enum has its labels the other way round',
      edit: eachEnum((type) => type.labels.toReversed()),
    },
    {
      name: 'every view is materialized',
      edit: eachView((view) => ({ ...view, materialized: true })),
    },
  ],
  [
    {
      name: 'PG-E2: enums that something reads have new labels before, between and behind the old ones',
      edit: eachEnum((type) => (isReadEnum(type) ? withNewLabels(type.labels) : type.labels)),
      noWayBack:
        'DL-18, DL-19: back is a new type, and nothing says that a check, a predicate or a view reads it',
    },
  ],
  [
    {
      name: 'DL-23, DL-45: tables have other names, their counters too',
      edit: renamed((table) => [
        {
          kind: 'renameTable',
          from: nameOf(table),
          to: { ...nameOf(table), name: `all ${table.name}` },
        },
      ]),
      formerName: (name) => name.replace(/\ball /, ''),
      keepsSequenceNames: true,
    },
  ],
  [
    {
      name: 'DL-20, DL-21: columns have other names, and there is a new one',
      edit: renamed((table) => [
        ...table.columns
          .filter(({ name }) => !isRead(table, name))
          .map(({ name }): Operation => ({
            kind: 'renameColumn',
            table: nameOf(table),
            from: name,
            to: `the ${name}`,
          })),
        {
          kind: 'addColumn',
          table: nameOf(table),
          column: { name: 'quite new', type: 'text', nullable: true, ...entityOf(table) },
        },
      ]),
      formerName: (name) => name.replace(/^the /, ''),
      keepsSequenceNames: true,
    },
  ],
  [
    {
      name: 'DL-24: the tables of the second schema move to the first one',
      edit: renamed((table) =>
        table.schema === null
          ? []
          : [{ kind: 'renameTable', from: nameOf(table), to: { schema: null, name: table.name } }],
      ),
      formerName: (name) => (['actor', 'entry'].includes(name) ? `audit.${name}` : name),
    },
  ],
];

/** The enums that a view, a check or the predicate of an index reads. */
const READ_ENUMS: readonly string[] = ['order_status_enum', 'coupon_kind', 'publication_status'];

const isReadEnum = ({ name }: EnumType): boolean => READ_ENUMS.includes(name);

const withNewLabels = ([first = '', ...others]: readonly string[]): readonly string[] => [
  'the first',
  first,
  "it's between",
  ...others,
  'the last',
];

function eachView(change: (view: View) => View): ModelEdit {
  return (model) => ({ ...model, views: model.views.map(change) });
}

const ACTIONS: readonly (ReferentialAction | undefined)[] = [
  'cascade',
  'set null',
  'restrict',
  'set default',
  undefined,
];

function otherwise(key: ForeignKey): ForeignKey {
  const next = ACTIONS[(ACTIONS.indexOf(key.onDelete) + 1) % ACTIONS.length];
  return {
    ...without(key, 'onDelete', 'onUpdate', 'deferrable'),
    ...(next !== undefined && { onDelete: next }),
    ...(key.onUpdate === undefined && { onUpdate: 'restrict' }),
    ...(key.deferrable === undefined && { deferrable: 'initially immediate' }),
  };
}

function otherIndex(index: Index): Index {
  const elements = index.elements.map((element) => ({ ...element, order: 'desc' as const }));
  return index.where === undefined
    ? { ...index, elements, unique: false }
    : { ...index, where: `NOT (${index.where})` };
}

const isJoin = ({ columns, primaryKey }: Table): boolean =>
  columns.length === 2 && primaryKey?.columns.length === 2;

/** A column that a view, a generated column or an expression reads: who renames it has to write that anew. */
function isRead(table: Table, name: string): boolean {
  const texts = [
    ...table.checks.map(({ expression }) => expression),
    ...table.indexes.map(({ where = '' }) => where),
    ...table.columns.map(({ generated }) => generated?.expression ?? ''),
  ];
  return texts.some((text) => new RegExp(`\\b${name}\\b`).test(text));
}

/** The tables that no view reads, changed by operations: who renames what a view reads has to write the view anew. */
function renamed(renames: (table: Table) => readonly Operation[]): ModelEdit {
  const isFree = ({ views }: SchemaModel, { name }: Table) =>
    !views.some(({ definition }) => new RegExp(`\\b${name}\\b`).test(definition));
  return (model) =>
    applyOperations(model.tables.filter((table) => isFree(model, table)).flatMap(renames), model);
}

const nameOf = ({ schema, name }: Table) => ({ schema, name });

const entityOf = ({ entity }: Table) => (entity === undefined ? {} : { entity });
