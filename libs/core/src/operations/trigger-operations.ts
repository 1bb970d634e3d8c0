import type { ObjectName } from '../schema/object-name.js';
import { findOwner, updateOwned } from '../schema/owned-objects.js';
import type { FromEntity } from '../schema/schema-model.js';
import type { Trigger, TriggerState } from '../schema/server-objects.js';
import { call, entityOption, schemaOption } from './call-arguments.js';
import type { CallOptions } from './call-arguments.js';
import { dropped as droppedEffect, made, partRef, renamed } from './effects.js';
import { sqlOption } from './call-arguments.js';
import { ddl, defineOperation, harmless, noEffects } from './operation-definition.js';
import { memberInWords, nameInWords } from './words.js';

/**
 * CREATE [OR REPLACE] [CONSTRAINT] TRIGGER. `replaces` is what is replaced, with its state, for the way back; `orReplace` alone replaces
 * whatever is there, and has none.
 */
export interface CreateTrigger {
  readonly kind: 'createTrigger';
  /** Its table or view. */
  readonly table: ObjectName;
  readonly trigger: Trigger;
  readonly orReplace?: true;
  readonly replaces?: Trigger;
}

/** DROP TRIGGER. `dropped` makes it reversible. */
export interface DropTrigger {
  readonly kind: 'dropTrigger';
  readonly table: ObjectName;
  readonly name: string;
  readonly dropped?: Trigger;
  readonly ifExists?: true;
}

/** ALTER TABLE … ENABLE, DISABLE, ENABLE REPLICA or ENABLE ALWAYS TRIGGER. */
export interface SetTriggerState {
  readonly kind: 'setTriggerState';
  readonly table: ObjectName;
  readonly name: string;
  readonly from: TriggerState | 'enabled';
  readonly to: TriggerState | 'enabled';
}

/** ALTER TRIGGER … RENAME TO. */
export interface RenameTrigger extends FromEntity {
  readonly kind: 'renameTrigger';
  readonly table: ObjectName;
  readonly from: string;
  readonly to: string;
}

/** Every operation on triggers. */
export type TriggerOperation = CreateTrigger | DropTrigger | RenameTrigger | SetTriggerState;

/** Definition of {@link CreateTrigger}. The server makes it enabled; another state is an operation of its own. */
export const createTrigger = defineOperation<CreateTrigger>({
  describe: ({ table, trigger, orReplace, replaces }) =>
    `${replaces || orReplace ? 'create or replace' : 'create'} trigger ${memberInWords(table, trigger.name)}`,
  reverse({ table, trigger, orReplace, replaces }) {
    if (replaces) return { kind: 'createTrigger', table, trigger: replaces, replaces: trigger };
    if (orReplace) return undefined;
    return { kind: 'dropTrigger', table, name: trigger.name, dropped: trigger };
  },
  apply: ({ table, trigger, orReplace, replaces }, model) =>
    updateOwned(model, { owner: table, list: 'triggers' }, (triggers) => [
      ...(orReplace || replaces ? triggers.without(trigger.name) : triggers.lacking(trigger.name)),
      trigger,
    ]),
  written: enabledStateOf,
  toCall: ({ table, trigger, orReplace, replaces }) =>
    call('createTrigger', trigger.name, table.name, {
      ...triggerOptions(trigger),
      orReplace,
      previous: replaces && triggerOptions(replaces),
      comment: trigger.comment,
      ...schemaOption(table),
      ...entityOption(trigger),
    }),
  effects: ({ table, trigger }) => [made(partRef('trigger', table, trigger.name), trigger)],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link DropTrigger}. */
export const dropTrigger = defineOperation<DropTrigger>({
  describe: ({ table, name }) => `drop trigger ${memberInWords(table, name)}`,
  reverse: ({ table, dropped }) => dropped && { kind: 'createTrigger', table, trigger: dropped },
  apply: ({ table, name, ifExists }, model) =>
    ifExists && !findOwner(model, table)
      ? model
      : updateOwned(model, { owner: table, list: 'triggers' }, (triggers) =>
          ifExists ? triggers.without(name) : triggers.having(name).without(name),
        ),
  written: ({ dropped: _dropped, ...rest }) => [rest],
  toCall: ({ table, name, ifExists }) =>
    call('dropTrigger', name, table.name, { ifExists, ...schemaOption(table) }),
  effects: ({ table, name }) => [droppedEffect(partRef('trigger', table, name))],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link RenameTrigger}. */
export const renameTrigger = defineOperation<RenameTrigger>({
  describe: ({ table, from, to }) =>
    `rename trigger ${memberInWords(table, from)} to ${nameInWords(to)}`,
  reverse: (operation) => ({ ...operation, from: operation.to, to: operation.from }),
  apply: ({ table, from, to }, model) =>
    updateOwned(model, { owner: table, list: 'triggers' }, (triggers) => triggers.rename(from, to)),
  toCall: (operation) =>
    call('renameTrigger', operation.from, operation.to, operation.table.name, {
      ...schemaOption(operation.table),
      ...entityOption(operation),
    }),
  effects: (operation) => [
    renamed(partRef('trigger', operation.table, operation.from), { name: operation.to }, operation),
  ],
  transactionClass: ddl,
  isDestructive: harmless,
});

/** Definition of {@link SetTriggerState}. */
export const setTriggerState = defineOperation<SetTriggerState>({
  describe: ({ table, name, to }) => {
    const verb = to === 'disabled' ? 'disable' : 'enable';
    const mode = to === 'replica' || to === 'always' ? ` (${to})` : '';
    return `${verb} trigger ${memberInWords(table, name)}${mode}`;
  },
  reverse: ({ from, to, ...rest }) => ({ ...rest, from: to, to: from }),
  apply: ({ table, name, to }, model) =>
    updateOwned(model, { owner: table, list: 'triggers' }, (triggers) =>
      triggers.change(name, ({ state: _state, ...trigger }) => ({
        ...trigger,
        ...(to !== 'enabled' && { state: to }),
      })),
    ),
  toCall: ({ table, name, from, to }) =>
    call('setTriggerState', name, table.name, to, {
      from: from === defaultStateBefore(to) ? undefined : from,
      ...schemaOption(table),
    }),
  effects: noEffects,
  transactionClass: ddl,
  isDestructive: harmless,
});

/** A trigger as the server makes it, enabled, and its state as an operation of its own. */
export function enabledStateOf(
  operation: CreateTrigger,
): readonly [CreateTrigger, ...(readonly SetTriggerState[])] {
  const { table, replaces } = operation;
  const { state, ...trigger } = operation.trigger;
  const { name } = trigger;
  return [
    { ...operation, trigger, ...(replaces && { replaces: withoutState(replaces) }) },
    ...(state === undefined
      ? []
      : [{ kind: 'setTriggerState', table, name, from: 'enabled', to: state } as const]),
  ];
}

const withoutState = ({ state: _state, ...trigger }: Trigger): Trigger => trigger;

/** What a trigger was before, where a call does not say it. */
export function defaultStateBefore(to: SetTriggerState['to']): 'enabled' | 'disabled' {
  return to === 'enabled' ? 'disabled' : 'enabled';
}

function triggerOptions(trigger: Trigger): CallOptions {
  return {
    timing: trigger.timing,
    events: trigger.events,
    columns: trigger.columns,
    forEach: trigger.forEach,
    oldTable: trigger.oldTable,
    newTable: trigger.newTable,
    when: sqlOption(trigger.when),
    execute: sqlOption(trigger.execute),
    constraint: trigger.constraint,
    deferrable: trigger.deferrable,
  };
}
