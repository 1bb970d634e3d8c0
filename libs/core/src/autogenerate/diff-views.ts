import { objectKey } from '../dialects/common/object-texts.js';
import { partRef } from '../operations/effects.js';
import type { Operation } from '../operations/operation.js';
import { nameKey, type ObjectName } from '../schema/object-name.js';
import type { SchemaModel, View } from '../schema/schema-model.js';
import type { Trigger } from '../schema/server-objects.js';
import { diffIndexes } from './diff-indexes.js';
import {
  type DiffContext,
  type DiffPart,
  dropWhenManaged,
  joinParts,
  NO_DIFFERENCE,
  operationsPart,
} from './diff-part.js';
import { shapeKey } from './shape-key.js';

/**
 * Views to create, to replace and to drop. One that differs is replaced in place where the server is known to do that, both ways;
 * else it is dropped and made anew, with the views of the model that stand on it.
 */
export function diffViews(
  current: SchemaModel,
  target: SchemaModel,
  context: DiffContext,
): DiffPart {
  const present = new Map(current.views.map((view) => [nameKey(view), view]));
  const wanted = new Set(target.views.map(nameKey));
  const changes = changedViews({ current, target }, context);
  return joinParts([
    ...target.views.map((view) => {
      const before = present.get(nameKey(view));
      if (before === undefined) return operationsPart({ kind: 'createView', view });
      if (changes.anew.has(nameKey(view))) return replaceView(before, view, context);
      return joinParts([
        changes.inPlace.has(nameKey(view)) ? replacedInPlace(before, view) : NO_DIFFERENCE,
        diffComment(before, view),
        diffIndexes(
          { table: nameOf(view), current: indexesOf(before), target: indexesOf(view) },
          context,
        ),
      ]);
    }),
    ...current.views
      .filter((view) => !wanted.has(nameKey(view)))
      .map((view) => dropWhenManaged(context, { kind: 'view', ...nameOf(view) }, dropOf(view))),
  ]);
}

/** Drops a view and makes the one of the model in its place, with the triggers that the model does not speak of. */
export function replaceView(before: View, view: View, context: DiffContext): DiffPart {
  const triggers = keptTriggers(before, view, context);
  const { triggers: _triggers, reads: _reads, ...rest } = { ...keptOf(before, view), ...view };
  const made = { ...rest, ...(triggers.length > 0 && { triggers }) };
  return operationsPart(dropOf(before), { kind: 'createView', view: made });
}

/** Those of the target, and those of the database that it does not speak of. */
function keptTriggers(before: View, view: View, { memory }: DiffContext): readonly Trigger[] {
  const { triggers: wanted } = view;
  if (before.materialized !== view.materialized) return wanted ?? [];
  const names = new Set(wanted?.map(({ name }) => name));
  const isKept = ({ name }: Trigger): boolean => {
    if (wanted === undefined) return true;
    return !names.has(name) && memory.of(partRef('trigger', before, name)).state !== 'managed';
  };
  return [...(before.triggers ?? []).filter(isKept), ...(wanted ?? [])];
}

/** Rights, comment, triggers and what stands on the view stay. */
function replacedInPlace(before: View, view: View): DiffPart {
  const { triggers: _before, comment: _said, reads: _reads, ...replaces } = before;
  const { triggers: _triggers, comment: _comment, ...made } = { ...keptOf(before, view), ...view };
  return operationsPart({ kind: 'createView', view: made, replaces });
}

/** A target without a comment says nothing of it. */
function diffComment(before: View, view: View): DiffPart {
  const { comment: to, materialized } = view;
  if (to === undefined || to === before.comment) return NO_DIFFERENCE;
  return operationsPart({
    kind: 'setComment',
    object: { type: materialized ? 'materializedView' : 'view', name: nameOf(view) },
    ...(before.comment !== undefined && { from: before.comment }),
    to,
  });
}

const nameOf = ({ schema, name }: ObjectName): ObjectName => ({ schema, name });
const indexesOf = ({ indexes }: View) => ({ indexes, uniques: [] });

function dropOf({ reads: _reads, ...view }: View): Operation {
  return { kind: 'dropView', name: nameOf(view), materialized: view.materialized, dropped: view };
}

/** Views that are replaced where they stand, and those that are dropped and made anew, by their keys. */
export interface ChangedViews {
  readonly inPlace: ReadonlySet<string>;
  readonly anew: ReadonlySet<string>;
}

/** The views that differ, and those that stand on one that must be dropped for it. */
export function changedViews(
  { current, target }: { readonly current: SchemaModel; readonly target: SchemaModel },
  { replaceable }: Pick<DiffContext, 'replaceable'>,
): ChangedViews {
  const before = new Map(current.views.map((view) => [nameKey(view), view]));
  const different = target.views.filter((view) => differs(before.get(nameKey(view)), view));
  const canStay = (view: View): boolean => replaceable?.has(objectKey('view', view)) ?? false;
  const anew = new Set(different.filter((view) => !canStay(view)).map(nameKey));
  for (let size = -1; size !== anew.size;) {
    size = anew.size;
    for (const view of current.views) {
      if (view.dependsOn.some((name) => anew.has(nameKey(name)))) anew.add(nameKey(view));
    }
  }
  const inPlace = different.map(nameKey).filter((key) => !anew.has(key));
  return { inPlace: new Set(inPlace), anew };
}

const differs = (before: View | undefined, view: View): boolean =>
  before !== undefined &&
  (before.definition !== view.definition ||
    before.materialized !== view.materialized ||
    OPTIONS.some(
      (key) => view[key] !== undefined && shapeKey([view[key]]) !== shapeKey([before[key] ?? null]),
    ));

/** A view that is made anew keeps what the target is silent about: whose rights count, its comment. */
function keptOf(before: View, view: View): Partial<View> {
  if (before.materialized !== view.materialized) return {};
  const keys = [...OPTIONS, 'comment'] as const;
  return Object.fromEntries(
    keys.flatMap((key) => (before[key] === undefined ? [] : [[key, before[key]]])),
  );
}

/** What a target may be silent about: then it is not compared. The names of columns are in the query, as the server tells it. */
const OPTIONS = ['securityInvoker', 'securityBarrier', 'checkOption', 'storage'] as const;
