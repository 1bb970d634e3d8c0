import { postgresDialect } from '../dialects/postgres/postgres-dialect.js';
import type { ObjectEffect } from '../operations/object-effect.js';
import { EMPTY_SCHEMA } from '../schema/schema-model.js';
import type { SchemaModel, Table } from '../schema/schema-model.js';
import { diffSchema } from './diff-schema.js';
import { replayLog } from './replay-log.js';

const account: Table = {
  schema: null,
  name: 'account',
  columns: [{ name: 'id', type: 'integer', nullable: false }],
  foreignKeys: [],
  uniques: [],
  checks: [],
  exclusions: [],
  indexes: [],
};
const named = { schema: null, name: 'f' };
const part = { schema: null, table: 'account' };
const full: SchemaModel = {
  ...EMPTY_SCHEMA,
  extensions: [{ name: 'hstore' }],
  domains: [{ ...named, type: 'text', checks: [] }],
  routines: [{ ...named, type: 'function', arguments: '', definition: 'x' }],
  partitions: [{ ...named, of: { schema: null, name: 't' }, bounds: { default: true } }],
  tables: [
    {
      ...account,
      rowSecurity: { enabled: true },
      policies: [{ name: 'own' }],
      triggers: [{ name: 'touch', timing: 'after', events: ['insert'], execute: 'f()' }],
    },
  ],
};
const bare: SchemaModel = { ...EMPTY_SCHEMA, tables: [account] };
const emptied: SchemaModel = {
  ...EMPTY_SCHEMA,
  extensions: [],
  domains: [],
  routines: [],
  partitions: [],
  tables: [{ ...account, policies: [], triggers: [] }],
};
const made = (entity?: string): readonly ObjectEffect[] =>
  [
    { ...named, name: 'hstore', kind: 'extension' as const },
    { ...named, kind: 'domain' as const },
    { ...named, name: 'f()', kind: 'routine' as const },
    { ...named, kind: 'partition' as const },
    { ...part, kind: 'policy' as const, name: 'own' },
    { ...part, kind: 'trigger' as const, name: 'touch' },
  ].map((ref) => ({ ...ref, action: 'made', ...(entity !== undefined && { entity }) }));

const diff = (target: SchemaModel, effects: readonly ObjectEffect[]) =>
  diffSchema({
    current: full,
    target,
    memory: replayLog(effects),
    dialect: postgresDialect,
    allowDestructive: true,
  });

it('nothing is done to kinds that the target does not speak of, whoever made them', () => {
  expect(diff(bare, made('Account'))).toMatchObject({ operations: [], untouched: [] });
});

it.each([
  ['foreign', []],
  ['known', made()],
])('what is %s stays, though the target wants none', (state, effects) => {
  const { operations, untouched } = diff(emptied, effects);
  expect(operations).toEqual([]);
  expect(untouched).toHaveLength(6);
  expect(untouched.every((object) => object.state === state)).toBe(true);
});

it('what is managed is dropped, and its way back makes it managed again', () => {
  const { operations } = diff(emptied, made('Account'));
  expect(operations.map(({ kind }) => kind)).toEqual([
    'dropTrigger',
    'dropPolicy',
    'dropPartition',
    'dropDomain',
    'dropRoutine',
    'dropExtension',
  ]);
  const dropped = operations.flatMap((operation) =>
    'dropped' in operation ? operation.dropped : [],
  );
  expect(dropped.every((object) => object !== undefined && 'entity' in object)).toBe(true);
});

it('row-level security is turned off only where the target says so', () => {
  const off = { ...full, tables: full.tables.map((table) => ({ ...table, rowSecurity: {} })) };
  expect(diff(off, []).operations).toEqual([
    { kind: 'setRowSecurity', table: { schema: null, name: 'account' }, to: { enabled: false } },
  ]);
});

it('another base type of a domain is a question', () => {
  const target = { ...full, domains: [{ ...named, type: 'citext', checks: [] }] };
  expect(diff(target, []).questions).toMatchObject([{ id: 'domain-type:f', kind: 'no-cast' }]);
});

it('what is remembered of a schema follows when it is renamed', () => {
  const table = { kind: 'table', schema: 'audit', name: 'event' } as const;
  const memory = replayLog([
    { ...table, action: 'made', entity: 'Event' },
    { kind: 'schema', schema: null, name: 'audit', action: 'made', entity: 'Event' },
    { kind: 'schema', schema: null, name: 'audit', action: 'renamed', to: 'history' },
  ]);
  expect(memory.of({ ...table, schema: 'history' }).state).toBe('managed');
  expect(memory.of(table).state).toBe('foreign');
  expect(memory.schemas).toEqual(['history']);
});

it('a view that is made anew keeps its options and its comment; what others made for it the server gives back', () => {
  const view = { ...named, definition: 'a', materialized: false, dependsOn: [], indexes: [] };
  const trigger = { name: 't', timing: 'instead of', events: ['insert'], execute: 'f()' } as const;
  const kept = { securityInvoker: true, checkOption: 'local', comment: 'x' } as const;
  const { operations } = diffSchema({
    current: { ...bare, views: [{ ...view, ...kept, triggers: [trigger] }] },
    target: { ...bare, views: [{ ...view, definition: 'b' }] },
    memory: replayLog([]),
    dialect: postgresDialect,
  });
  expect(operations).toMatchObject([
    { kind: 'dropView', anew: true },
    { kind: 'createView', view: { ...kept, definition: 'b' }, anew: true },
  ]);
  expect(operations).not.toContainEqual(expect.objectContaining({ except: expect.anything() }));
});

it('options of a view are compared where the target says them', () => {
  const view = { ...named, definition: 'a', materialized: false, dependsOn: [], indexes: [] };
  const diffOf = (target: SchemaModel['views'][number]) =>
    diffSchema({
      current: { ...bare, views: [{ ...view, securityBarrier: true }] },
      target: { ...bare, views: [target] },
      memory: replayLog([]),
      dialect: postgresDialect,
    }).operations.map(({ kind }) => kind);
  expect(diffOf(view)).toEqual([]);
  expect(diffOf({ ...view, securityBarrier: true })).toEqual([]);
  expect(diffOf({ ...view, securityInvoker: true })).toEqual(['dropView', 'createView']);
});
