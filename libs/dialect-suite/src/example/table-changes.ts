import type { ForeignKey, ObjectName, SchemaModel, Table } from '@nest-alembic/core';
import { withoutColumns } from './column-changes.js';
import { inTurn } from './edit-model.js';
import type { ModelEdit } from './edit-model.js';
import type { ExampleChange } from './example-change.js';

/** Every table and view of the example; a spec holds the list and the entities together. */
export const EXAMPLE_OBJECTS: readonly string[] = [
  'article',
  'article_comment',
  'article_product',
  'audit.actor',
  'audit.entry',
  'best_seller',
  'brand',
  'category',
  'category_closure',
  'coupon',
  'coupon_customer_group',
  'customer',
  'customer_address',
  'customer_group',
  'customer_profile',
  'order',
  'order_line',
  'payment',
  'product',
  'product_category',
  'product_sales',
  'product_tag',
  'product_variant',
  'related_product',
  'review',
  'shipment',
  'stock_level',
  'stock_movement',
  'tag',
  'warehouse',
];

/** Objects that nothing needs, in groups that have nothing in common: each group goes at once. */
const LEAVES: readonly (readonly string[])[] = [
  ['article_comment', 'category_closure', 'customer_address', 'payment', 'product_tag'],
  [
    'article_product',
    'audit.entry',
    'coupon_customer_group',
    'customer_profile',
    'related_product',
  ],
  ['best_seller', 'product_category', 'review', 'shipment', 'stock_movement'],
];

const isLeaf = (name: string): boolean => LEAVES.some((group) => group.includes(name));

/** For each table and view: the example without it and without what needs it. The way back is the example with it. */
export const TABLE_CHANGES: readonly ExampleChange[] = [
  ...LEAVES,
  ...EXAMPLE_OBJECTS.filter((name) => !isLeaf(name)).map((name) => [name]),
].map((names) => ({
  name: `without ${names.join(', ')}`,
  edit: inTurn(...names.map(withoutObject)),
  movesColumns: true,
}));

/** The name of an object as the list has it. */
export function displayNameOf({ schema, name }: ObjectName): string {
  return schema === null ? name : `${schema}.${name}`;
}

/**
 * Takes a table or view away. A table that refers to it by columns that may be null loses these columns, as an entity
 * loses an optional relation; one that cannot do without goes too. So do views over what is gone, and types and schemas
 * that nothing uses any more.
 */
function withoutObject(name: string): ModelEdit {
  return (model) => {
    const gone = goneWith(name, model);
    const tables = model.tables
      .filter((table) => !gone.has(displayNameOf(table)))
      .map((table) =>
        withoutColumns(
          table,
          table.foreignKeys
            .filter((key) => gone.has(targetOf(key)))
            .flatMap(({ columns }) => columns),
        ),
      );
    const views = model.views.filter((view) => !gone.has(displayNameOf(view)));
    const types = tables.flatMap(({ columns }) =>
      columns.map(({ type }) => type.replace('[]', '')),
    );
    const enums = model.enums.filter((type) => types.includes(displayNameOf(type)));
    const schemas = model.schemas.filter((schema) =>
      [...tables, ...views, ...enums].some((object) => object.schema === schema),
    );
    return { ...model, tables, views, enums, schemas };
  };
}

const targetOf = ({ referencedTable }: ForeignKey): string => displayNameOf(referencedTable);

function goneWith(name: string, { tables, views }: SchemaModel): ReadonlySet<string> {
  const gone = new Set([name]);
  for (let size = 0; size !== gone.size;) {
    size = gone.size;
    for (const table of tables) {
      const needs = table.foreignKeys.some(
        (key) => gone.has(targetOf(key)) && isNeeded(key, table),
      );
      if (needs) gone.add(displayNameOf(table));
    }
    for (const view of views) {
      const reads = [...gone].some((one) => new RegExp(`\\b${one}\\b`).test(view.definition));
      if (reads) gone.add(displayNameOf(view));
    }
  }
  return gone;
}

const isNeeded = ({ columns }: ForeignKey, table: Table): boolean =>
  table.columns.some(({ name, nullable }) => columns.includes(name) && !nullable) ||
  columns.some((name) => table.primaryKey?.columns.includes(name));
