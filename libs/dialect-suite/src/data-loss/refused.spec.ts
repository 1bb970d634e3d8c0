import { rmSync } from 'node:fs';
import { DataLossBench } from './data-loss-bench.js';
import { REFUSED_CASES } from './refused-cases.js';

jest.setTimeout(60_000);

describe('changes of entities that are not made', () => {
  let bench: DataLossBench;
  let before: readonly string[];

  beforeAll(async () => {
    bench = await DataLossBench.open(REFUSED_CASES);
    before = await bench.state();
  });
  afterAll(() => bench?.close());

  it.each(REFUSED_CASES.map((item, place) => [item.id, item.change, item, place] as const))(
    '%s: %s, and nothing is lost',
    async (_, __, item, place) => {
      const migrator = bench.migratorTo(item);
      const request = { autogenerate: true, allowDestructive: true, revisionId: `c${place}` };
      const { file, questions } = await migrator.revision(request);
      expect(questions.map(({ id }) => id)).toEqual(
        item.question === undefined ? [] : [item.question],
      );
      if (file !== undefined) {
        await expect(migrator.upgrade('head')).rejects.toMatchObject({
          code: 'E6003',
          message: expect.stringMatching(item.refusal ?? /no refusal/),
        });
        rmSync(file);
      }
      expect(file === undefined).toBe(item.question !== undefined);
      expect(await bench.state()).toEqual(before);
    },
  );
});
