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
import type { Operation } from '@nest-alembic/core';
import { propertyRuns } from '@nest-alembic/testing';
import * as fc from 'fast-check';
import { differences } from '../differences.js';
import { runRendered } from '../run-rendered.js';
import { POSTGRES } from '../tested-dialects.js';
import type { Judgement, Workbench } from '../workbench.js';
import { arbPair } from './arb-mutation.js';
import type { SchemaPair } from './arb-mutation.js';
import { arbSchema } from './arb-schema.js';
import { differenceFrom, PropertyBench } from './property-bench.js';

jest.setTimeout(6 * 3_600_000);

const first = new PropertyBench();
const second = new PropertyBench();
afterAll(async () => {
  await first.close();
  await second.close();
});

const words = (operations: Parameters<typeof describeOperation>[0][]): readonly string[] =>
  operations.map((operation) => describeOperation(operation));

it('Q1, Q2: a schema that was made is read back without a difference', async () => {
  const runs = propertyRuns('Q1, Q2', { pr: 150, nightly: 5_000 });
  await fc.assert(
    fc.asyncProperty(arbSchema, async (model) => {
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
  const runs = propertyRuns('Q3, Q4, Q5, Q15', { pr: 100, nightly: 3_000 });
  let asked = 0;
  let count = 0;
  await fc.assert(
    fc.asyncProperty(arbPair, async ({ current, target }) => {
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
      if (back.irreversible.length > 0) return;
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

/** Starting `pg_dump` takes longer than all else: in a pull request it judges every fifth pair only. */
function judgeOf(count: number): (bench: Workbench) => Promise<Judgement> {
  const options = { columnOrder: false };
  if (process.env['PROPERTY_SIZES'] === 'nightly' || count % 5 === 0)
    return (bench) => bench.judge(options);
  return async (bench) => ({ fingerprint: await bench.fingerprint(options), dump: undefined });
}

/** Files of several changes: most of the time goes into reading TypeScript. */
const PER_FILE = 5;

it('Q7: a rendered revision makes the same operations', async () => {
  const { numRuns, ...runs } = propertyRuns('Q7', { pr: 200, nightly: 10_000 });
  const arbPairs = fc.array(arbPair, { minLength: PER_FILE, maxLength: PER_FILE });
  await fc.assert(
    fc.asyncProperty(arbPairs, async (pairs) => {
      const operations = pairs.flatMap(operationsOf);
      const { upgrade, downgrade } = await runRendered(operations, dialect);
      expect(sqlOf(upgrade)).toEqual(sqlOf(operations.flatMap(writtenForm)));
      const back = reverseAll(operations);
      if (back.irreversible.length === 0)
        expect(sqlOf(downgrade ?? [])).toEqual(sqlOf(back.operations.flatMap(writtenForm)));
    }),
    { ...runs, numRuns: Math.ceil(numRuns / PER_FILE) },
  );
});

const { dialect } = POSTGRES;
const sqlOf = (operations: readonly Operation[]): readonly string[] =>
  operations.flatMap((operation) => dialect.compile(operation));

/** What makes the first schema, and then the second of it. */
function operationsOf({ current, target }: SchemaPair): readonly Operation[] {
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
