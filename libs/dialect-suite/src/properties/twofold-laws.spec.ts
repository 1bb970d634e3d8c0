import { reverseAll } from '@nest-alembic/core';
import { propertyRuns } from '@nest-alembic/testing';
import * as fc from 'fast-check';
import { POSTGRES } from '../tested-dialects.js';
import { withEntityMarks } from '../entity-marks.js';
import { Workbench } from '../workbench.js';
import { arbSchemaPair } from './schema-pair.fixture.js';

const HOURS = 8 * 3_600_000;

/**
 * What the differ or the server keeps under an earlier name counts only by what it is: keys and indexes (design D7), and the sequence
 * of a column that gets another name.
 */
const masked = (lines: readonly string[]): readonly string[] =>
  lines
    .map((line) =>
      line
        .replaceAll(/\b(pk|fk|uq|ck|ex|ix)_\d+_\d+/g, '$1')
        .replace(/^sequence (?:"(?:[^"]|"")*"|[^ "])+ (as .* by .*)$/, 'sequence $1')
        .replaceAll(/nextval\('(?:[^']|'')*'::regclass\)/g, 'nextval'),
    )
    .toSorted();

describe('laws of comparison on PostgreSQL', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await Workbench.open(POSTGRES);
  });
  afterAll(() => bench.close());

  const judged = async () => masked(await bench.fingerprint({ columnOrder: false }));

  it(
    'Q3, Q4, Q5: a difference of many objects at once leads there, leaves none, and leads back',
    async () => {
      let asked = 0;
      const runs = propertyRuns('Q3 (twofold)', { pr: 30, nightly: 1_500 });
      await fc.assert(
        fc.asyncProperty(arbSchemaPair, async (pair) => {
          const before = withEntityMarks(pair.before);
          const target = withEntityMarks(pair.after);
          await bench.make(target);
          const expected = await judged();
          await bench.make(before);
          const original = await judged();
          const found = await bench.diff({ before, applied: [], target });
          if (found.questions.length > 0) {
            // What no cast, or only a person, can do.
            asked += 1;
            return;
          }
          await bench.run(found.operations);
          expect(await judged()).toEqual(expected);
          const left = await bench.diff({ before, applied: found.operations, target });
          expect(left).toMatchObject({ operations: [], questions: [], unverified: false });
          const { operations, irreversible } = reverseAll(found.operations);
          // A generated column that got values of its own, and what is told so in the file.
          if (irreversible.length > 0) return;
          await bench.run(operations);
          expect(await judged()).toEqual(original);
        }),
        runs,
      );
      expect(asked).toBeLessThan(runs.numRuns / 2);
    },
    HOURS,
  );
});
