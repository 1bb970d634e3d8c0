import { enumChangeOf } from '../operations/enum-change.js';
import type { CommentedObject } from '../operations/comment-operations.js';
import type { Operation, OperationOf } from '../operations/operation.js';
import { displayName, nameKey } from '../schema/object-name.js';
import type { ObjectName } from '../schema/object-name.js';
import type { ColumnName, SchemaModel, View } from '../schema/schema-model.js';
import { askAboutDependent, type DependentAnswers } from './dependent-question.js';
import { type DiffContext, type DiffPart, joinParts, operationsPart } from './diff-part.js';
import { dropOf, replaceView } from './diff-views.js';
import { shapeKey } from './shape-key.js';
import { viewsAbove } from './views-above.js';

/**
 * Adds to what was found the views that the server would not let a column change under (PG-V2, PG-V3, DL-19), with those
 * that stand on them: views of the model are dropped before and made anew behind. One that is nobody's or somebody else's is
 * asked about.
 * @throws MigrationError E7040 for an answer that is none
 */
export function withViews(
  { current, target }: { readonly current: SchemaModel; readonly target: SchemaModel },
  found: DiffPart,
  context: DiffContext,
): DiffPart {
  const wanted = new Map(target.views.map((view) => [nameKey(view), view]));
  const dropped = new Set(found.operations.flatMap(droppedView));
  const around = viewsAround(current.views, found.operations);
  const going = around.filter((view) => !dropped.has(nameKey(view)));
  const answers = answersFor(current.views, found.operations);
  const parts = going.map((view) => {
    const after = wanted.get(nameKey(view));
    return after ? replaceView(view, after, context) : askAbout(view, answers(view), context);
  });
  const keys = new Set(going.map(nameKey));
  const operations = found.operations.filter((operation) => !isChangeOf(operation, keys));
  return joinParts([{ ...found, operations }, ...parts]);
}

/** What was to be changed of a view that is made anew is made with it. */
function isChangeOf(operation: Operation, views: ReadonlySet<string>): boolean {
  switch (operation.kind) {
    case 'createView':
      return operation.replaces !== undefined && views.has(nameKey(operation.view));
    case 'createTrigger':
    case 'dropTrigger':
    case 'setTriggerState':
    case 'createIndex':
    case 'dropIndex':
      return views.has(nameKey(operation.table));
    case 'setComment': {
      const view = commentedView(operation.object);
      return view !== undefined && views.has(nameKey(view));
    }
    default:
      return false;
  }
}

/** The view that a comment is on, itself or on a column of it. */
function commentedView(object: CommentedObject): ObjectName | undefined {
  if (object.type === 'viewColumn') return object.table;
  return typeof object.name === 'string' ? undefined : object.name;
}

const droppedView = (operation: Operation): readonly string[] =>
  operation.kind === 'dropView' ? [nameKey(operation.name)] : [];

/** The views that read what changes or stand on a view that goes, and those above them. */
function viewsAround(views: readonly View[], operations: readonly Operation[]): readonly View[] {
  const goes = changesUnder(operations);
  if (goes === undefined) return [];
  const reading = views.filter((view) => view.reads?.some(goes)).map(nameKey);
  const around = viewsAbove(views, new Set([...operations.flatMap(droppedView), ...reading]));
  return views.filter((view) => around.has(nameKey(view)));
}

/** Whether a view that reads a column is in the way; undefined where none can be. */
function changesUnder(
  operations: readonly Operation[],
): ((column: ColumnName) => boolean) | undefined {
  const tables = new Set<string>();
  const columns = new Set<string>();
  const add = ({ table, column }: ColumnName) => columns.add(shapeKey([nameKey(table), column]));
  for (const operation of operations) {
    if (operation.kind === 'dropTable') tables.add(nameKey(operation.name));
    for (const column of changedColumns(operation)) add(column);
  }
  const isAnyViewDropped = operations.some(({ kind }) => kind === 'dropView');
  if (tables.size + columns.size === 0 && !isAnyViewDropped) return undefined;
  return ({ table, column }) =>
    tables.has(nameKey(table)) || columns.has(shapeKey([nameKey(table), column]));
}

/** The columns that the server changes for an operation only while no view reads them. */
export function changedColumns(operation: Operation): readonly ColumnName[] {
  switch (operation.kind) {
    case 'alterColumn':
      return isMadeAnew(operation) ? [{ table: operation.table, column: operation.name }] : [];
    case 'dropColumn':
      return [{ table: operation.table, column: operation.name }];
    case 'alterEnum':
      return enumChangeOf(operation).kind === 'inPlace' ? [] : (operation.uses ?? []);
    default:
      return [];
  }
}

function isMadeAnew({ from, to }: OperationOf<'alterColumn'>): boolean {
  if (to.generated && from?.generated) return true;
  return (['type', 'collation'] as const).some(
    (name) => to[name] !== undefined && to[name] !== from?.[name],
  );
}

/** One that reads what goes cannot come again; of one that reads what is renamed nobody knows the new text. */
function answersFor(
  views: readonly View[],
  operations: readonly Operation[],
): (view: View) => DependentAnswers {
  const isLeaving = changesUnder(operations.filter(isLeavingFor));
  const start = views.filter(({ reads }) => isLeaving && reads?.some(isLeaving)).map(nameKey);
  const managed = operations.flatMap((operation) =>
    operation.kind === 'dropView' && !operation.anew ? droppedView(operation) : [],
  );
  const leaving = viewsAbove(views, new Set([...start, ...managed]));
  const isRenamed = operations.some(({ kind }) => kind.startsWith('rename'));
  return (view) => (leaving.has(nameKey(view)) ? ['drop'] : isRenamed ? [] : ['anew']);
}

const LEAVING: ReadonlySet<Operation['kind']> = new Set(['dropTable', 'dropColumn', 'dropView']);

/** A generated column that is added again is there when the view comes. */
const isLeavingFor = (operation: Operation): boolean =>
  LEAVING.has(operation.kind) && !(operation.kind === 'dropColumn' && operation.anew);

/** What is not from the models is touched only when somebody says so. */
function askAbout(view: View, answers: DependentAnswers, context: DiffContext): DiffPart {
  const question = { kind: 'view', name: displayName(view), answers } as const;
  return askAboutDependent(question, context, (answer) =>
    answer === 'drop' ? operationsPart(dropOf(view)) : replaceView(view, view, context),
  );
}
