import { displayName } from '@nest-alembic/core';
import type { CheckResult } from '@nest-alembic/core';
import type { Entities } from './compare-schemas.fixture.js';
import {
  type Beginning,
  type MigratedDatabase,
  withMigrated,
} from './migrated-database.fixture.js';

/** One row of the diff corpus: a state of the database, a model, and what autogenerate has to find. */
export interface CorpusRow extends Beginning {
  /** Id of the row, and what it is about. */
  readonly row: string;
  /** What somebody does to the database after the first revision. */
  readonly byHand?: string;
  /** What the server then refuses to do, or not wholly. */
  readonly fails?: string;
  /** What somebody does after that. */
  readonly thenByHand?: string;
  /** The model that is compared. @default the entities of the first revision */
  readonly becomes?: Entities;
  /** The operations in words, in their order. @default none */
  readonly changes?: readonly string[];
  /** Ids of what is asked before anything is written. @default none */
  readonly asked?: readonly string[];
  /** What is asked stays open whatever is allowed: nothing is written. @default false */
  readonly refused?: boolean;
  /** What is left alone, as `index t.by_hand`. @default none */
  readonly untouched?: readonly string[];
  /** A query whose one value after all tells that the right thing was done, and that value. */
  readonly afterwards?: readonly [sql: string, value: string];
}

/** Compares as the row says, then applies what was found: after that there is nothing to find. */
export async function expectRow(row: CorpusRow): Promise<void> {
  await withMigrated(row, async (database) => {
    await doByHand(database, row);
    const found = await database.check(row.becomes);
    expect(summaryOf(found)).toEqual({
      changes: row.changes ?? [],
      untouched: row.untouched ?? [],
      unverified: false,
    });
    expect(await database.questions(row.becomes)).toEqual(row.asked ?? []);
    await expectConvergence(database, row);
    if (row.afterwards) expect(await database.valueOf(row.afterwards[0])).toBe(row.afterwards[1]);
  });
}

async function doByHand(database: MigratedDatabase, row: CorpusRow): Promise<void> {
  await database.byHand(row.byHand);
  if (row.fails) await expect(database.byHand(row.fails)).rejects.toThrow();
  await database.byHand(row.thenByHand);
}

async function expectConvergence(database: MigratedDatabase, row: CorpusRow): Promise<void> {
  const file = await database.autogenerate(row.becomes);
  expect(file === undefined).toBe(row.refused ?? (row.changes ?? []).length === 0);
  if (file === undefined) return;
  expect(summaryOf(await database.check(row.becomes)).changes).toEqual([]);
}

function summaryOf({ changes, diff }: CheckResult) {
  const untouched = diff.untouched.map(
    ({ kind, schema, table, name }) =>
      `${kind} ${displayName({ schema, name: table === undefined ? name : `${table}.${name}` })}`,
  );
  return { changes, untouched, unverified: diff.unverified };
}
