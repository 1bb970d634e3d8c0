import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DataLossBench } from './data-loss-bench.js';
import type { LossDialect } from './loss-dialect.js';
import type { RefusedCase } from './refused-cases.js';

/** A suite of changes that are not made. */
export interface RefusedSuite {
  readonly loss: LossDialect;
  readonly cases: readonly RefusedCase[];
  /** What DL-30 begins with, and ends with. */
  readonly steps: RefusedCase;
  /** The code of what the database refuses. @default E6003 */
  readonly codeOf?: (item: RefusedCase) => string;
}

/** Checks that nothing is lost by trying; where statements are committed one by one, in a database for each. */
export function describeRefused({ loss, cases, steps, codeOf }: RefusedSuite): void {
  const { transactionalDdl } = loss.tested.dialect.capabilities;
  const groups = transactionalDdl ? [cases] : cases.map((item) => [item]);

  describe.each(groups.map((group, place) => [place, group] as const))(
    `changes of entities that are not made, on ${loss.tested.name}, %i`,
    (_, group) => {
      let bench: DataLossBench;
      let before: readonly string[];

      beforeAll(async () => {
        bench = await DataLossBench.open(group, loss);
        before = await bench.state();
      });
      afterAll(() => bench?.close());

      it.each(group.map((item, place) => [item.id, item.change, item, place] as const))(
        '%s: %s, and nothing is lost',
        async (__, ___, item, place) => {
          const migrator = bench.migratorTo(item);
          const request = { autogenerate: true, allowDestructive: true, revisionId: `c${place}` };
          const { file, questions, rowsInTheWay = [] } = await migrator.revision(request);
          expect(questions.map(({ id }) => id)).toEqual(
            item.question === undefined ? [] : [item.question],
          );
          const told = rowsInTheWay.map(({ text, rows }) => `${text} (${rows})`);
          expect(told).toEqual(
            item.inTheWay === undefined ? [] : [expect.stringContaining(item.inTheWay)],
          );
          if (file !== undefined) {
            await expect(migrator.upgrade('head')).rejects.toMatchObject({
              code: codeOf?.(item) ?? 'E6003',
              message: expect.stringMatching(item.refusal ?? /no refusal/),
            });
            rmSync(file);
          }
          expect(file === undefined).toBe(item.question !== undefined);
          expect(await bench.state()).toEqual(before);
        },
      );
    },
  );

  it(`DL-30: a column that must not be null comes in steps, with a place for the value, on ${loss.tested.name}`, async () => {
    const bench = await DataLossBench.open([steps], loss);
    try {
      const schema = await bench.fingerprint();
      const migrator = bench.migratorTo(steps);
      const { file = '' } = await migrator.revision({ autogenerate: true, revisionId: 'steps' });
      const text = readFileSync(file, 'utf8');
      const place = /SET (.{0,2}c.{0,2}) = NULL (?=WHERE .{0,2}c.{0,2} IS NULL -- instead of NULL)/;
      expect(text).toMatch(place);
      writeFileSync(file, text.replace(place, 'SET $1 = 42 '));
      await migrator.upgrade('head');
      const { rows } = await bench.connection.query('SELECT c FROM dl_30');
      expect(rows).toEqual([{ c: '42' }]);
      expect((await migrator.check()).changes).toEqual([]);
      await migrator.downgrade('-1');
      expect(await bench.fingerprint()).toEqual(schema);
    } finally {
      await bench.close();
    }
  });
}
