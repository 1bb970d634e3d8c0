import type { Operation } from '@nest-alembic/core';
import { propertyRuns } from '@nest-alembic/testing';
import * as fc from 'fast-check';
import type { Workbench } from '../workbench.js';
import { arbPair } from './arb-mutation.js';
import { differenceFrom, PropertyBench } from './property-bench.js';
import { checksumsOf, insertRows, unaffectedColumns } from './property-rows.js';

jest.setTimeout(6 * 3_600_000);

const pool = new PropertyBench();
afterAll(() => pool.close());

it('Q6: rows keep what they hold in columns that do not change, also when the data refuses a change', async () => {
  const runs = propertyRuns('Q6', { pr: 60, nightly: 2_000 });
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(arbPair, async ({ current, target }) => {
      const bench = await pool.make(current);
      await insertRows(bench, current);
      const shared = unaffectedColumns(current, target);
      const before = await checksumsOf(
        bench,
        shared.map((column) => column.before),
      );
      const { operations, questions } = await differenceFrom(bench, current, { target });
      if (questions.length > 0) return;
      const isDone = await runWhole(bench, operations);
      const places = shared.map((column) => (isDone ? column.after : column.before));
      expect(await checksumsOf(bench, places)).toEqual(before);
      if (isDone) seen += shared.length;
    }),
    runs,
  );
  // Columns that were looked at behind a change.
  expect(seen).toBeGreaterThan(runs.numRuns);
});

/** In one transaction, as a revision is run, unless a label of an enum is new. False where the rows refuse it. */
async function runWhole(bench: Workbench, operations: readonly Operation[]): Promise<boolean> {
  if (operations.some(({ kind }) => kind === 'alterEnum')) {
    await bench.run(operations.filter(({ kind }) => kind === 'alterEnum'));
    return runWhole(
      bench,
      operations.filter(({ kind }) => kind !== 'alterEnum'),
    );
  }
  await bench.connection.query('BEGIN');
  try {
    await bench.run(operations);
    await bench.connection.query('COMMIT');
    return true;
  } catch (error) {
    await bench.connection.query('ROLLBACK');
    if (/^(22|23)/.test(String((error as { code?: unknown }).code))) return false;
    throw error;
  }
}
