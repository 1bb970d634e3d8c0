import { partRef, refOf } from '../operations/effects.js';
import { replaceableKey } from '../dialects/common/object-texts.js';
import { enabledStateOf } from '../operations/trigger-operations.js';
import type { ObjectRef } from '../operations/object-effect.js';
import type { Operation } from '../operations/operation.js';
import type { ListKeys, ListedObjects, ObjectList } from '../schema/object-list.js';
import { memberKey } from '../schema/object-list.js';
import type { ObjectName } from '../schema/object-name.js';
import { nameKey } from '../schema/object-name.js';
import type { SchemaModel, Table, View } from '../schema/schema-model.js';
import type { Partition, Routine, Trigger } from '../schema/server-objects.js';
import { signatureOf } from '../schema/signature.js';
import { diffDomain } from './diff-domain.js';
import { diffExtension } from './diff-extension.js';
import {
  type DiffContext,
  type DiffPart,
  dropWhenManaged,
  joinParts,
  NO_DIFFERENCE,
  operationsPart,
} from './diff-part.js';
import { diffPolicies } from './diff-policies.js';
import { viewChanges } from './diff-views.js';
import { shapeKey } from './shape-key.js';

/**
 * Extensions, domains, routines, partitions, triggers and row-level security to create, to change and to drop. A list that
 * the target lacks says nothing: those of the database are left alone, whoever made them (design D8).
 */
export function diffObjects(
  current: SchemaModel,
  target: SchemaModel,
  context: DiffContext,
): DiffPart {
  const sides = { current, target, context };
  return joinParts([
    diffList('extensions', sides, EXTENSIONS),
    diffList('domains', sides, DOMAINS),
    diffList('routines', sides, ROUTINES),
    diffList('partitions', sides, PARTITIONS),
    ...ownersOf(sides).map((pair) => diffOwned(pair, context)),
  ]);
}

interface Sides {
  readonly current: SchemaModel;
  readonly target: SchemaModel;
  readonly context: DiffContext;
}

/** What a list says of its members. */
interface ListRules<T> {
  create(member: T): Operation;
  drop(member: T): Operation;
  change(pair: { readonly current: T; readonly target: T }, context: DiffContext): DiffPart;
  refOf(member: T): ObjectRef;
}

const nameOf = ({ schema, name }: ObjectName): ObjectName => ({ schema, name });

const EXTENSIONS: ListRules<ListedObjects['extensions']> = {
  create: (extension) => ({ kind: 'createExtension', extension }),
  drop: (dropped) => ({ kind: 'dropExtension', name: dropped.name, dropped }),
  change: diffExtension,
  refOf: ({ name }) => refOf('extension', { schema: null, name }),
};

const DOMAINS: ListRules<ListedObjects['domains']> = {
  create: (domain) => ({ kind: 'createDomain', domain }),
  drop: (dropped) => ({ kind: 'dropDomain', name: nameOf(dropped), dropped }),
  change: diffDomain,
  refOf: (domain) => refOf('domain', domain),
};

const ROUTINES: ListRules<Routine> = {
  create: (routine) => ({ kind: 'createRoutine', routine }),
  drop: (dropped) => ({
    kind: 'dropRoutine',
    type: dropped.type,
    name: nameOf(dropped),
    arguments: signatureOf(dropped.arguments),
    dropped,
  }),
  change: changeRoutine,
  refOf: ({ schema, name, arguments: argumentList }) =>
    refOf('routine', { schema, name: `${name}(${signatureOf(argumentList)})` }),
};

/** In place unless the server is known to refuse that; a function that cannot be replaced has to be dropped first. */
function changeRoutine(
  { current, target }: { readonly current: Routine; readonly target: Routine },
  { replaceable }: DiffContext,
): DiffPart {
  const { arguments: argumentList, definition } = current;
  if (argumentList === target.arguments && definition === target.definition) {
    return diffRoutineComment(current, target);
  }
  const routine = { ...(current.comment !== undefined && { comment: current.comment }), ...target };
  const { schema, name } = ROUTINES.refOf(target);
  if (replaceable && !replaceable.has(replaceableKey('routine', { schema, name }))) {
    const drop = { ...ROUTINES.drop(current), anew: true } as const;
    return operationsPart(drop as Operation, { kind: 'createRoutine', routine, anew: true });
  }
  const replaces = { arguments: argumentList, definition };
  return joinParts([
    operationsPart({ kind: 'createRoutine', routine: withoutComment(target), replaces }),
    diffRoutineComment(current, target),
  ]);
}

const withoutComment = ({ comment: _comment, ...routine }: Routine): Routine => routine;

/** A target without a comment says nothing of it. */
function diffRoutineComment({ comment: from }: Routine, target: Routine): DiffPart {
  const { type, comment: to, arguments: argumentList } = target;
  if (to === undefined || to === from) return NO_DIFFERENCE;
  return operationsPart({
    kind: 'setComment',
    object: { type, name: nameOf(target), arguments: signatureOf(argumentList) },
    ...(from !== undefined && { from }),
    to,
  });
}

/** Other bounds need no other table: the partition is detached, and attached anew. */
const PARTITIONS: ListRules<Partition> = {
  create: ({ attached: _attached, ...partition }) => ({ kind: 'createPartition', partition }),
  drop: (dropped) => ({ kind: 'dropPartition', name: nameOf(dropped), dropped }),
  change: ({ current, target }) => {
    if (shapeKey([current.of, current.bounds]) === shapeKey([target.of, target.bounds])) {
      return NO_DIFFERENCE;
    }
    const name = nameOf(target);
    return operationsPart(
      { kind: 'detachPartition', name, of: current.of, bounds: current.bounds },
      { kind: 'attachPartition', name, of: target.of, bounds: target.bounds },
    );
  },
  refOf: (partition) => refOf('partition', partition),
};

function diffList<L extends ObjectList>(
  list: L,
  { current, target, context }: Sides,
  rules: ListRules<ListedObjects[L]>,
): DiffPart {
  const wanted = target[list] as readonly ListedObjects[L][] | undefined;
  if (wanted === undefined) return NO_DIFFERENCE;
  const keyOf = (member: ListedObjects[L]): string =>
    memberKey(list, member as unknown as ListKeys[L]);
  const present = (current[list] ?? []) as unknown as readonly ListedObjects[L][];
  const byKey = new Map(present.map((member) => [keyOf(member), member]));
  const wantedKeys = new Set(wanted.map(keyOf));
  return joinParts([
    ...wanted.map((member) => {
      const before = byKey.get(keyOf(member));
      return before === undefined
        ? operationsPart(rules.create(member))
        : rules.change({ current: before, target: member }, context);
    }),
    ...present
      .filter((member) => !wantedKeys.has(keyOf(member)))
      .map((member) => dropWhenManaged(context, rules.refOf(member), rules.drop(member))),
  ]);
}

type Owner = Table | View;
interface OwnerPair {
  readonly current: Owner;
  readonly target: Owner;
}

/** Tables and views that are on both sides and stay; the parts of a new one are made with it. */
function ownersOf({ current, target, context }: Sides): readonly OwnerPair[] {
  const present = new Map<string, Owner>(
    [...current.tables, ...current.views].map((owner) => [nameKey(owner), owner]),
  );
  const { anew } = viewChanges({ current, target }, context);
  const views = target.views.filter((view) => !anew.has(nameKey(view)));
  return [...target.tables, ...views].flatMap((owner) => {
    const before = present.get(nameKey(owner));
    return before === undefined ? [] : [{ current: before, target: owner }];
  });
}

function diffOwned({ current, target }: OwnerPair, context: DiffContext): DiffPart {
  return joinParts([
    diffTriggers({ current, target }, context),
    'foreignKeys' in target && 'foreignKeys' in current
      ? diffPolicies({ current, target }, context)
      : NO_DIFFERENCE,
  ]);
}

function diffTriggers({ current, target }: OwnerPair, context: DiffContext): DiffPart {
  if (target.triggers === undefined) return NO_DIFFERENCE;
  const table = nameOf(target);
  const present = new Map((current.triggers ?? []).map((trigger) => [trigger.name, trigger]));
  const wanted = new Set(target.triggers.map(({ name }) => name));
  return joinParts([
    ...target.triggers.map((trigger) => changeTrigger(table, present.get(trigger.name), trigger)),
    ...[...present.values()]
      .filter(({ name }) => !wanted.has(name))
      .map((dropped) =>
        dropWhenManaged(context, partRef('trigger', table, dropped.name), {
          kind: 'dropTrigger',
          table,
          name: dropped.name,
          dropped,
        }),
      ),
  ]);
}

function changeTrigger(table: ObjectName, before: Trigger | undefined, target: Trigger): DiffPart {
  if (before === undefined) {
    return operationsPart(...enabledStateOf({ kind: 'createTrigger', table, trigger: target }));
  }
  if (triggerKey(before) !== triggerKey(target)) {
    const create = { kind: 'createTrigger', table, trigger: target } as const;
    const [made, ...states] = enabledStateOf(create);
    return operationsPart({ ...made, replaces: before }, ...states);
  }
  const [from, to] = [before.state ?? 'enabled', target.state ?? 'enabled'] as const;
  if (from === to) return NO_DIFFERENCE;
  return operationsPart({ kind: 'setTriggerState', table, name: target.name, from, to });
}

function triggerKey({ state: _state, comment: _comment, entity: _entity, ...trigger }: Trigger) {
  return shapeKey(trigger);
}
