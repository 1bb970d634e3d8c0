import type { Column } from '@nest-alembic/core';
import { ChangeStory } from './change-story.fixture.js';
import { FIXED_TYPES } from './column-changes.js';
import { eachColumn } from './edit-model.js';
import type { ModelEdit } from './edit-model.js';
import type { ExampleChange } from './example-change.js';
import { FIRST } from './migrated-example.js';
import type { MigratedExample } from './migrated-example.js';

/** Changes that the server refuses today (docs/KNOWN-LIMITS.md). What is listed and works has to leave the list. */
const LIMITS: readonly ExampleChange[] = [
  ...Object.entries(FIXED_TYPES).flatMap(([reason, columns]) =>
    columns.map((column) => ({
      name: `another type for ${column}, which is ${reason}`,
      edit: withType(column),
    })),
  ),
];

const REFUSALS = /used by a (view or rule|generated column)|operator does not exist/;

/** Checks that what the server refuses changes nothing. */
export function describeLimits(example: () => MigratedExample): void {
  it.each(LIMITS.map((change, place) => [change.name, change, place] as const))(
    '%s: is refused',
    async (_, change, place) => {
      const story = await ChangeStory.begin(change, example());
      let isAsBefore = false;
      try {
        await story.writeChange(`limit${place}`);
        await expect(story.migrator.upgrade('head')).rejects.toMatchObject({
          code: 'E6003',
          message: expect.stringMatching(REFUSALS),
        });
        expect(await story.bench.versionRows()).toEqual([FIRST]);
        isAsBefore = true;
      } finally {
        await story.end({ isAsBefore });
      }
    },
  );

  it('after all that was refused, nothing is different', async () => {
    const story = await ChangeStory.begin({ name: 'none', edit: (model) => model }, example());
    await story.expectOrigin({ withDump: true });
    await story.end({ isAsBefore: true });
  });
}

function withType(place: string): ModelEdit {
  return eachColumn((column, table) =>
    `${table.name}.${column.name}` === place ? { ...column, ...otherType(column) } : column,
  );
}

/** A type that the values of the column fit into. */
function otherType({ type, default: value }: Column): Pick<Column, 'type' | 'default'> {
  const other = {
    text: 'character varying(9000)',
    integer: 'bigint',
    bigint: 'integer',
  }[type];
  if (other !== undefined) return { type: other };
  return { type: 'text', ...(value !== undefined && { default: "'?'" }) };
}
