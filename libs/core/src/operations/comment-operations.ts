import type { ObjectName } from '../schema/object-name.js';
import { compareText } from '../schema/object-name.js';
import { updateMember } from '../schema/object-list.js';
import { updateOwned } from '../schema/owned-objects.js';
import { missingObject, updateIndexes, updateObject, updateTable } from '../schema/schema-edit.js';
import type { ColumnComment, SchemaModel, SqlText, View } from '../schema/schema-model.js';
import type { Routine } from '../schema/server-objects.js';
import { partName } from '../schema/table-edit.js';
import { call, schemaOption } from './call-arguments.js';
import { changeConstraintInTable, findConstraint } from './constraint-edit.js';
import { CONSTRAINT_WORDS } from './constraint-operations.js';
import { changeDomainCheck } from './domain-change.js';
import type { ConstraintType } from './constraint-operations.js';
import type { CallArgument } from './operation-call.js';
import { nameCode } from './operation-call.js';
import { ddl, defineOperation, harmless, noEffects } from './operation-definition.js';
import { findRoutine } from './routine-operations.js';
import { memberInWords, nameInWords } from './words.js';

/** An object that a comment is on. Tables and columns have operations of their own. */
export type CommentedObject =
  | { readonly type: 'schema' | 'extension'; readonly name: string }
  | {
      readonly type: 'enum' | 'sequence' | 'domain' | 'view' | 'materializedView';
      readonly name: ObjectName;
    }
  | {
      readonly type: Routine['type'];
      readonly name: ObjectName;
      /** As {@link Routine.arguments}; types alone will do. */
      readonly arguments: SqlText;
    }
  | { readonly type: 'domainCheck'; readonly domain: ObjectName; readonly name: string }
  | {
      /** `viewColumn`: `table` is its view. */
      readonly type: 'index' | 'trigger' | 'policy' | 'viewColumn' | ConstraintType;
      readonly table: ObjectName;
      readonly name: string;
    };

/** COMMENT ON: sets, changes or (`to` absent) removes the comment of an object. */
export interface SetComment {
  readonly kind: 'setComment';
  readonly object: CommentedObject;
  readonly from?: string;
  readonly to?: string;
}

/** Every operation on comments. */
export type CommentOperation = SetComment;

/** Definition of {@link SetComment}. The model has no comments of schemas. */
export const setComment = defineOperation<SetComment>({
  describe: ({ object, to }) =>
    `${to === undefined ? 'remove' : 'set'} comment of ${inWords(object)}`,
  reverse: ({ from, to, ...rest }) => ({
    ...rest,
    ...(to !== undefined && { from: to }),
    ...(from !== undefined && { to: from }),
  }),
  apply: ({ object, to }, model) => withComment(model, object, to),
  toCall: ({ object, from, to }) =>
    call('setComment', object.type, nameOf(object), to ?? null, {
      ...('table' in object && { table: object.table.name }),
      ...('domain' in object && { domain: object.domain.name }),
      ...('arguments' in object && { arguments: object.arguments }),
      from,
      ...schemaOf(object),
    }),
  effects: noEffects,
  transactionClass: ddl,
  isDestructive: harmless,
});

interface Commented {
  readonly comment?: string;
}

function withComment(
  model: SchemaModel,
  object: CommentedObject,
  comment: string | undefined,
): SchemaModel {
  const change = <T extends Commented>({ comment: _comment, ...rest }: T): T =>
    ({ ...rest, ...(comment !== undefined && { comment }) }) as T;
  if ('arguments' in object) {
    const key = { ...object.name, arguments: object.arguments };
    return updateMember(model, 'routines', { key: findRoutine(model, key) ?? key, change });
  }
  switch (object.type) {
    case 'schema':
      return model;
    case 'enum':
      return updateObject(model, 'enums', { name: object.name, change });
    case 'sequence':
      return updateObject(model, 'sequences', { name: object.name, change });
    case 'view':
    case 'materializedView':
      return updateObject(model, 'views', { name: object.name, change });
    case 'extension':
      return updateMember(model, 'extensions', { key: { name: object.name }, change });
    case 'domain':
      return updateMember(model, 'domains', { key: object.name, change });
    default:
      return withPartComment(model, object, change);
  }
}

type Change = <T extends Commented>(object: T) => T;

function withPartComment(
  model: SchemaModel,
  object: CommentedPart | CommentedCheck,
  change: Change,
): SchemaModel {
  if ('domain' in object) return changeDomainCheck(model, object, change);
  const { table: owner, name } = object;
  switch (object.type) {
    case 'index':
      return updateIndexes(model, owner, (indexes) => {
        if (!indexes.some((index) => index.name === name)) throw missing(object);
        return indexes.map((index) => (index.name === name ? change(index) : index));
      });
    case 'trigger':
      return updateOwned(model, { owner, list: 'triggers' }, (all) => all.change(name, change));
    case 'policy':
      return updateOwned(model, { owner, list: 'policies' }, (all) => all.change(name, change));
    case 'viewColumn':
      return updateObject(model, 'views', {
        name: owner,
        change: (view) => withColumnComment(view, name, change),
      });
    default: {
      const { type } = object;
      return updateTable(model, owner, (table) => {
        if (!findConstraint(table, type, name)) throw missing(object);
        return changeConstraintInTable(table, { type, name }, change);
      });
    }
  }
}

/** Which columns a view has is in its query: here any name is one. */
function withColumnComment(view: View, column: string, change: Change): View {
  const { columnComments: before = [], ...rest } = view;
  const { comment } = change<Commented>({});
  const others = before.filter((other) => other.column !== column);
  const after = comment === undefined ? others : columnCommentsOf([...others, { column, comment }]);
  return { ...rest, ...(after.length > 0 && { columnComments: after }) };
}

/** In the order that a model has them in. */
export function columnCommentsOf(comments: readonly ColumnComment[]): readonly ColumnComment[] {
  return comments.toSorted((left, right) => compareText(left.column, right.column));
}

/** What a part belongs to. */
const ownerOf = (part: CommentedPart | CommentedCheck): ObjectName =>
  'domain' in part ? part.domain : part.table;

type CommentedCheck = Extract<CommentedObject, { readonly type: 'domainCheck' }>;

type CommentedPart = Extract<CommentedObject, { readonly table: ObjectName }>;

const missing = (part: CommentedPart): Error =>
  missingObject(nounOf(part.type), partName(part.table, part.name));

function nounOf(type: CommentedObject['type']): string {
  if (type === 'materializedView') return 'materialized view';
  if (type === 'viewColumn') return 'column';
  if (type === 'domainCheck') return 'check';
  return type in CONSTRAINT_WORDS ? CONSTRAINT_WORDS[type as ConstraintType] : type;
}

function inWords(object: CommentedObject): string {
  if ('table' in object || 'domain' in object)
    return `${nounOf(object.type)} ${memberInWords(ownerOf(object), object.name)}`;
  return `${nounOf(object.type)} ${nameInWords(object.name)}`;
}

/** Names of constraints and indexes may come from a naming convention; others never do. */
function nameOf(object: CommentedObject): CallArgument {
  if (typeof object.name !== 'string') return object.name.name;
  const isConvened = object.type === 'index' || object.type in CONSTRAINT_WORDS;
  return isConvened ? nameCode(object.name) : object.name;
}

function schemaOf(object: CommentedObject) {
  if ('table' in object || 'domain' in object) return schemaOption(ownerOf(object));
  return typeof object.name === 'string' ? {} : schemaOption(object.name);
}
