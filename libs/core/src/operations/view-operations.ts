import type { ObjectName } from '../schema/object-name.js';
import { addObject, findObject, removeObject, updateObject } from '../schema/schema-edit.js';
import { renameViewInSchema } from '../schema/rename-in-schema.js';
import type { FromEntity, View } from '../schema/schema-model.js';
import { call, entityOption, schemaOption } from './call-arguments.js';
import type { CallOptions } from './call-arguments.js';
import { dropped as droppedEffect, entityOf, made, partRef, refOf, renamed } from './effects.js';
import { textCode } from './operation-call.js';
import { ddl, defineOperation, harmless, noEffects } from './operation-definition.js';
import type { Operation } from './operation.js';
import { nameInWords } from './words.js';
import { writtenIndexes, writtenTriggers } from './written-table.js';

/**
 * CREATE [OR REPLACE] [MATERIALIZED] VIEW, followed by its indexes. `replaces` is what is replaced, for the way back;
 * `orReplace` alone replaces whatever is there, and has none. A materialized view cannot be replaced.
 */
export interface CreateView {
  readonly kind: 'createView';
  readonly view: View;
  readonly orReplace?: true;
  readonly replaces?: View;
  /** A drop before remembers what the server has of the view besides: see {@link DropView.anew}. */
  readonly anew?: true;
  /** See {@link DropView.except}; for the way back. */
  readonly except?: readonly string[];
}

/** DROP [MATERIALIZED] VIEW. `dropped` makes it reversible. */
export interface DropView {
  readonly kind: 'dropView';
  readonly name: ObjectName;
  readonly materialized: boolean;
  readonly dropped?: View;
  readonly ifExists?: true;
  /**
   * It is made anew in the same run: owner, rights, rules, triggers, indexes, and what its columns have of defaults, comments
   * and statistics, are as they were in this database.
   */
  readonly anew?: true;
  /** Triggers and indexes that other operations make, or leave out. @default none */
  readonly except?: readonly string[];
}

/**
 * REFRESH MATERIALIZED VIEW. The way back fills it again from the tables as they are then, or empties it where it was
 * empty.
 */
export interface RefreshView {
  readonly kind: 'refreshView';
  readonly name: ObjectName;
  /** Without keeping others from reading it; it needs a unique index, and rows that are there. */
  readonly concurrently?: true;
  /** Empties it. */
  readonly withNoData?: true;
  /** It is empty before. */
  readonly wasEmpty?: true;
}

/** Every operation on views. */
export type ViewOperation = CreateView | DropView | RefreshView | RenameView;

/** ALTER [MATERIALIZED] VIEW … RENAME TO, and SET SCHEMA where the schemas differ. */
export interface RenameView extends FromEntity {
  readonly kind: 'renameView';
  readonly from: ObjectName;
  readonly to: ObjectName;
  readonly materialized: boolean;
  readonly ifExists?: true;
}

/** Definition of {@link CreateView}. What a view depends on is not written: it is in its query. */
export const createView = defineOperation<CreateView>({
  describe: ({ view, orReplace, replaces }) =>
    `create ${orReplace || replaces ? 'or replace ' : ''}${words(view.materialized)} ${nameInWords(view)}`,
  reverse({ view, orReplace, replaces, anew, except }) {
    if (replaces) return { kind: 'createView', view: replaces, replaces: view };
    if (orReplace) return undefined;
    return {
      kind: 'dropView',
      name: { schema: view.schema, name: view.name },
      materialized: view.materialized,
      dropped: view,
      ...(anew && { anew }),
      ...(except && { except }),
    };
  },
  apply: ({ view, orReplace, replaces }, model) =>
    (orReplace || replaces) && findObject(model, 'views', view)
      ? updateObject(model, 'views', {
          name: view,
          change: (before) => withKeptOf(before, view),
        })
      : addObject(model, 'views', view),
  written: writtenView,
  toCall: ({ view, orReplace, replaces, anew }) =>
    call('createView', view.name, textCode(view.definition), {
      materialized: view.materialized || undefined,
      ...viewOptions(view),
      withNoData: view.withNoData,
      orReplace,
      previous: replaces && { query: textCode(replaces.definition), ...viewOptions(replaces) },
      comment: view.comment,
      anew,
      columnComments: view.columnComments?.map((one) => ({ ...one })),
      ...schemaOption(view),
      ...entityOption(view),
    }),
  effects: ({ view }) => [
    made(refOf('view', view), view),
    ...view.indexes.map((index) => made(partRef('index', view, index.name), entityOf(index, view))),
  ],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link DropView}. The memory of its indexes ends with the view's own. */
export const dropView = defineOperation<DropView>({
  describe: ({ name, materialized }) => `drop ${words(materialized)} ${nameInWords(name)}`,
  reverse: ({ dropped, anew, except }) =>
    dropped && {
      kind: 'createView',
      view: dropped,
      ...(anew && { anew }),
      ...(except && { except }),
    },
  apply: ({ name, ifExists }, model) =>
    ifExists && !findObject(model, 'views', name) ? model : removeObject(model, 'views', name),
  written: ({ dropped: _dropped, ...rest }) => [rest],
  toCall: ({ name, materialized, ifExists, anew, except }) =>
    call('dropView', name.name, {
      materialized: materialized || undefined,
      ifExists,
      anew,
      except,
      ...schemaOption(name),
    }),
  effects: ({ name }) => [droppedEffect(refOf('view', name))],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link RenameView}. */
export const renameView = defineOperation<RenameView>({
  describe: ({ from, to, materialized }) =>
    `rename ${words(materialized)} ${nameInWords(from)} to ${nameInWords(to)}`,
  reverse: (operation) => ({ ...operation, from: operation.to, to: operation.from }),
  apply: (operation, model) =>
    operation.ifExists && !findObject(model, 'views', operation.from)
      ? model
      : renameViewInSchema(model, operation),
  toCall: (operation) =>
    call('renameView', operation.from.name, operation.to.name, {
      materialized: operation.materialized || undefined,
      ...schemaOption(operation.from),
      toSchema: operation.to.schema === operation.from.schema ? undefined : operation.to.schema,
      ifExists: operation.ifExists,
      ...entityOption(operation),
    }),
  effects: (operation) => [renamed(refOf('view', operation.from), operation.to, operation)],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link RefreshView}. */
export const refreshView = defineOperation<RefreshView>({
  describe: ({ name, withNoData }) =>
    `${withNoData ? 'empty' : 'refresh'} materialized view ${nameInWords(name)}`,
  reverse: ({ kind, name, concurrently, withNoData, wasEmpty }) => ({
    kind,
    name,
    ...(concurrently && !wasEmpty && { concurrently }),
    ...(wasEmpty && { withNoData: wasEmpty }),
    ...(withNoData && { wasEmpty: withNoData }),
  }),
  apply: ({ name, withNoData }, model) =>
    updateObject(model, 'views', {
      name,
      change: ({ withNoData: _withNoData, ...view }) => ({
        ...view,
        ...(withNoData && { withNoData }),
      }),
    }),
  toCall: ({ name, concurrently, withNoData, wasEmpty }) =>
    call('refreshView', name.name, {
      concurrently,
      withNoData,
      wasEmpty,
      ...schemaOption(name),
    }),
  effects: noEffects,
  transactionClass: ddl,
  isDestructive: harmless,
});

/** What a view depends on is in its query; its indexes and triggers are operations of their own. */
function writtenView(operation: CreateView): readonly Operation[] {
  const { view, replaces, except: _except, ...rest } = operation;
  const { triggers = [], reads: _reads, ...own } = view;
  return [
    {
      ...rest,
      view: { ...own, dependsOn: [], indexes: [] },
      ...(replaces && { replaces: writtenPrevious(view, replaces) }),
    },
    ...writtenIndexes(view),
    ...writtenTriggers(view, triggers),
  ];
}

/** Comments and triggers outlive the replacement of their view. */
function withKeptOf({ triggers, comment, columnComments }: View, view: View): View {
  return {
    ...(comment !== undefined && { comment }),
    ...(columnComments && { columnComments }),
    ...(triggers && { triggers }),
    ...view,
  };
}

/** Of what is replaced a call says only what CREATE OR REPLACE can bring back. */
function writtenPrevious({ schema, name }: View, { definition, ...replaces }: View): View {
  const { columns, securityInvoker, securityBarrier, checkOption } = replaces;
  return {
    schema,
    name,
    definition,
    materialized: false,
    dependsOn: [],
    indexes: [],
    ...(columns && { columns }),
    ...(securityInvoker && { securityInvoker }),
    ...(securityBarrier && { securityBarrier }),
    ...(checkOption && { checkOption }),
  };
}

function viewOptions(view: View): CallOptions {
  const { columns, securityInvoker, securityBarrier, checkOption, storage } = view;
  return { columns, securityInvoker, securityBarrier, checkOption, storage };
}

const words = (materialized: boolean): string => (materialized ? 'materialized view' : 'view');
