import { CompareBench } from './compare-bench.js';
import type { CompareCase } from './compare-case.js';

/** Tells for each case what is found, that it can be run, and that nothing is left to find. */
export function describeComparisons(title: string, cases: readonly CompareCase[]): void {
  describe(title, () => {
    let bench: CompareBench;
    beforeAll(async () => {
      bench = await CompareBench.open();
    });
    afterAll(() => bench.close());

    it.each(cases.map((one) => [one.name, one] as const))(
      '%s',
      async (_, { before, byHand, after, options, finds }) => {
        await bench.make(before);
        if (byHand !== undefined) await bench.sql(byHand);
        const { changes, diff } = await bench.check(after, options);
        expect(diff.unverified).toBe(false);
        expect(changes).toEqual(finds);
        if (finds.length === 0) return;
        await bench.run(diff.operations);
        expect(await bench.check(after, options)).toMatchObject({ upToDate: true, changes: [] });
      },
    );
  });
}
