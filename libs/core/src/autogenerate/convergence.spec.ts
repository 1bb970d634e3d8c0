import * as fc from 'fast-check';
import { postgresSyntax } from '../dialects/postgres/postgres-syntax.js';
import { applyOperation, applyOperations } from '../operations/operation-definitions.js';
import { arbOperationFor } from '../operations/operation.fixture.js';
import { reverseAll } from '../operations/reverse-all.js';
import { nameKey } from '../schema/object-name.js';
import type { Index, SchemaModel, Table } from '../schema/schema-model.js';
import { arbSchema } from '../schema/schema.fixture.js';
import { isPlainUniqueIndex } from './diff-constraints.js';
import type { DiffDialect } from './diff-part.js';
import { diffSchema } from './diff-schema.js';
import type { OwnershipMemory } from './ownership.js';
import { shapeKey } from './shape-key.js';

/** A database in which everything was made from the model, and no entity is known by name: so nothing is a rename. */
const everythingManaged: OwnershipMemory = {
  of: () => ({ state: 'managed', entity: 'Any' }),
  managedKinds: new Set(),
  columnOf: () => undefined,
  tableOf: () => undefined,
  schemas: [],
  after: () => everythingManaged,
};

/** Generated names may be blank, which the dialect refuses in the expression of a cast. */
const dialect: DiffDialect = {
  ...postgresSyntax,
  castBetween: (from, to) => postgresSyntax.castBetween(from, to, 'c'),
  castThroughText: (from, to) => postgresSyntax.castThroughText(from, to, 'c'),
};

const diff = (current: SchemaModel, target: SchemaModel) =>
  diffSchema({
    current,
    target,
    memory: everythingManaged,
    dialect,
    allowDestructive: true,
  });

/** A server gives every constraint a name, and no index of a model is half-built. */
function asReflected(model: SchemaModel): SchemaModel {
  const named = <T extends { readonly name?: string }>(
    parts: readonly T[],
    prefix: string,
  ): readonly T[] =>
    parts.map((part, index) => ({ ...part, name: part.name ?? `${prefix}${index}` }));
  const inTable = (table: Table): Table => ({
    ...table,
    ...(table.primaryKey && { primaryKey: { name: 'pk', ...table.primaryKey } }),
    foreignKeys: named(table.foreignKeys, 'fk'),
    uniques: named(table.uniques, 'uq'),
    checks: named(table.checks, 'ck'),
    exclusions: named(table.exclusions, 'ex'),
  });
  return { ...model, tables: model.tables.map(inTable) };
}

/** A model, and one near it: up to six operations later. */
const arbPair = arbSchema
  .map(asReflected)
  .chain((model) => fc.tuple(fc.constant(model), laterModel(model, 6)));

function laterModel(model: SchemaModel, steps: number): fc.Arbitrary<SchemaModel> {
  if (steps === 0) return fc.constant(model);
  return fc.oneof(
    fc.constant(model),
    arbOperationFor(model).chain((operation) =>
      laterModel(asReflected(applyOperation(operation, model)), steps - 1),
    ),
  );
}

const plain = ({ entity, property, ...rest }: Readonly<Record<string, unknown>>) => rest;
const sorted = (parts: readonly unknown[]): readonly string[] => parts.map(shapeKey).sort();
const unnamed = (parts: readonly object[]): readonly string[] =>
  sorted(
    parts.map((part) => ({
      ...plain({ ...part }),
      name: null,
      notValid: null,
      // Left as the database has them.
      notEnforced: null,
      withoutOverlaps: null,
      period: null,
      comment: null,
      tablespace: null,
    })),
  );

/** What a table means: without names that the differ may keep, marks, and the order of its parts. */
function meaningOf(table: Table): unknown {
  const keys = new Set(table.primaryKey?.columns);
  const asUnique = (index: Index) => ({
    columns: index.elements.map(({ column }) => column).sort(),
    include: null,
    onConflict: null,
    nullsNotDistinct: index.nullsNotDistinct,
  });
  const uniques = table.uniques.map((unique) => ({
    ...unique,
    include: null,
    onConflict: null,
    columns: [...unique.columns].sort(),
  }));
  const plainIndexes = table.indexes.filter(isPlainUniqueIndex);
  return {
    name: [table.schema, table.name, table.comment],
    columns: sorted(
      table.columns.map((column) => ({
        ...plain({ ...column }),
        storage: null,
        compression: null,
        // No model of entities says these: what the database has stays.
        invisible: null,
        onConflict: null,
        type: postgresSyntax.canonicalType(column.type),
        // An identity is NOT NULL whatever is said of it (AG-31).
        nullable: (column.nullable && column.identity === undefined) || keys.has(column.name),
      })),
    ),
    keys: [
      table.primaryKey?.columns,
      unnamed(table.foreignKeys),
      unnamed(table.checks),
      unnamed(table.exclusions),
    ],
    // A unique constraint and a plain unique index stand for each other.
    uniques: [...new Set(unnamed([...uniques, ...plainIndexes.map(asUnique)]))],
    indexes: [
      ...new Set(
        unnamed(
          table.indexes
            .filter((index) => !isPlainUniqueIndex(index))
            .map((index) => ({
              ...index,
              method: null,
              storage: null,
              elements: index.elements.map((element) => ({ ...element, opclass: null })),
            })),
        ),
      ),
    ],
  };
}

const meaning = (model: SchemaModel) => ({
  schemas: model.schemas,
  enums: sorted(model.enums.map((type) => plain({ ...type, comment: null }))),
  sequences: sorted(model.sequences.map(nameKey)),
  views: sorted(
    model.views.map(({ schema, name, definition, materialized }) => ({
      schema,
      name,
      definition,
      materialized,
    })),
  ),
  tables: sorted(model.tables.map(meaningOf)),
});

describe('laws of the differ, without a database', () => {
  it('Q2: a model does not differ from itself', () => {
    fc.assert(
      fc.property(arbSchema, (model) => {
        expect(diff(model, model)).toMatchObject({ operations: [], questions: [] });
      }),
      { numRuns: 200 },
    );
  });

  it('law 1: applying a difference leaves none', () => {
    fc.assert(
      fc.property(arbPair, ([current, target]) => {
        const { operations, questions } = diff(current, target);
        fc.pre(questions.length === 0);
        const reached = applyOperations(operations, current);
        expect(diff(reached, target)).toMatchObject({ operations: [], questions: [] });
        expect(meaning(reached)).toEqual(meaning(target));
      }),
      { numRuns: 300 },
    );
  });

  it('law 2: the way back of a difference leaves none to where it came from', () => {
    fc.assert(
      fc.property(arbPair, ([current, target]) => {
        const { operations, questions } = diff(current, target);
        const reversal = reverseAll(operations);
        // A generated column that becomes plain says that it has no way back.
        fc.pre(questions.length === 0 && reversal.irreversible.length === 0);
        const back = applyOperations(reversal.operations, applyOperations(operations, current));
        expect(meaning(back)).toEqual(meaning(current));
      }),
      { numRuns: 300 },
    );
  });
});
