import type { Operation } from '../operations/operation.js';
import { partRef } from '../operations/effects.js';
import { writtenTriggers } from '../operations/written-table.js';
import { displayName, nameKey, type ObjectName, sameName } from '../schema/object-name.js';
import type { ColumnName, SchemaModel, Table } from '../schema/schema-model.js';
import type { Policy, Trigger } from '../schema/server-objects.js';
import { askAboutDependent } from './dependent-question.js';
import { type DiffContext, type DiffPart, joinParts, operationsPart } from './diff-part.js';
import { namesWord } from './names-word.js';
import { changedColumns } from './with-views.js';

/**
 * Adds to what was found the triggers and policies that the server would not let a column change or go under (a trigger `UPDATE OF`
 * it, or whose condition reads it; a policy that reads it, of another table too): those that are registered are dropped before and
 * made anew behind, those of others are asked about.
 * @throws MigrationError E7040 for an answer that is none
 */
export function withOwnedParts(
  { current, target }: { readonly current: SchemaModel; readonly target: SchemaModel },
  found: DiffPart,
  context: DiffContext,
): DiffPart {
  const changes = found.operations.flatMap((operation) =>
    changedColumns(operation).map((column) => ({
      column,
      isGone: operation.kind === 'dropColumn' && !operation.anew,
    })),
  );
  if (changes.length === 0) return found;
  const gone = new Set(found.operations.flatMap(droppedPart));
  const parts = current.tables
    .filter((table) => target.tables.some((one) => sameName(one, table)))
    .flatMap(partsOf)
    .filter((part) => !gone.has(keyOf(part)))
    .flatMap((part) => {
      const own = changes.filter(({ column }) => standsOn(part, column));
      return own.length === 0 ? [] : [{ part, isGone: own.some(({ isGone }) => isGone) }];
    });
  if (parts.length === 0) return found;
  const wanted = new Map(target.tables.flatMap(partsOf).map((part) => [keyOf(part), part]));
  const around = new Map(parts.map(({ part }) => [keyOf(part), wanted.get(keyOf(part))]));
  // What was to be changed of one that is made anew is made with it.
  const operations = found.operations.filter((operation) => {
    const key = changedPart(operation);
    return key === undefined || around.get(key) === undefined;
  });
  return joinParts([
    { ...found, operations },
    ...parts.map(({ part, isGone }) =>
      aroundChange(part, { after: around.get(keyOf(part)), isGone }, context),
    ),
  ]);
}

/** A trigger or policy, and its table. */
type OwnedPart =
  | { readonly kind: 'trigger'; readonly table: ObjectName; readonly object: Trigger }
  | { readonly kind: 'policy'; readonly table: ObjectName; readonly object: Policy };

function partsOf({ schema, name, triggers = [], policies = [] }: Table): readonly OwnedPart[] {
  const table = { schema, name };
  return [
    ...triggers.map((object) => ({ kind: 'trigger', table, object }) as const),
    ...policies.map((object) => ({ kind: 'policy', table, object }) as const),
  ];
}

const keyFor = (kind: string, table: ObjectName, name: string): string =>
  JSON.stringify([kind, nameKey(table), name]);
const keyOf = ({ kind, table, object }: OwnedPart): string => keyFor(kind, table, object.name);

function droppedPart(operation: Operation): readonly string[] {
  if (operation.kind === 'dropTrigger') return [keyFor('trigger', operation.table, operation.name)];
  return operation.kind === 'dropPolicy' ? [keyFor('policy', operation.table, operation.name)] : [];
}

function changedPart(operation: Operation): string | undefined {
  switch (operation.kind) {
    case 'createTrigger':
      return keyFor('trigger', operation.table, operation.trigger.name);
    case 'setTriggerState':
      return keyFor('trigger', operation.table, operation.name);
    case 'createPolicy':
      return keyFor('policy', operation.table, operation.policy.name);
    case 'alterPolicy':
      return keyFor('policy', operation.table, operation.name);
    default:
      return undefined;
  }
}

/** A policy may read other tables; a name in its text that is no column costs only that it is made anew. */
function standsOn(part: OwnedPart, { table, column }: ColumnName): boolean {
  const isOwn = sameName(part.table, table);
  if (part.kind === 'trigger') {
    const { columns = [], when = '' } = part.object;
    return isOwn && (columns.includes(column) || namesWord(when, column));
  }
  return [part.object.using, part.object.check].some(
    (text) =>
      text !== undefined && namesWord(text, column) && (isOwn || namesWord(text, table.name)),
  );
}

interface Around {
  /** As the target wants it; undefined where the target does not speak of it. */
  readonly after: OwnedPart | undefined;
  readonly isGone: boolean;
}

function aroundChange(
  before: OwnedPart,
  { after, isGone }: Around,
  context: DiffContext,
): DiffPart {
  if (after) return operationsPart(dropOf(before), ...creationOf(after));
  const { kind, table, object } = before;
  const owner = context.memory.of(partRef(kind, table, object.name));
  if (owner.state === 'managed' && !isGone) {
    const marked = { ...before, object: { ...object, entity: owner.entity } } as OwnedPart;
    return operationsPart(dropOf(before), ...creationOf(marked));
  }
  const name = `${displayName(table)}.${object.name}`;
  const answers = [isGone ? 'drop' : 'anew'] as const;
  return askAboutDependent({ kind, name, answers }, context, (answer) =>
    operationsPart(dropOf(before), ...(answer === 'anew' ? creationOf(before) : [])),
  );
}

function dropOf({ kind, table, object }: OwnedPart): Operation {
  const { name } = object;
  return kind === 'trigger'
    ? { kind: 'dropTrigger', table, name, dropped: object }
    : { kind: 'dropPolicy', table, name, dropped: object };
}

function creationOf({ kind, table, object }: OwnedPart): readonly Operation[] {
  return kind === 'trigger'
    ? writtenTriggers(table, [object])
    : [{ kind: 'createPolicy', table, policy: object }];
}
