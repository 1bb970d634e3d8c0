import { readFileSync, rmSync, writeFileSync } from 'node:fs';
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
          code: 'E6003',
          message: expect.stringMatching(item.refusal ?? /no refusal/),
        });
        rmSync(file);
      }
      expect(file === undefined).toBe(item.question !== undefined);
      expect(await bench.state()).toEqual(before);
    },
  );

  it('DL-30: a column that must not be null comes in steps, with a place for the value', async () => {
    const item = REFUSED_CASES.find(({ id }) => id === 'DL-30');
    if (!item) throw new Error('the case is gone');
    const schema = await bench.fingerprint();
    const migrator = bench.migratorTo(item);
    const { file = '' } = await migrator.revision({ autogenerate: true, revisionId: 'steps' });
    const text = readFileSync(file, 'utf8');
    const place = /SET "c" = NULL (?=WHERE "c" IS NULL -- instead of NULL)/;
    expect(text).toMatch(place);
    writeFileSync(file, text.replace(place, 'SET "c" = 42 '));
    await migrator.upgrade('head');
    const { rows } = await bench.connection.query('SELECT c FROM dl_30');
    expect(rows).toEqual([{ c: '42' }]);
    expect((await migrator.check()).changes).toEqual([]);
    await migrator.downgrade('-1');
    rmSync(file);
    expect(await bench.fingerprint()).toEqual(schema);
  });
});
