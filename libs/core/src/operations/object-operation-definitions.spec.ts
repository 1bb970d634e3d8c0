import { postgresCapabilities } from '../dialects/postgres/postgres-capabilities.js';
import {
  callOf,
  describeOperation,
  effectsOf,
  isDestructive,
  reverseOperation,
  transactionClassOf,
  writtenForm,
} from './operation-definitions.js';
import type { Operation } from './operation.js';

const name = { schema: null, name: 'account' };
const to = { schema: 'audit', name: 'x' };
const routine = { ...name, type: 'function', arguments: 'a int = 5', definition: 'x' } as const;
const trigger = { name: 't', timing: 'after', events: ['insert'], execute: 'f()' } as const;
const check = { name: 'ck', expression: 'VALUE > 0' };
const partition = { ...to, of: name, bounds: { default: true } } as const;
const view = { ...name, definition: 'x', materialized: false, dependsOn: [], indexes: [] };
const alter = (change: Extract<Operation, { kind: 'alterDomain' }>['change']): Operation => ({
  kind: 'alterDomain',
  name,
  change,
});

it.each<readonly [string, Operation]>([
  ['rename schema a to b', { kind: 'renameSchema', from: 'a', to: 'b' }],
  ['refresh materialized view account', { kind: 'refreshView', name }],
  ['empty materialized view account', { kind: 'refreshView', name, withNoData: true }],
  ['create or replace view account', { kind: 'createView', view, orReplace: true }],
  ['create extension "a b"', { kind: 'createExtension', extension: { name: 'a b' } }],
  ['drop extension hstore', { kind: 'dropExtension', name: 'hstore' }],
  ['update extension hstore', { kind: 'alterExtension', name: 'hstore', to: { version: null } }],
  ['move extension hstore', { kind: 'alterExtension', name: 'hstore', to: { schema: 'x' } }],
  ['create domain account', { kind: 'createDomain', domain: { ...name, type: 'x', checks: [] } }],
  ['drop domain account', { kind: 'dropDomain', name }],
  ['alter domain account: default', alter({ type: 'attributes', to: { default: '1' } })],
  ['add check ck to domain account', alter({ type: 'addCheck', check })],
  ['add check to domain account', alter({ type: 'addCheck', check: { expression: 'x' } })],
  ['drop check ck of domain account', alter({ type: 'dropCheck', name: 'ck' })],
  ['validate check ck of domain account', alter({ type: 'validateCheck', name: 'ck' })],
  ['rename check a of domain account to b', alter({ type: 'renameCheck', from: 'a', to: 'b' })],
  ['rename domain account to audit.x', { kind: 'renameDomain', from: name, to }],
  ['create function account(a int)', { kind: 'createRoutine', routine }],
  [
    'create or replace function account(a int)',
    { kind: 'createRoutine', routine, replaces: routine },
  ],
  [
    'drop procedure account(int)',
    { kind: 'dropRoutine', type: 'procedure', name, arguments: 'int' },
  ],
  [
    'rename function account(int) to audit.x',
    { kind: 'renameRoutine', type: 'function', from: name, to, arguments: 'int' },
  ],
  ['create trigger t of account', { kind: 'createTrigger', table: name, trigger }],
  ['drop trigger t of account', { kind: 'dropTrigger', table: name, name: 't' }],
  [
    'disable trigger t of account',
    { kind: 'setTriggerState', table: name, name: 't', from: 'enabled', to: 'disabled' },
  ],
  ['rename trigger t of account to u', { kind: 'renameTrigger', table: name, from: 't', to: 'u' }],
  ['rename policy p of account to q', { kind: 'renamePolicy', table: name, from: 'p', to: 'q' }],
  ['attach index audit.x to account', { kind: 'attachIndex', name: to, of: name }],
  [
    'remove comment of column total of account',
    { kind: 'setComment', object: { type: 'viewColumn', table: name, name: 'total' } },
  ],
  [
    'enable trigger t of account (always)',
    { kind: 'setTriggerState', table: name, name: 't', from: 'enabled', to: 'always' },
  ],
  [
    'enable and no longer force row security of account',
    { kind: 'setRowSecurity', table: name, to: { enabled: true, forced: false } },
  ],
  ['create policy p of account', { kind: 'createPolicy', table: name, policy: { name: 'p' } }],
  ['drop policy p of account', { kind: 'dropPolicy', table: name, name: 'p' }],
  [
    'alter policy p of account: using',
    { kind: 'alterPolicy', table: name, name: 'p', to: { using: 'x' } },
  ],
  ['create partition audit.x of account', { kind: 'createPartition', partition }],
  ['drop partition audit.x', { kind: 'dropPartition', name: to }],
  [
    'attach partition audit.x to account',
    { kind: 'attachPartition', name: to, of: name, bounds: { default: true } },
  ],
  ['detach partition audit.x from account', { kind: 'detachPartition', name: to, of: name }],
])('in words: %s', (words, operation) => {
  expect(describeOperation(operation)).toBe(words);
});

it.each<readonly [string, Operation]>([
  [
    'an extension without its former version',
    { kind: 'alterExtension', name: 'x', to: { version: '2' } },
  ],
  ['a domain without its former default', alter({ type: 'attributes', to: { default: null } })],
  ['a proven check', alter({ type: 'validateCheck', name: 'ck' })],
  ['a check that the server names', alter({ type: 'addCheck', check: { expression: 'x' } })],
  ['a check that is not known', alter({ type: 'dropCheck', name: 'ck' })],
  ['a routine that replaced another', { kind: 'createRoutine', routine, orReplace: true }],
  [
    'a trigger that replaced another',
    { kind: 'createTrigger', table: name, trigger, orReplace: true },
  ],
  ['a view that replaced another', { kind: 'createView', view, orReplace: true }],
  [
    'a policy without its former text',
    { kind: 'alterPolicy', table: name, name: 'p', to: { using: 'x' } },
  ],
  [
    'a policy of which only another part is told',
    {
      kind: 'alterPolicy',
      table: name,
      name: 'p',
      to: { using: 'x', roles: [] },
      from: { using: 'y' },
    },
  ],
  ['a partition whose bounds are not known', { kind: 'detachPartition', name: to, of: name }],
  ['an index that is attached', { kind: 'attachIndex', name: to, of: name }],
  ['a partition that is not known', { kind: 'dropPartition', name: to }],
])('no way back: %s', (_, operation) => {
  expect(reverseOperation(operation)).toBeUndefined();
});

it.each<readonly [string, boolean, Operation]>([
  ['an extension', true, { kind: 'dropExtension', name: 'x' }],
  ['a sequence', true, { kind: 'dropSequence', name }],
  [
    'a sequence of a column',
    false,
    {
      kind: 'dropSequence',
      name,
      dropped: { ...name, ownedBy: { table: to, column: 'id' } },
    },
  ],
  ['an extension with CASCADE', true, { kind: 'dropExtension', name: 'x', cascade: true }],
  ['a partition', true, { kind: 'dropPartition', name: to }],
  ['a function', false, { kind: 'dropRoutine', type: 'function', name, arguments: '' }],
  ['a policy', false, { kind: 'dropPolicy', table: name, name: 'p' }],
])('dropping %s loses data: %s', (_, expected, operation) => {
  expect(isDestructive(operation)).toBe(expected);
});

it.each<readonly [string, Operation]>([
  ['transactional', { kind: 'refreshView', name, concurrently: true }],
  ['transactional', { kind: 'refreshView', name }],
  ['autocommit', { kind: 'detachPartition', name: to, of: name, concurrently: true }],
  ['transactional', { kind: 'detachPartition', name: to, of: name }],
  ['transactional', { kind: 'createRoutine', routine }],
])('%s: %j', (expected, operation) => {
  expect(transactionClassOf(operation, postgresCapabilities)).toBe(expected);
});

it('a routine is remembered with its signature', () => {
  const ref = { kind: 'routine', schema: null, name: 'account(a int)' };
  expect(effectsOf({ kind: 'createRoutine', routine })).toEqual([{ ...ref, action: 'made' }]);
  expect(
    effectsOf({ kind: 'renameRoutine', type: 'function', from: name, to, arguments: 'a int' }),
  ).toEqual([{ ...ref, action: 'renamed', to: 'x(a int)', toSchema: 'audit' }]);
});

it('what a table has besides is written as operations of their own, which do not become those of its entity', () => {
  const table = {
    ...name,
    columns: [],
    foreignKeys: [],
    uniques: [],
    checks: [],
    exclusions: [],
    indexes: [],
    entity: 'Account',
    rowSecurity: { enabled: true },
    policies: [{ name: 'p' }],
    triggers: [{ ...trigger, state: 'disabled' }],
  } as const;
  expect(writtenForm({ kind: 'createTable', table }).slice(1)).toEqual([
    { kind: 'setRowSecurity', table: name, to: { enabled: true } },
    { kind: 'createPolicy', table: name, policy: { name: 'p' } },
    { kind: 'createTrigger', table: name, trigger },
    { kind: 'setTriggerState', table: name, name: 't', from: 'enabled', to: 'disabled' },
  ]);
});

it('a call says a state from before only where it is another than one would think', () => {
  const set = { kind: 'setTriggerState', table: name, name: 't' } as const;
  expect(callOf({ ...set, from: 'enabled', to: 'disabled' }).args).toEqual([
    't',
    'account',
    'disabled',
  ]);
  expect(callOf({ ...set, from: 'always', to: 'enabled' }).args.at(-1)).toEqual({ from: 'always' });
});
