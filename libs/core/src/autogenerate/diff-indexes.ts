import type { ObjectName } from '../schema/object-name.js';
import type { Column, Index, UniqueConstraint } from '../schema/schema-model.js';
import { hasTwinConstraint } from './diff-constraints.js';
import {
  type DiffContext,
  type DiffPart,
  dropWhenManaged,
  joinParts,
  operationsPart,
} from './diff-part.js';
import { type Matches, matchObjects } from './match-objects.js';
import { sameData } from './same-data.js';
import { shapeKey } from './shape-key.js';

/** The indexes of a table or materialized view on both sides, and the unique constraints beside them. */
export interface IndexSides {
  readonly table: ObjectName;
  readonly current: {
    readonly indexes: readonly Index[];
    readonly uniques: readonly UniqueConstraint[];
  };
  readonly target: {
    readonly indexes: readonly Index[];
    readonly uniques: readonly UniqueConstraint[];
    /** Absent for a view. */
    readonly columns?: readonly Column[];
  };
}

/** Indexes to create and to drop: matched by shape first, replaced where only the name is the same (design D7). */
export function diffIndexes(
  { table, current, target }: IndexSides,
  context: DiffContext,
): DiffPart {
  const matches = matchIndexes({ current, target });
  const created = matches.onlyTarget.filter((index) => !hasTwinConstraint(index, current.uniques));
  const dropped = matches.onlyCurrent.filter((index) => !hasTwinConstraint(index, target.uniques));
  return joinParts([
    ...dropped.map((index) => {
      const operation = { kind: 'dropIndex', table, name: index.name, dropped: index } as const;
      const isReplaced = created.some(({ name }) => name === index.name);
      if (isReplaced) return operationsPart(operation);
      const ref = { schema: table.schema, table: table.name, name: index.name };
      return dropWhenManaged(context, { kind: kindMadeAs(index, ref, context), ...ref }, operation);
    }),
    ...created.map((index) => operationsPart({ kind: 'createIndex', table, index })),
  ]);
}

const matchIndexes = ({ current, target }: Omit<IndexSides, 'table'>): Matches<Index> =>
  matchObjects(current.indexes, target.indexes, {
    nameOf: ({ name }) => name,
    sameShape: (left, right) => sameData(left, right, NOT_SHAPE),
    keys: [shapeOf, unlessStated(target)],
  });

/** The indexes that are the same on both sides, but perhaps for their names. */
export const indexPairs = (sides: IndexSides): Matches<Index>['pairs'] => matchIndexes(sides).pairs;

/** Where a unique constraint is its index (MySQL), the log may remember it as what the revision called it. */
function kindMadeAs(
  index: Index,
  ref: { readonly schema: string | null; readonly table: string; readonly name: string },
  { memory }: DiffContext,
): 'index' | 'unique' {
  if (!index.unique || memory.of({ kind: 'index', ...ref }).state !== 'foreign') return 'index';
  return memory.of({ kind: 'unique', ...ref }).state === 'foreign' ? 'index' : 'unique';
}

const NOT_SHAPE: ReadonlySet<string> = new Set([
  'name',
  'entity',
  'storage',
  'tablespace',
  'comment',
]);

const exactKey = (index: Index): string => shapeKey([index.name, shapeOf(index)]);

function shapeOf({ name, entity, storage, tablespace, comment, ...shape }: Index): string {
  return shapeKey(shape);
}

/**
 * An index of the same name over the same columns, where the model does not state a method or included columns: those of
 * the database stay, with its operator classes (PG-I1, PG-I2). Included columns stay as long as the table has them.
 */
function unlessStated({
  indexes,
  columns,
}: IndexSides['target']): (index: Index) => string | undefined {
  const silent = new Map(indexes.map((index) => [index.name, silenceOf(index)]));
  const names = columns && new Set(columns.map(({ name }) => name));
  const stays = (column: string): boolean => names?.has(column) ?? true;
  return (index) => {
    const { method, include } = silent.get(index.name) ?? {};
    const isKept = index.include?.every(stays) ?? true;
    if (!method && !(include && isKept)) return undefined;
    return exactKey({
      ...(method ? withoutMethod(index) : index),
      ...(include && isKept && { include: [] }),
    });
  };
}

interface Silence {
  readonly method: boolean;
  readonly include: boolean;
}

const silenceOf = ({ method, elements, include }: Index): Silence => ({
  method: !method && elements.every(({ opclass }) => !opclass),
  include: !include?.length,
});

function withoutMethod({ method, elements, ...index }: Index): Index {
  return { ...index, elements: elements.map(({ opclass, ...element }) => element) };
}
