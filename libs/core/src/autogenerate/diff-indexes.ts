import type { ObjectName } from '../schema/object-name.js';
import type { Index, UniqueConstraint } from '../schema/schema-model.js';
import { hasTwinConstraint } from './diff-constraints.js';
import {
  type DiffContext,
  type DiffPart,
  dropWhenManaged,
  joinParts,
  operationsPart,
} from './diff-part.js';
import { matchObjects } from './match-objects.js';
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
  };
}

/** Indexes to create and to drop: matched by shape first, replaced where only the name is the same (design D7). */
export function diffIndexes(
  { table, current, target }: IndexSides,
  context: DiffContext,
): DiffPart {
  const matches = matchObjects(current.indexes, target.indexes, {
    nameOf: ({ name }) => name,
    sameShape: (left, right) => sameData(left, right, NOT_SHAPE),
    keys: [shapeOf, unlessStated(target.indexes)],
  });
  const created = matches.onlyTarget.filter((index) => !hasTwinConstraint(index, current.uniques));
  const dropped = matches.onlyCurrent.filter((index) => !hasTwinConstraint(index, target.uniques));
  return joinParts([
    ...dropped.map((index) => {
      const operation = { kind: 'dropIndex', table, name: index.name, dropped: index } as const;
      const isReplaced = created.some(({ name }) => name === index.name);
      if (isReplaced) return operationsPart(operation);
      return dropWhenManaged(
        context,
        { kind: 'index', schema: table.schema, table: table.name, name: index.name },
        operation,
      );
    }),
    ...created.map((index) => operationsPart({ kind: 'createIndex', table, index })),
  ]);
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
 * An index of the same name over the same columns, where the model does not state a method: the database's own method
 * and operator classes stay (PG-I1).
 */
function unlessStated(target: readonly Index[]): (index: Index) => string | undefined {
  const silent = new Set(
    target
      .filter(({ method, elements }) => !method && elements.every(({ opclass }) => !opclass))
      .map(({ name }) => name),
  );
  return ({ method, elements, ...index }) =>
    silent.has(index.name)
      ? exactKey({ ...index, elements: elements.map(({ opclass, ...element }) => element) })
      : undefined;
}
