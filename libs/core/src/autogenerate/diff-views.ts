import type { Operation } from '../operations/operation.js';
import { nameKey, type ObjectName } from '../schema/object-name.js';
import type { SchemaModel, View } from '../schema/schema-model.js';
import { diffIndexes } from './diff-indexes.js';
import {
  type DiffContext,
  type DiffPart,
  dropWhenManaged,
  joinParts,
  operationsPart,
} from './diff-part.js';
import { shapeKey } from './shape-key.js';

/** Views to create, to replace (drop and create: columns may change) and to drop. */
export function diffViews(
  current: SchemaModel,
  target: SchemaModel,
  context: DiffContext,
): DiffPart {
  const present = new Map(current.views.map((view) => [nameKey(view), view]));
  const wanted = new Set(target.views.map(nameKey));
  const replaced = replacedViews(current, target);
  return joinParts([
    ...target.views.map((view) => {
      const before = present.get(nameKey(view));
      if (before === undefined) return operationsPart({ kind: 'createView', view });
      if (replaced.has(nameKey(view))) return replaceView(before, view);
      return diffIndexes(
        { table: nameOf(view), current: indexesOf(before), target: indexesOf(view) },
        context,
      );
    }),
    ...current.views
      .filter((view) => !wanted.has(nameKey(view)))
      .map((view) => dropWhenManaged(context, { kind: 'view', ...nameOf(view) }, dropOf(view))),
  ]);
}

const nameOf = ({ schema, name }: ObjectName): ObjectName => ({ schema, name });
const indexesOf = ({ indexes }: View) => ({ indexes, uniques: [] });

/** Drops a view and makes the one of the model in its place. */
export function replaceView(before: View, view: View): DiffPart {
  return operationsPart(dropOf(before), {
    kind: 'createView',
    view: { ...keptOf(before, view), ...view },
  });
}

function dropOf({ reads: _reads, ...view }: View): Operation {
  return { kind: 'dropView', name: nameOf(view), materialized: view.materialized, dropped: view };
}

/** The views whose text differs, and those of the model that stand on one of them. */
function replacedViews(current: SchemaModel, target: SchemaModel): ReadonlySet<string> {
  const before = new Map(current.views.map((view) => [nameKey(view), view]));
  const replaced = new Set(
    target.views.filter((view) => differs(before.get(nameKey(view)), view)).map(nameKey),
  );
  for (let size = -1; size !== replaced.size;) {
    size = replaced.size;
    for (const view of target.views) {
      const base = before.get(nameKey(view))?.dependsOn ?? [];
      if (base.some((name) => replaced.has(nameKey(name)))) replaced.add(nameKey(view));
    }
  }
  return replaced;
}

const differs = (before: View | undefined, view: View): boolean =>
  before !== undefined &&
  (before.definition !== view.definition ||
    before.materialized !== view.materialized ||
    OPTIONS.some(
      (key) => view[key] !== undefined && shapeKey([view[key]]) !== shapeKey([before[key] ?? null]),
    ));

/** A view that is made anew keeps what the target is silent about: whose rights count, its comment, its triggers. */
function keptOf(before: View, view: View): Partial<View> {
  if (before.materialized !== view.materialized) return {};
  const keys = [...OPTIONS, 'comment', 'triggers'] as const;
  return Object.fromEntries(
    keys.flatMap((key) => (before[key] === undefined ? [] : [[key, before[key]]])),
  );
}

/** What a target may be silent about: then it is not compared. The names of columns are in the query, as the server tells it. */
const OPTIONS = ['securityInvoker', 'securityBarrier', 'checkOption', 'storage'] as const;
