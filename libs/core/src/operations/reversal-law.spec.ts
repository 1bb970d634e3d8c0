import * as fc from 'fast-check';
import type { SchemaModel, Table } from '../schema/schema-model.js';
import { arbWholeSchema } from '../schema/server-objects.fixture.js';
import { operationsIn } from './batch-operations.js';
import {
  applyOperation,
  OPERATION_KINDS,
  reverseOperation,
  writtenForm,
} from './operation-definitions.js';
import type { Operation, OperationKind } from './operation.js';
import { arbOperationOf } from './operation.fixture.js';

const irreversible: readonly OperationKind[] = [
  'execute',
  'bulkInsert',
  'validateConstraint',
  'attachIndex',
];
const maySetTheSame: readonly OperationKind[] = [
  'alterColumn',
  'alterEnum',
  'setTableStorage',
  'alterSequence',
  'setTableComment',
  'alterExtension',
  'alterDomain',
  'createRoutine',
  'alterPolicy',
  'refreshView',
  'setComment',
  'alterConstraint',
  'batchAlterTable',
];
const reversible = OPERATION_KINDS.filter((kind) => !irreversible.includes(kind));

/** A model with an operation of one kind that is possible on it. */
function arbCase(kind: OperationKind): fc.Arbitrary<readonly [SchemaModel, Operation]> {
  return arbWholeSchema
    .filter((model) => arbOperationOf(kind, model) !== undefined)
    .chain((model) =>
      fc.tuple(fc.constant(model), arbOperationOf(kind, model) ?? fc.constant(never())),
    );
}

function never(): never {
  throw new Error('filtered out above');
}

/** No server can put a part back between others, so the order within a table is not compared. */
function withSortedParts(model: SchemaModel): SchemaModel {
  const sorted = <T>(parts: readonly T[]): readonly T[] =>
    parts.toSorted((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
  const inTable = (table: Table): Table => ({
    ...table,
    columns: sorted(table.columns),
    foreignKeys: sorted(table.foreignKeys),
    uniques: sorted(table.uniques),
    checks: sorted(table.checks),
    exclusions: sorted(table.exclusions),
    indexes: sorted(table.indexes),
  });
  return { ...model, tables: model.tables.map(inTable) };
}

describe('law 3: what an operation does, its reverse undoes', () => {
  it.each(reversible)('apply(reverse(o), apply(o, s)) equals s for %s', (kind) => {
    fc.assert(
      fc.property(arbCase(kind), ([model, operation]) => {
        const reversed = reverseOperation(operation);
        if (reversed === undefined) return;
        const back = applyOperation(reversed, applyOperation(operation, model));
        const isDrop = operationsIn(operation).some(({ kind }) => kind.startsWith('drop'));
        const same = isDrop ? withSortedParts : (m: SchemaModel) => m;
        expect(same(back)).toStrictEqual(same(model));
      }),
      { numRuns: 100 },
    );
  });

  it.each(reversible.filter((kind) => !maySetTheSame.includes(kind)))(
    '%s changes the model',
    (kind) => {
      fc.assert(
        fc.property(arbCase(kind), ([model, operation]) => {
          expect(applyOperation(operation, model)).not.toEqual(model);
        }),
        { numRuns: 20 },
      );
    },
  );

  it.each(reversible)('the reverse of the reverse of %s does the same', (kind) => {
    fc.assert(
      fc.property(arbCase(kind), ([model, operation]) => {
        const reversed = reverseOperation(operation);
        const again = reversed && reverseOperation(reversed);
        if (again === undefined) return;
        expect(applyOperation(again, model)).toStrictEqual(applyOperation(operation, model));
      }),
      { numRuns: 20 },
    );
  });

  it.each(OPERATION_KINDS)('the written form of %s is its own written form', (kind) => {
    fc.assert(
      fc.property(arbCase(kind), ([, operation]) => {
        const written = writtenForm(operation);
        expect(written.flatMap(writtenForm)).toStrictEqual(written);
      }),
      { numRuns: 20 },
    );
  });
});
