import { enumChangeOf } from '../operations/enum-change.js';
import type { Operation, OperationOf } from '../operations/operation.js';
import { displayName, nameKey } from '../schema/object-name.js';
import type { ColumnName, Index, SchemaModel, View } from '../schema/schema-model.js';
import { type DiffContext, type DiffPart, joinParts, NO_DIFFERENCE } from './diff-part.js';
import { replaceView } from './diff-views.js';
import { shapeKey } from './shape-key.js';

/**
 * Adds to what was found the views that the server would not let a column change under (PG-V2, PG-V3, DL-19), with those
 * that stand on them: views of the model are dropped before and made anew behind. A view that is nobody's or somebody
 * else's is asked about: its rights are in no model.
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
  const parts = going.map((view) => {
    const after = wanted.get(nameKey(view));
    return after ? replaceView(view, withIndexesOf(view, after, context), context) : askAbout(view);
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
    case 'setComment':
      return typeof operation.object.name !== 'string' && views.has(nameKey(operation.object.name));
    default:
      return false;
  }
}

const droppedView = (operation: Operation): readonly string[] =>
  operation.kind === 'dropView' ? [nameKey(operation.name)] : [];

/** The views that read what changes or stand on a view that goes, and those above them. */
function viewsAround(views: readonly View[], operations: readonly Operation[]): readonly View[] {
  const goes = changesUnder(operations);
  if (goes === undefined) return [];
  const around = new Set(operations.flatMap(droppedView));
  for (const view of views) if (view.reads?.some(goes)) around.add(nameKey(view));
  for (let size = -1; size !== around.size;) {
    size = around.size;
    for (const view of views) {
      if (view.dependsOn.some((name) => around.has(nameKey(name)))) around.add(nameKey(view));
    }
  }
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
function changedColumns(operation: Operation): readonly ColumnName[] {
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

/** Indexes that somebody else made on a materialized view go with it, and come again. */
function withIndexesOf(before: View, view: View, { memory }: DiffContext): View {
  const { schema, name: table } = before;
  const isForeign = ({ name }: Index): boolean =>
    !view.indexes.some((index) => index.name === name) &&
    memory.of({ kind: 'index', schema, table, name }).state !== 'managed';
  const foreign = before.materialized && view.materialized ? before.indexes.filter(isForeign) : [];
  return foreign.length === 0 ? view : { ...view, indexes: [...view.indexes, ...foreign] };
}

function askAbout(view: View): DiffPart {
  const name = displayName(view);
  return {
    ...NO_DIFFERENCE,
    questions: [
      {
        id: `dependent-view:${name}`,
        kind: 'dependent-view',
        choices: [],
        text: `view ${name} did not come from the models, and reads what changes: the server refuses the change while it is there. Drop it in a revision of your own before, and make it again behind.`,
      },
    ],
  };
}
