import * as fc from 'fast-check';
import type { EntitySchema } from 'typeorm';
import {
  arbDraft,
  entitiesOf,
  type EntityDraft,
  namesOf,
  type SetParts,
} from './entity-sets.fixture.js';

const SQLITE: SetParts = {
  types: [
    [{ type: 'int' }, [0, -3, () => '1 + 1']],
    [{ type: 'bigint' }, ['12']],
    [{ type: 'real' }, [1.5]],
    [{ type: 'decimal', precision: 10, scale: 2 }, [0.5, '10.50']],
    [{ type: 'text' }, ['', 'App::Model', () => "'x' || 'y'"]],
    [{ type: 'text', collation: 'NOCASE' }, ['x']],
    [{ type: 'varchar', length: 40 }, ['plain', 'ünïcödé 🙂']],
    [{ type: 'boolean' }, [true, false]],
    [{ type: 'datetime' }, [() => 'CURRENT_TIMESTAMP']],
    [{ type: 'date' }, ['2020-01-01']],
    [{ type: 'blob' }, [() => 'randomblob(4)']],
    [{ type: 'simple-json' }, ['{}']],
    [{ type: 'simple-array' }, ['']],
    [{ type: 'simple-enum', enum: ['low', 'High', 'very, high'] }, ['low', 'High']],
    [{ type: 'simple-enum', enum: ['low', 'High'] }, ['low']],
  ],
  keys: [
    { type: Number, primary: true, generated: 'increment' },
    { type: 'varchar', primary: true, generated: 'uuid' },
    { type: 'varchar', length: 20, primary: true },
    { type: 'int', primary: true },
  ],
  schemas: [undefined],
};

/** What a set of entities is, and what it becomes. */
export interface EditedSet {
  readonly before: readonly EntitySchema[];
  readonly after: readonly EntitySchema[];
}

/**
 * Sets of entities before and after edits: columns that come, go, or get another default and become nullable, enums with other values,
 * relations, indexes, checks and unique constraints that come and go, and entities at the end.
 */
export const arbEditedSet: fc.Arbitrary<EditedSet> = fc
  .record({ count: fc.integer({ min: 1, max: 5 }), more: fc.integer({ min: -1, max: 1 }) })
  .chain(({ count, more }) => {
    const names = namesOf(count);
    const left = Math.max(1, count + more);
    const targets = namesOf(Math.min(count, left));
    return fc
      .record({
        drafts: fc.array(arbDraft(targets, SQLITE), { minLength: left, maxLength: left }),
        last: fc.array(arbDraft(names, SQLITE), { minLength: count, maxLength: count }),
        edits: fc.array(fc.subarray(['columns', 'relations', 'indexed', 'parts']), {
          minLength: left,
          maxLength: left,
        }),
      })
      .map(({ drafts, last, edits }) => ({
        before: entitiesOf(last.map(settled)),
        after: entitiesOf(
          drafts.map((draft, place) => settled(edited(last[place], draft, edits[place] ?? []))),
        ),
      }));
  });

/**
 * A unique constraint and a unique index on the same columns count as one, so that neither makes room for the other; and a name
 * of a column that goes is not given to another one, which is asked about.
 */
const settled = (draft: EntityDraft): EntityDraft => ({
  ...draft,
  columns: draft.columns.map(
    (column, place) => column && { ...column, ...(column.name && { name: `Name ${place}` }) },
  ),
  parts: draft.parts.filter((part) => part !== 'unique'),
});

/** What is not edited stays, but for relations to what is not there any more. */
function edited(
  before: EntityDraft | undefined,
  after: EntityDraft,
  edits: readonly string[],
): EntityDraft {
  if (before === undefined) return after;
  return {
    ...before,
    relations: after.relations,
    ...(edits.includes('columns') && { columns: editedColumns(before.columns, after.columns) }),
    ...(edits.includes('indexed') && { indexed: after.indexed }),
    ...(edits.includes('parts') && { parts: after.parts }),
  };
}

type Columns = EntityDraft['columns'];

/** A column whose type would change goes, and another one comes: what becomes of its values is asked elsewhere. */
function editedColumns(before: Columns, after: Columns): Columns {
  const stay = before.map((old, place) => {
    const now = after[place];
    const isSameType =
      now !== undefined &&
      old?.type === now.type &&
      old.length === now.length &&
      old.collation === now.collation;
    return isSameType
      ? { ...now, nullable: true, ...(old.name !== undefined && { name: old.name }) }
      : undefined;
  });
  const come = after.filter((_, place) => stay[place] === undefined);
  return [...stay, ...come.map((column) => column && { ...column, nullable: true })];
}
