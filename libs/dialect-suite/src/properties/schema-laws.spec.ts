import {
  describeOperation,
  diffSchema,
  effectsOf,
  EMPTY_SCHEMA,
  NO_MEMORY,
  replayLog,
  reverseAll,
  writtenForm,
} from '@nest-alembic/core';
import type { Dialect, Operation, SchemaModel } from '@nest-alembic/core';
import { propertyRuns } from '@nest-alembic/testing';
import * as fc from 'fast-check';
import { differences } from '../differences.js';
import { runRendered } from '../run-rendered.js';
import type { Judgement, Workbench } from '../workbench.js';
import { arbPair } from './arb-mutation.js';
import type { SchemaPair } from './arb-mutation.js';
import { arbSchema } from './arb-schema.js';
import { DRAWN_DIALECTS } from './drawn-dialects.js';
import { differenceFrom, PropertyBench } from './property-bench.js';

jest.setTimeout(6 * 3_600_000);

/** What making a schema costs is another thing on each database. */
const PR_RUNS = {
  postgres: { made: 150, changed: 100, written: 200 },
  sqlite: { made: 40, changed: 25, written: 60 },
  mariadb: { made: 15, changed: 12, written: 60 },
} as const;
/** Files of several changes: most of the time goes into reading TypeScript. */
const PER_FILE = 5;

const words = (operations: Parameters<typeof describeOperation>[0][]): readonly string[] =>
  operations.map((operation) => describeOperation(operation));

describe.each(DRAWN_DIALECTS.map((drawn) => [drawn.tested.name, drawn] as const))(
  'on %s',
  (name, drawn) => {
    const { tested } = drawn;
    const first = new PropertyBench(tested);
    const second = new PropertyBench(tested);
    afterAll(async () => {
      await first.close();
      await second.close();
    });

    it('Q1, Q2: a schema that was made is read back without a difference', async () => {
      const runs = propertyRuns(`Q1, Q2 on ${name}`, {
        pr: PR_RUNS[name].made,
        nightly: 5_000,
      });
      await fc.assert(
        fc.asyncProperty(arbSchema(drawn), async (model) => {
          const bench = await first.make(model);
          const { operations, questions, untouched } = await differenceFrom(bench, model, {
            target: model,
          });
          expect({ operations: words([...operations]), questions, untouched }).toEqual({
            operations: [],
            questions: [],
            untouched: [],
          });
        }),
        runs,
      );
    });

    it('Q3, Q4, Q5, Q15: what autogenerate finds leads there, then there is no more, and back', async () => {
      const runs = propertyRuns(`Q3, Q4, Q5, Q15 on ${name}`, {
        pr: PR_RUNS[name].changed,
        nightly: 3_000,
      });
      let asked = 0;
      let count = 0;
      await fc.assert(
        fc.asyncProperty(arbPair(drawn), async ({ current, target }) => {
          const judge = judgeOf((count += 1));
          const wanted = await judge(await second.make(target));
          const bench = await first.make(current);
          const original = await judge(bench);
          const { operations, questions } = await differenceFrom(bench, current, { target });
          if (questions.length > 0) {
            asked += 1;
            return;
          }
          await bench.run(operations);
          const made = await judge(bench);
          expect(differences(wanted.fingerprint, made.fingerprint)).toEqual([]);
          expect(made.dump).toEqual(wanted.dump);
          const left = await differenceFrom(bench, current, { applied: operations, target });
          expect(words([...left.operations])).toEqual([]);
          const back = reverseAll(operations);
          if (back.irreversible.length > 0 || isUnderView(back.operations, target)) return;
          await bench.run(back.operations);
          const again = await judge(bench);
          expect(differences(original.fingerprint, again.fingerprint)).toEqual([]);
          expect(again.dump).toEqual(original.dump);
        }),
        runs,
      );
      // A law that mostly asks would prove nothing.
      expect(asked).toBeLessThan(runs.numRuns / 3 + 1);
    });

    it('Q7: a rendered revision makes the same operations', async () => {
      const { numRuns, ...runs } = propertyRuns(`Q7 on ${name}`, {
        pr: PR_RUNS[name].written,
        nightly: 10_000,
      });
      const arbPairs = fc.array(arbPair(drawn), { minLength: PER_FILE, maxLength: PER_FILE });
      await fc.assert(
        fc.asyncProperty(arbPairs, async (pairs) => {
          const operations = pairs.flatMap((pair) => operationsOf(pair, tested.dialect));
          const { upgrade, downgrade } = await runRendered(operations, tested.dialect);
          expect(upgrade).toEqual(operations.flatMap(writtenForm));
          const back = reverseAll(operations);
          if (back.irreversible.length === 0)
            expect(downgrade).toEqual(back.operations.flatMap(writtenForm));
        }),
        { ...runs, numRuns: Math.ceil(numRuns / PER_FILE) },
      );
    });
  },
);

/** Starting `pg_dump` takes longer than all else: in a pull request it judges every fifth pair only. */
function judgeOf(count: number): (bench: Workbench) => Promise<Judgement> {
  const options = { columnOrder: false };
  if (process.env['PROPERTY_SIZES'] === 'nightly' || count % 5 === 0)
    return (bench) => bench.judge(options);
  return async (bench) => ({ fingerprint: await bench.fingerprint(options), dump: undefined });
}

/** A view that reads an enum refuses that a label goes, which came with an upgrade (docs/KNOWN-LIMITS.md). */
const isUnderView = (operations: readonly Operation[], { views }: SchemaModel): boolean =>
  views.length > 0 && operations.some(({ kind }) => kind === 'alterEnum');

/** What makes the first schema, and then the second of it. */
function operationsOf({ current, target }: SchemaPair, dialect: Dialect): readonly Operation[] {
  const making = diffSchema({
    current: EMPTY_SCHEMA,
    target: current,
    memory: NO_MEMORY,
    dialect,
  });
  const memory = replayLog(making.operations.flatMap(effectsOf));
  const changing = diffSchema({ current, target, memory, dialect, allowDestructive: true });
  return [...making.operations, ...changing.operations];
}
