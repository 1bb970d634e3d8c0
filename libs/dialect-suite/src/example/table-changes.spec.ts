import { ChangeStory } from './change-story.fixture.js';
import { FIRST, migratedExample } from './migrated-example.js';
import type { MigratedExample } from './migrated-example.js';
import { fillAgain } from './example-rows.js';
import { displayNameOf, EXAMPLE_OBJECTS, TABLE_CHANGES } from './table-changes.js';

jest.setTimeout(60_000);

let example: MigratedExample;
beforeAll(async () => {
  example = await migratedExample();
});
afterAll(() => example.remove());

it('every table and view of the example is there', () => {
  const { tables, views } = example.model;
  expect([...tables, ...views].map(displayNameOf).sort()).toEqual(EXAMPLE_OBJECTS);
});

it('every table has rows, in which no value is missing', () => {
  for (const [table, rows] of example.rows) {
    expect([table, rows.length]).not.toEqual([table, 0]);
    expect([table, rows.flatMap((row) => Object.values(row))]).not.toEqual([
      table,
      expect.arrayContaining([null]),
    ]);
  }
});

it('DL-44, PG-G1: under another name of the database nothing is different', async () => {
  const bench = await example.borrow();
  expect((await bench.migrator(example.folder).check()).changes).toEqual([]);
  example.giveBack(bench);
});

it.each(TABLE_CHANGES.map((change, place) => [change.name, change, place] as const))(
  'laws 1 and 2: %s, with it again, and back',
  async (_, change, place) => {
    const story = await ChangeStory.begin(change, example);
    const judges = { withDump: false };
    let isAsBefore = false;
    try {
      await story.writeChange(`c${place}`);
      await story.migrator.upgrade('head');
      await story.expectTarget(judges);
      expect((await story.migrator.check()).changes).toEqual([]);
      await story.writeReturn(`d${place}`);
      await story.migrator.upgrade('head');
      await story.expectOrigin(judges);
      await story.migrator.downgrade(FIRST);
      await story.expectOrigin(judges);
      await fillAgain(story.bench.connection, example.model);
      isAsBefore = true;
    } finally {
      await story.end({ isAsBefore });
    }
  },
);
