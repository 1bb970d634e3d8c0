import { isMigrationError } from '../errors/migration-error.js';
import { literal } from '../schema/literal.fixture.js';
import { createOperations } from './create-operations.js';
import type { Operation } from './operation.js';
import type { Operations } from './operations-api.js';

/**
 * Checked by the compiler: each `@ts-expect-error` fails the type check when the line below it is allowed. The function
 * is never called.
 */
export function typesOfObjects(op: Operations): readonly Promise<void>[] {
  return [
    op.createSchema('audit', { authorization: 'owner' }),
    // @ts-expect-error a schema has no schema
    op.renameSchema('audit', 'history', { schema: 'x' }),
    op.createExtension('hstore', { schema: 'ext', version: '1.8', cascade: true }),
    // @ts-expect-error a version is a string
    op.createExtension('hstore', { version: 1.8 }),
    op.alterExtension('hstore', { version: null }, { from: { version: '1.7' } }),
    // @ts-expect-error what changes is needed
    op.alterExtension('hstore'),
    op.createDomain('mail', 'text', { checks: [{ expression: `VALUE <> ''` }], default: 'x' }),
    // @ts-expect-error a check is an object
    op.createDomain('mail', 'text', { checks: [`VALUE <> ''`] }),
    op.alterDomain('mail', { default: null, notNull: true }),
    // @ts-expect-error a domain cannot get another type
    op.alterDomain('mail', { type: 'text' }),
    op.addDomainCheck('mail', `VALUE <> ''`, { notValid: true }),
    op.createFunction('add', 'a integer', 'RETURNS integer LANGUAGE sql AS $$SELECT a$$', {
      previous: { definition: op.sql('RETURNS integer LANGUAGE sql AS $$SELECT 1$$') },
    }),
    // @ts-expect-error the text is needed
    op.createFunction('add', 'a integer'),
    // @ts-expect-error arguments are one text
    op.dropFunction('add', ['integer']),
    op.renameProcedure('prune', 'integer', 'forget', { toSchema: null }),
    op.createTrigger('t', 'account', { timing: 'after', events: ['insert'], execute: 'f()' }),
    // @ts-expect-error the timing is needed
    op.createTrigger('t', 'account', { events: ['insert'], execute: 'f()' }),
    // @ts-expect-error there is no such event
    op.createTrigger('t', 'account', { timing: 'after', events: ['select'], execute: 'f()' }),
    op.renameTrigger('t', 'u', 'account', { schema: 'audit' }),
    // @ts-expect-error a trigger has no IF EXISTS
    op.renameTrigger('t', 'u', 'account', { ifExists: true }),
    op.renamePolicy('own', 'rows', 'account'),
    // @ts-expect-error the table is needed
    op.renamePolicy('own', 'rows'),
    op.createIndex('ix', 'event', ['at'], { only: true }),
    op.attachIndex('ix_2026', 'ix', { schema: 'old', tableSchema: null }),
    // @ts-expect-error of which index it becomes a part
    op.attachIndex('ix_2026'),
    op.setComment('viewColumn', 'total', 'cents', { table: 'v' }),
    // @ts-expect-error the view is needed
    op.setComment('viewColumn', 'total', 'cents'),
    op.setComment('domainCheck', 'has_at', null, { domain: 'email', from: 'old' }),
    // @ts-expect-error the domain is needed
    op.setComment('domainCheck', 'has_at', null),
    op.addDomainCheck('email', 'VALUE <> 1', { name: 'c', comment: 'one' }),
    op.createView('v', 'SELECT 1 AS a', { columnComments: [{ column: 'a', comment: 'one' }] }),
    // @ts-expect-error a list says which
    op.createView('v', 'SELECT 1 AS a', { columnComments: { a: 'one' } }),
    op.setTriggerState('t', 'account', 'always', { from: 'disabled' }),
    // @ts-expect-error there is no such state
    op.setTriggerState('t', 'account', 'on'),
    op.setRowSecurity('account', { enabled: true, forced: false }),
    op.createPolicy('own', 'account', { command: 'select', roles: ['clerk'], using: 'true' }),
    // @ts-expect-error there is no such command
    op.createPolicy('own', 'account', { command: 'truncate' }),
    op.alterPolicy('own', 'account', { using: 'false' }, { from: { using: 'true' } }),
    // @ts-expect-error the command of a policy cannot change
    op.alterPolicy('own', 'account', { command: 'select' }),
    op.createTable('event', (t) => [t.column('at', 'date')], {
      partitionBy: { strategy: 'range', columns: ['at', { expression: 'lower(kind)' }] },
    }),
    op.createPartition('p', 'event', { from: [op.sql('MINVALUE')], to: ['2026-01-01'] }),
    op.createPartition('p', 'event', { modulus: 4, remainder: 0 }, { tableSchema: null }),
    // @ts-expect-error both bounds are needed
    op.createPartition('p', 'event', { from: [1] }),
    // @ts-expect-error a default partition is said by true
    op.createPartition('p', 'event', { default: false }),
    op.detachPartition('p', 'event', { concurrently: true, bounds: { in: ['a', null] } }),
    op.createView('v', 'SELECT 1 AS one', { checkOption: 'local', columns: ['one'] }),
    // @ts-expect-error there is no such check option
    op.createView('v', 'SELECT 1', { checkOption: 'global' }),
    op.refreshView('v', { concurrently: true }),
  ];
}

function recorded() {
  const operations: Operation[] = [];
  const op = createOperations({
    literal,
    submit: async (operation) => void operations.push(operation),
  });
  return {
    op: op as unknown as Readonly<Record<string, (...args: unknown[]) => unknown>>,
    operations,
  };
}

it.each<readonly [string, string, readonly unknown[], RegExp]>([
  ['no change', 'alterExtension', ['hstore', {}], /"change" .* names neither "version" nor/],
  ['no change', 'alterDomain', ['mail', {}], /"change" .* names neither "default" nor/],
  ['no change', 'setRowSecurity', ['account', {}], /"change" .* says nothing/],
  ['no change', 'alterPolicy', ['own', 'account', {}], /"change" .* says nothing/],
  ['a blank text', 'createFunction', ['f', '', ' '], /"definition" .* is blank/],
  ['no previous text', 'createFunction', ['f', '', 'x', { previous: {} }], /previous\.definition/],
  ['an unknown option', 'createTrigger', ['t', 'a', { timings: 'after' }], /Did you mean "timing"/],
  ['no event', 'createTrigger', ['t', 'a', { timing: 'after', events: [] }], /empty list/],
  [
    'a deferrable trigger that is no constraint',
    'createTrigger',
    [
      't',
      'a',
      { timing: 'after', events: ['insert'], execute: 'f()', deferrable: 'initially deferred' },
    ],
    /deferrable" .* needs "constraint: true"/,
  ],
  [
    'columns of an UPDATE that it does not hear of',
    'createTrigger',
    ['t', 'a', { timing: 'before', events: ['insert'], columns: ['b'], execute: 'f()' }],
    /"options.columns" .* "events" has no 'update'/,
  ],
  [
    'rows of a view that has none',
    'createView',
    ['v', 'SELECT 1', { withNoData: true }],
    /"options.withNoData" .* needs "materialized: true"/,
  ],
  [
    'exceptions from nothing',
    'dropView',
    ['v', { except: ['t'] }],
    /"options.except" .* needs "anew: true"/,
  ],
  [
    'the index of a check',
    'dropConstraint',
    ['t', 'ck', 'check', { index: { name: 'ix', columns: ['a'] } }],
    /"options.index" .* is for keys/,
  ],
  [
    'a comment on a check without a name',
    'addDomainCheck',
    ['mail', 'VALUE <> 1', { comment: 'x' }],
    /"options.comment" .* is on a check without a name/,
  ],
  [
    'a comment on a check without a name',
    'createDomain',
    ['mail', 'text', { checks: [{ expression: 'VALUE <> 1', comment: 'x' }] }],
    /"options.checks\[0\].comment" .* is on a check without a name/,
  ],
  ['no bounds', 'createPartition', ['p', 't', {}], /"bounds" .* must be \{ from, to \}/],
  ['half of the bounds', 'createPartition', ['p', 't', { from: [1] }], /must be \{ from, to \}/],
  [
    'a broken number',
    'createPartition',
    ['p', 't', { modulus: 1.5, remainder: 0 }],
    /bounds\.modulus/,
  ],
  [
    'no key',
    'createTable',
    ['t', () => [], { partitionBy: { strategy: 'hash' } }],
    /partitionBy\.columns/,
  ],
  [
    'an index of the table alone that is built concurrently',
    'createIndex',
    ['ix', 'event', ['at'], { only: true, concurrently: true }],
    /"options.concurrently" .* says nothing beside "only"/,
  ],
  [
    'two comments of a column',
    'createView',
    [
      'v',
      'SELECT 1 AS a',
      {
        columnComments: [
          { column: 'a', comment: 'x' },
          { column: 'a', comment: 'y' },
        ],
      },
    ],
    /"options.columnComments" .* has "a" twice/,
  ],
  ['no index to attach', 'attachIndex', ['', 'ix'], /"name" .* is an empty name/],
  ['no new name', 'renameTrigger', ['a', '', 't'], /"to" .* is an empty name/],
  ['no table', 'renamePolicy', ['a', 'b'], /"table" .* is missing/],
  ['an unknown name', 'refreshView', [''], /"name" .* is an empty name/],
])('%s: op.%s refuses it at once', (_, method, args, message) => {
  const { op, operations } = recorded();
  const refused = (): unknown => op[method]?.(...args);
  expect(refused).toThrow(message);
  try {
    refused();
  } catch (error) {
    expect(isMigrationError(error)).toBe(true);
  }
  expect(operations).toEqual([]);
});

it('the events of a trigger and the roles of a policy are put in order', async () => {
  const { op, operations } = recorded();
  await op['createTrigger']?.('t', 'a', {
    timing: 'before',
    events: ['update', 'insert'],
    forEach: 'statement',
    execute: 'f()',
  });
  await op['createPolicy']?.('p', 'a', { roles: ['b', 'a'] });
  expect(operations).toMatchObject([
    { trigger: { events: ['insert', 'update'] } },
    { policy: { roles: ['a', 'b'] } },
  ]);
});
