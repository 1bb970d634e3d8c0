import type { SchemaModel } from '@nest-alembic/core';
import * as fc from 'fast-check';
import { named } from '../model-builders.js';
import { arbPairOfTables, buildTable } from './table-pair.fixture.js';
import { arbTwofold, onSide } from './twofold.fixture.js';
import type { Side } from './twofold.fixture.js';

/** Two schemas that PostgreSQL can hold, of which the second one is the first one after some changes. */
export interface SchemaPair {
  readonly before: SchemaModel;
  readonly after: SchemaModel;
}

const LABELS = ['a', 'b', "it's", 'Ünï', 'two words'] as const;

const arbWhole = fc.record({
  tables: fc.array(arbPairOfTables, { minLength: 1, maxLength: 4 }),
  labels: arbTwofold(fc.shuffledSubarray([...LABELS.slice(1)], { minLength: 1 })),
  sequence: arbTwofold(fc.constant(true)),
  views: fc.array(
    arbTwofold(fc.record({ above: fc.integer({ min: 0, max: 3 }), comment: fc.boolean() })),
    { maxLength: 2 },
  ),
  materialized: fc.boolean(),
});

type Whole = typeof arbWhole extends fc.Arbitrary<infer T> ? T : never;

/** Near pairs: every object stays, changes, comes or goes on its own. */
export const arbSchemaPair: fc.Arbitrary<SchemaPair> = arbWhole.map((whole) => ({
  before: buildSchema(whole, 'before'),
  after: buildSchema(whole, 'after'),
}));

function buildSchema(whole: Whole, side: Side): SchemaModel {
  const labels = onSide(whole.labels, side);
  const enums = labels ? [{ ...named('kind'), labels: ['a', ...labels], entity: 'Kind' }] : [];
  const present = whole.tables.flatMap((table, key) => {
    const state = onSide(table.presence, side);
    return state === undefined ? [] : [{ table, key, state }];
  });
  const names = present.map(({ table, key, state }) => ({
    schema: table.isElsewhere ? 'audit' : null,
    name: `${state.name}${key}`,
  }));
  const tables = present.map(({ table, key }, at) =>
    buildTable(table, {
      side,
      key,
      name: names[at] ?? named('t'),
      names,
      hasEnum: enums.length > 0,
    }),
  );
  return {
    schemas: tables.some(({ schema }) => schema === 'audit') ? ['audit'] : [],
    enums,
    sequences: onSide(whole.sequence, side) ? [{ ...named('counter'), entity: 'Counter' }] : [],
    tables: tables.toSorted((left, right) => compare(nameOf(left), nameOf(right))),
    views: tables[0] ? buildViews(whole, side, tables[0]) : [],
  };
}

const nameOf = ({ schema, name }: { readonly schema: string | null; readonly name: string }) =>
  `${schema ?? ''} ${name}`;
const compare = (left: string, right: string): number => (left < right ? -1 : 1);

function buildViews(
  { views, materialized }: Whole,
  side: Side,
  { schema, name }: { readonly schema: string | null; readonly name: string },
): SchemaModel['views'] {
  const table = [...(schema === null ? [] : [schema]), name]
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.');
  return views.flatMap((view, at) => {
    const state = onSide(view, side);
    if (state === undefined) return [];
    return [
      {
        ...named(`view_${at}`),
        entity: `View${at}`,
        definition: `SELECT id, id + 1 AS next FROM ${table} WHERE id > ${state.above}`,
        materialized,
        dependsOn: [],
        indexes: materialized
          ? [{ name: `ix_view_${at}`, elements: [{ column: 'next' }], unique: false }]
          : [],
      },
    ];
  });
}
