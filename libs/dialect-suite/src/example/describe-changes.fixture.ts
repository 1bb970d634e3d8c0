import { reverseAll, writtenForm } from '@nest-alembic/core';
import { runRevisionText } from '../run-rendered.js';
import { POSTGRES } from '../tested-dialects.js';
import { ChangeStory } from './change-story.fixture.js';
import { together } from './example-change.js';
import type { ExampleChange } from './example-change.js';
import { FIRST } from './migrated-example.js';
import type { MigratedExample } from './migrated-example.js';

/** Checks the laws for changes of the example's model, on a database that has rows; each list is one revision. */
export function describeChanges(
  changes: readonly (readonly ExampleChange[])[],
  example: () => MigratedExample,
): void {
  describe.each(
    changes.map(together).map((change, place) => [change.name, change, place] as const),
  )('%s', (_, change, place) => checkChange(change, { place, example }));
}

function checkChange(
  change: ExampleChange,
  { place, example }: { readonly place: number; example(this: void): MigratedExample },
): void {
  const id = `c${place}`;
  let story: ChangeStory;
  let found: readonly string[];
  let isAsBefore = false;
  beforeAll(async () => {
    story = await ChangeStory.begin(change, example());
  });
  afterAll(() => story?.end({ isAsBefore }));

  it('law 4: the file makes the operations that were found', async () => {
    const { diff, changes } = await story.migrator.check();
    const { operations } = diff;
    found = [...changes].sort();
    const run = await runRevisionText(await story.writeChange(id), POSTGRES.dialect);
    expect(run.upgrade).toEqual(operations.flatMap(writtenForm));
    expect(run.downgrade).toEqual(reverseAll(operations).operations.flatMap(writtenForm));
  });

  it('law 1: it leads to the schema that is made at once, leaves nothing to find and keeps the rows', async () => {
    await story.migrator.upgrade('head');
    await story.expectTarget({ withDump: true });
    expect(await story.bench.versionRows()).toEqual([id]);
    const { upToDate, changes } = await story.migrator.check();
    expect({ upToDate, changes }).toEqual({ upToDate: true, changes: [] });
  });

  if (change.noWayBack !== undefined) {
    it(`law 2: the way back is refused, and nothing changes (${change.noWayBack})`, async () => {
      await expect(story.migrator.downgrade('-1')).rejects.toMatchObject({ code: 'E6003' });
      await story.expectTarget({ withDump: true });
      expect(await story.bench.versionRows()).toEqual([id]);
    });
    return;
  }

  it('law 2: the way back leads to the schema that was, and keeps the rows', async () => {
    await story.migrator.downgrade('-1');
    await story.expectOrigin({ withDump: true });
    expect(await story.bench.versionRows()).toEqual([FIRST]);
  });

  it('law 5: the scripts lead there and back', async () => {
    const there = await story.migrator.upgrade(`${FIRST}:${id}`, { sql: true });
    await POSTGRES.runScript(story.bench.database, there.sql ?? '');
    await story.expectTarget({ withDump: false });
    const back = await story.migrator.downgrade(`${id}:${FIRST}`, { sql: true });
    await POSTGRES.runScript(story.bench.database, back.sql ?? '');
    await story.expectOrigin({ withDump: false });
    expect(await story.bench.versionRows()).toEqual([FIRST]);
  });

  it('law 2: the way back keeps the memory: without the file the same is found again', async () => {
    story.discardFiles();
    expect([...(await story.migrator.check()).changes].sort()).toEqual(found);
    isAsBefore = change.movesColumns !== true;
  });
}
