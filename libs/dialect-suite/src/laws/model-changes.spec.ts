import { reverseAll } from '@nest-alembic/core';
import { withEntityMarks } from '../entity-marks.js';
import { runRendered } from '../run-rendered.js';
import { TESTED_DIALECTS } from '../tested-dialects.js';
import { Workbench } from '../workbench.js';
import { foundChanges } from './found-changes.js';
import { dependantChanges, keyChanges, keyIndexChanges, renameChanges } from './model-changes.js';
import type { ModelChange } from './model-changes.js';
import { tongueOf } from './tongue.js';
import type { Tongue } from './tongue.js';

const changesIn = (tongue: Tongue): readonly ModelChange[] => [
  ...keyChanges(tongue),
  ...keyIndexChanges(),
  ...renameChanges(tongue),
  ...dependantChanges(tongue),
  ...foundChanges(tongue),
];

describe.each(TESTED_DIALECTS.map((tested) => [tested.name, tested] as const))(
  'what autogenerate writes for a change of the model, on %s',
  (_, tested) => {
    const changes = changesIn(tongueOf(tested));
    let bench: Workbench;
    beforeAll(async () => {
      bench = await Workbench.open(tested);
    });
    afterAll(() => bench.close());

    const canHave = ({ before, after }: ModelChange): boolean =>
      [before, after].every(({ enums, schemas }) => {
        const { enumTypes, schemas: hasSchemas } = tested.dialect.capabilities;
        return (enumTypes || enums.length === 0) && (hasSchemas || schemas.length === 0);
      });
    const others = changes.filter((change) => !canHave(change));
    if (others.length > 0)
      it.each(others.map((change) => [change.name, change] as const))(
        'is refused where the database has no enums or schemas: %s',
        async (__, { after, before }) => {
          const makeBoth = async () => {
            await bench.make(before);
            await bench.make(after);
          };
          await expect(makeBoth()).rejects.toMatchObject({ code: 'E3012' });
        },
      );

    it.each(changes.filter(canHave).map((change) => [change.name, change] as const))(
      'leads there, leaves no difference, and leads back: %s',
      async (__, change) => {
        const before = withEntityMarks(change.before);
        const target = withEntityMarks(change.after);
        await bench.make(target);
        const expected = await bench.fingerprint({ columnOrder: false });
        await bench.make(before);
        const original = await bench.fingerprint({ columnOrder: false });
        const found = await bench.diff({ before, applied: [], target });
        expect(found.questions).toEqual([]);
        // As the file says it: what an operation carries for its way back is not in there.
        const { upgrade, downgrade = [] } = await runRendered(found.operations, tested.dialect);
        await bench.run(upgrade);
        expect(await bench.fingerprint({ columnOrder: false })).toEqual(expected);
        const left = await bench.diff({ before, applied: upgrade, target });
        expect(left).toMatchObject({ operations: [], questions: [], unverified: false });
        expect(reverseAll(found.operations).irreversible).toEqual([]);
        await bench.run(downgrade);
        expect(await bench.fingerprint({ columnOrder: false })).toEqual(original);
      },
    );
  },
);
