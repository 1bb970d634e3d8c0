import type { Operation } from '@nest-alembic/core';
import { propertyRuns } from '@nest-alembic/testing';
import * as fc from 'fast-check';
import type { Workbench } from '../workbench.js';
import { arbPair } from './arb-mutation.js';
import type { DrawnDialect } from './drawn-dialect.js';
import { DRAWN_DIALECTS } from './drawn-dialects.js';
import { differenceFrom, PropertyBench } from './property-bench.js';
import type { SameColumn } from './property-rows.js';
import { insertRows, unaffectedColumns, valuesIn } from './property-rows.js';

jest.setTimeout(6 * 3_600_000);

/** What making a schema costs is another thing on each database. */
const PR_RUNS = { postgres: 60, sqlite: 25, mariadb: 12 } as const;

describe.each(DRAWN_DIALECTS.map((drawn) => [drawn.tested.name, drawn] as const))(
  'on %s',
  (name, drawn) => {
    const pool = new PropertyBench(drawn.tested);
    afterAll(() => pool.close());

    it('Q6: rows keep what they hold in columns that do not change, also when the data refuses a change', async () => {
      const runs = propertyRuns(`Q6 on ${name}`, { pr: PR_RUNS[name], nightly: 2_000 });
      let seen = 0;
      await fc.assert(
        fc.asyncProperty(arbPair(drawn), async ({ current, target }) => {
          const bench = await pool.make(current);
          await insertRows(bench, drawn, current);
          const shared = unaffectedColumns(current, target);
          const before = await valuesOf(bench, drawn, shared);
          const { operations, questions } = await differenceFrom(bench, current, { target });
          if (questions.length > 0) return;
          const isDone = await runWhole(bench, drawn, operations);
          expect(await valuesOf(bench, drawn, shared)).toEqual(before);
          if (isDone) seen += shared.length;
        }),
        runs,
      );
      // Columns that were looked at behind a change.
      expect(seen).toBeGreaterThan(runs.numRuns);
    });
  },
);

/**
 * What the columns hold, wherever they are: a change that is refused halfway leaves some at their new place where the database
 * commits every statement.
 */
async function valuesOf(bench: Workbench, drawn: DrawnDialect, columns: readonly SameColumn[]) {
  const values: (readonly string[])[] = [];
  for (const { current, target } of columns) {
    const found = await valuesIn(bench, drawn, target).catch(() => valuesIn(bench, drawn, current));
    values.push(found);
  }
  return values;
}

/** In one transaction where there are some, as a revision is run, unless a label of an enum is new. False where the rows refuse it. */
async function runWhole(
  bench: Workbench,
  drawn: DrawnDialect,
  operations: readonly Operation[],
): Promise<boolean> {
  const labels = operations.filter(({ kind }) => kind === 'alterEnum');
  await bench.run(labels);
  try {
    await bench.runInTransaction(operations.filter(({ kind }) => kind !== 'alterEnum'));
    return true;
  } catch (error) {
    if (causesOf(error).some((one) => drawn.isOfRows(one))) return false;
    throw error;
  }
}

function causesOf(error: unknown): readonly unknown[] {
  return error instanceof Error || (typeof error === 'object' && error !== null)
    ? [error, ...causesOf((error as { cause?: unknown }).cause)]
    : [];
}
