import { isRegisteredMark, replaceableKey } from '../dialects/common/object-texts.js';
import { partRef } from '../operations/effects.js';
import type { OperationOf } from '../operations/operation.js';
import { compareText, nameKey, type ObjectName } from '../schema/object-name.js';
import type { SchemaModel, View } from '../schema/schema-model.js';
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
import { viewsAbove } from './views-above.js';

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
  const changes = viewChanges({ current, target }, context);
  return joinParts([
    ...target.views.map((view) => {
      const before = present.get(nameKey(view));
      if (before === undefined) return operationsPart({ kind: 'createView', view });
      if (changes.anew.has(nameKey(view))) return replaceView(before, view, context);
      return joinParts([
        changes.inPlace.has(nameKey(view)) ? replacedInPlace(before, view) : NO_DIFFERENCE,
        diffComment(before, view),
        diffColumnComments(before, view),
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

/**
 * Drops a view and makes the one of the model in its place. What the model does not speak of is not written: the server gives it
 * back as that database has it.
 */
export function replaceView(before: View, view: View, context: DiffContext): DiffPart {
  const own = withoutOthers(before, view, context);
  const { triggers = [], reads: _reads, ...rest } = { ...keptOf(before, view), ...view };
  const definition = context.writtenViews?.get(nameKey(view)) ?? view.definition;
  const made = { ...rest, definition, ...(triggers.length > 0 && { triggers }) };
  const marks = { anew: true, ...exceptOf(own, made) } as const;
  return operationsPart({ ...dropOf(own), ...marks }, { kind: 'createView', view: made, ...marks });
}

/** Without the indexes and triggers that neither came from the model nor are in it: written down, they would become the model's. */
function withoutOthers({ triggers, ...before }: View, view: View, { memory }: DiffContext): View {
  const isOwn =
    (kind: 'index' | 'trigger', wanted: readonly { readonly name: string }[] = []) =>
    ({ name }: { readonly name: string }): boolean =>
      wanted.some((one) => one.name === name) ||
      memory.of(partRef(kind, before, name)).state === 'managed';
  // What one cannot have of the other the way back has to bring.
  if (before.materialized !== view.materialized)
    return { ...before, ...(triggers && { triggers }) };
  const kept = triggers?.filter(isOwn('trigger', view.triggers)) ?? [];
  return {
    ...before,
    indexes: before.indexes.filter(isOwn('index', view.indexes)),
    ...(kept.length > 0 && { triggers: kept }),
  };
}

/** What operations make again or leave out, so that the server is not asked to. */
function exceptOf(before: View, view: View): Pick<OperationOf<'dropView'>, 'except'> {
  const parts = [before, view].flatMap(({ indexes, triggers = [] }) => [...indexes, ...triggers]);
  const names = [...new Set(parts.map(({ name }) => name))].sort(compareText);
  return names.length === 0 ? {} : { except: names };
}

function bare(view: View): View {
  const {
    triggers: _triggers,
    comment: _comment,
    columnComments: _columns,
    reads: _reads,
    ...rest
  } = view;
  return rest;
}

/** Rights, comments, triggers and what stands on the view stay. */
function replacedInPlace(before: View, view: View): DiffPart {
  const replaces = bare(before);
  return operationsPart({
    kind: 'createView',
    view: bare({ ...keptOf(before, view), ...view }),
    replaces,
  });
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

/** A target that says nothing of a column leaves its comment. */
function diffColumnComments(before: View, view: View): DiffPart {
  const present = new Map(before.columnComments?.map((one) => [one.column, one.comment]));
  const changed = (view.columnComments ?? []).filter(
    ({ column, comment }) => present.get(column) !== comment,
  );
  return operationsPart(
    ...changed.map(({ column, comment }): OperationOf<'setComment'> => {
      const from = present.get(column);
      return {
        kind: 'setComment',
        object: { type: 'viewColumn', table: nameOf(view), name: column },
        ...(from !== undefined && { from }),
        to: comment,
      };
    }),
  );
}

const nameOf = ({ schema, name }: ObjectName): ObjectName => ({ schema, name });
const indexesOf = ({ indexes }: View) => ({ indexes, uniques: [] });

/** The operation that drops a view, and can bring it back. */
export function dropOf({ reads: _reads, ...view }: View): OperationOf<'dropView'> {
  return { kind: 'dropView', name: nameOf(view), materialized: view.materialized, dropped: view };
}

/** Views that are replaced where they stand, and those that are dropped and made anew, by their keys. */
export interface ViewChanges {
  readonly inPlace: ReadonlySet<string>;
  readonly anew: ReadonlySet<string>;
}

/** The views that differ, and those that stand on one that must be dropped for it. */
export function viewChanges(
  { current, target }: { readonly current: SchemaModel; readonly target: SchemaModel },
  { replaceable }: Pick<DiffContext, 'replaceable'>,
): ViewChanges {
  const before = new Map(current.views.map((view) => [nameKey(view), view]));
  const different = target.views.filter((view) => differs(before.get(nameKey(view)), view));
  const canStay = (view: View): boolean => replaceable?.has(replaceableKey('view', view)) ?? false;
  const start = new Set(different.filter((view) => !canStay(view)).map(nameKey));
  const anew = viewsAbove(current.views, start);
  const inPlace = different.map(nameKey).filter((key) => !anew.has(key));
  return { inPlace: new Set(inPlace), anew };
}

const differs = (before: View | undefined, view: View): boolean =>
  before !== undefined &&
  (before.definition !== view.definition ||
    before.materialized !== view.materialized ||
    OPTIONS.some(
      (key) => says(view, key) && shapeKey([view[key] ?? null]) !== shapeKey([before[key] ?? null]),
    ));

/** A view that is made anew keeps what the target is silent about: whose rights count, its comment. */
function keptOf(before: View, view: View): Partial<View> {
  if (before.materialized !== view.materialized) return {};
  const keys = [...OPTIONS, 'comment'] as const;
  return Object.fromEntries(
    keys.flatMap((key) =>
      before[key] === undefined || (key !== 'comment' && says(view, key))
        ? []
        : [[key, before[key]]],
    ),
  );
}

/** The text of a registered view says all of its options, an entity only those that it has. */
const says = (view: View, key: (typeof OPTIONS)[number]): boolean =>
  view[key] !== undefined || (view.entity !== undefined && isRegisteredMark(view.entity));

/** What a target may be silent about: then it is not compared. The names of columns are in the query, as the server tells it. */
const OPTIONS = ['securityInvoker', 'securityBarrier', 'checkOption', 'storage'] as const;
