import { EMPTY_SCHEMA } from '../schema/schema-model.js';
import type { Column, Table } from '../schema/schema-model.js';
import type { Capabilities } from './capabilities.js';
import {
  applyOperation,
  applyOperations,
  callOf,
  callsOf,
  describeOperation,
  effectsOf,
  isDestructive,
  OPERATION_KINDS,
  reverseOperation,
  transactionClassOf,
  writtenForm,
} from './operation-definitions.js';
import type { Operation } from './operation.js';

const capabilities: Capabilities = {
  transactionalDdl: true,
  schemas: true,
  enumTypes: true,
  sequences: true,
  identityColumns: true,
  generatedColumns: true,
  partialIndexes: true,
  expressionIndexes: true,
  exclusionConstraints: true,
  deferrableConstraints: true,
  materializedViews: true,
  comments: true,
  concurrentIndexes: true,
  extensions: true,
  domains: true,
  routines: true,
  triggers: true,
  rowSecurity: true,
  partitions: true,
  restatesColumns: false,
  maxIdentifierBytes: 63,
};

const name = { schema: null, name: 'account' };
const email: Column = { name: 'email', type: 'text', nullable: false };
const account: Table = {
  ...name,
  columns: [
    { name: 'id', type: 'bigint', nullable: false, entity: 'Account', property: 'id' },
    { ...email, property: 'mailAddress' },
  ],
  primaryKey: { name: 'account_pkey', columns: ['id'] },
  foreignKeys: [],
  uniques: [{ columns: ['email'] }],
  checks: [{ name: 'ck', expression: "email LIKE '%@%'", entity: 'Other' }],
  exclusions: [],
  indexes: [{ name: 'ix', elements: [{ column: 'email' }], unique: true, invalid: true }],
  entity: 'Account',
};
const createAccount: Operation = { kind: 'createTable', table: account };
const index = account.indexes[0] ?? never();
const key = { type: 'primaryKey', constraint: { name: 'pk', columns: ['id'] } } as const;

function never(): never {
  throw new Error('the table above has an index');
}

describe('descriptions', () => {
  it.each<readonly [string, Operation]>([
    ['create schema audit', { kind: 'createSchema', name: 'audit' }],
    ['drop schema "au\\ndit"', { kind: 'dropSchema', name: 'au\ndit' }],
    [
      'create enum audit.kind',
      { kind: 'createEnum', enum: { schema: 'audit', name: 'kind', labels: [] } },
    ],
    ['drop enum account', { kind: 'dropEnum', name }],
    ['alter enum account: +c, -a', { kind: 'alterEnum', name, from: ['a', 'b'], to: ['b', 'c'] }],
    [
      'alter enum account: order of labels',
      { kind: 'alterEnum', name, from: ['a', 'b'], to: ['b', 'a'] },
    ],
    [
      'rename enum account to audit.x',
      { kind: 'renameEnum', from: name, to: { schema: 'audit', name: 'x' } },
    ],
    ['create sequence account', { kind: 'createSequence', sequence: name }],
    ['drop sequence account', { kind: 'dropSequence', name }],
    [
      'alter sequence account: increment, restart',
      { kind: 'alterSequence', name, to: { increment: '2' }, restart: '1' },
    ],
    [
      'rename sequence account to audit.x',
      { kind: 'renameSequence', from: name, to: { schema: 'audit', name: 'x' } },
    ],
    [
      'rename materialized view account to x',
      { kind: 'renameView', from: name, to: { schema: null, name: 'x' }, materialized: true },
    ],
    ['create table account', createAccount],
    ['drop table account', { kind: 'dropTable', name }],
    [
      'rename table account to "a b"',
      { kind: 'renameTable', from: name, to: { schema: null, name: 'a b' } },
    ],
    [
      'set storage of table account: unlogged, storage',
      { kind: 'setTableStorage', table: name, to: { unlogged: true, storage: null } },
    ],
    ['set comment of table account', { kind: 'setTableComment', table: name, to: 'x' }],
    ['remove comment of table account', { kind: 'setTableComment', table: name, from: 'x' }],
    [
      'set comment of index ix of account',
      { kind: 'setComment', object: { type: 'index', table: name, name: 'ix' }, to: 'x' },
    ],
    [
      'remove comment of unique constraint u of account',
      { kind: 'setComment', object: { type: 'unique', table: name, name: 'u' } },
    ],
    ['add column account.email', { kind: 'addColumn', table: name, column: email }],
    ['drop column account.email', { kind: 'dropColumn', table: name, name: 'email' }],
    [
      'alter column account.email: type, nullable',
      { kind: 'alterColumn', table: name, name: 'email', to: { type: 'text', nullable: true } },
    ],
    [
      'rename column account.email to mail',
      { kind: 'renameColumn', table: name, from: 'email', to: 'mail' },
    ],
    ['add primary key pk to account', { kind: 'addConstraint', table: name, added: key }],
    [
      'add unique constraint (a, b) to account',
      {
        kind: 'addConstraint',
        table: name,
        added: { type: 'unique', constraint: { columns: ['a', 'b'] } },
      },
    ],
    [
      'add check constraint without a name to account',
      {
        kind: 'addConstraint',
        table: name,
        added: { type: 'check', constraint: { expression: 'x' } },
      },
    ],
    [
      'drop foreign key fk of account',
      { kind: 'dropConstraint', table: name, name: 'fk', type: 'foreignKey' },
    ],
    [
      'rename exclusion constraint a of account to b',
      { kind: 'renameConstraint', table: name, type: 'exclusion', from: 'a', to: 'b' },
    ],
    [
      'validate foreign key fk of account',
      { kind: 'validateConstraint', table: name, name: 'fk', type: 'foreignKey' },
    ],
    [
      'alter foreign key fk of account: not deferrable',
      { kind: 'alterConstraint', table: name, name: 'fk', to: { deferrable: null } },
    ],
    ['create unique index ix on account', { kind: 'createIndex', table: name, index }],
    ['drop index ix of account', { kind: 'dropIndex', table: name, name: 'ix' }],
    [
      'rename index ix of account to iy',
      { kind: 'renameIndex', table: name, from: 'ix', to: 'iy' },
    ],
    [
      'create materialized view account',
      {
        kind: 'createView',
        view: { ...name, definition: 'SELECT 1', materialized: true, dependsOn: [], indexes: [] },
      },
    ],
    ['drop view account', { kind: 'dropView', name, materialized: false }],
    ['execute UPDATE account SET a = 1', { kind: 'execute', sql: '\nUPDATE account\n  SET a = 1' }],
    [
      'insert 1 row into account',
      { kind: 'bulkInsert', table: name, columns: ['a'], rows: [['1']] },
    ],
  ])('say "%s"', (text, operation) => {
    expect(describeOperation(operation)).toBe(text);
  });

  it('are short for long statements', () => {
    expect(describeOperation({ kind: 'execute', sql: 'x'.repeat(1000) }).length).toBeLessThan(80);
  });
});

describe('operations that carry too little', () => {
  it.each<readonly [string, Operation]>([
    ['a drop without what was dropped', { kind: 'dropTable', name }],
    ['a dropped column without its definition', { kind: 'dropColumn', table: name, name: 'email' }],
    [
      'an alteration without from',
      { kind: 'alterColumn', table: name, name: 'x', to: { type: 'text' } },
    ],
    [
      'a primary key without a name',
      {
        kind: 'addConstraint',
        table: name,
        added: { type: 'primaryKey', constraint: { columns: ['a'] } },
      },
    ],
    ['free SQL (OPX-04)', { kind: 'execute', sql: 'DELETE FROM account' }],
    ['rows (OPX-04)', { kind: 'bulkInsert', table: name, columns: ['a'], rows: [['1']] }],
  ])('are not reversible: %s', (_, operation) => {
    expect(reverseOperation(operation)).toBeUndefined();
  });

  it('the way back of a type change swaps the expressions of USING', () => {
    const operation: Operation = {
      kind: 'alterColumn',
      table: name,
      name: 'x',
      to: { type: 'integer' },
      from: { type: 'text' },
      using: 'x::integer',
      reverseUsing: 'x::text',
      entity: 'Account',
    };
    expect(reverseOperation(operation)).toEqual({
      ...operation,
      to: { type: 'text' },
      from: { type: 'integer' },
      using: 'x::text',
      reverseUsing: 'x::integer',
    });
  });

  it('the way back of what keeps nobody out keeps nobody out either', () => {
    const built = { name: 'ix', elements: [{ column: 'a' }], unique: false };
    const create: Operation = {
      kind: 'createIndex',
      table: name,
      index: built,
      concurrently: true,
    };
    const drop: Operation = {
      kind: 'dropIndex',
      table: name,
      name: 'ix',
      dropped: built,
      concurrently: true,
    };
    expect(reverseOperation(create)).toEqual(drop);
    expect(reverseOperation(drop)).toEqual(create);
  });

  it('the way back of a sequence does not begin again where it was told to begin', () => {
    const change = {
      kind: 'alterSequence',
      name,
      to: { cache: '5' },
      from: { cache: null },
    } as const;
    expect(reverseOperation({ ...change, restart: '7' })).toEqual({
      ...change,
      to: change.from,
      from: change.to,
    });
  });

  it('the way back of an enum swaps its renames, and forgets replacements', () => {
    const operation: Operation = {
      kind: 'alterEnum',
      name,
      from: ['a', 'b'],
      to: ['c'],
      renames: [
        { from: 'a', to: 'x' },
        { from: 'x', to: 'c' },
      ],
      replacements: [{ from: 'b', to: 'c' }],
    };
    expect(reverseOperation(operation)).toEqual({
      kind: 'alterEnum',
      name,
      from: ['c'],
      to: ['a', 'b'],
      renames: [
        { from: 'c', to: 'x' },
        { from: 'x', to: 'a' },
      ],
    });
  });
});

describe('the way back of an enum', () => {
  const renames = [
    { from: 'new', to: 'open' },
    { from: "it's", to: 'x' },
    { from: 'a b', to: 'y' },
  ];
  const reversedUse = (use: object) => {
    const [from, to] = [
      ['new', 'lost', "it's", 'a b'],
      ['open', 'x', 'y'],
    ];
    const uses = [{ table: name, column: 'state', ...use }];
    const reversed = reverseOperation({ kind: 'alterEnum', name, from, to, renames, uses });
    return reversed?.kind === 'alterEnum' ? reversed.uses?.[0] : undefined;
  };

  it.each([
    [`'open'`, `'new'`],
    [`'open'::state`, `'new'::state`],
    [`'x'::"a".state`, `'it''s'::"a".state`],
    [`'lost'`, `'lost'`],
    [`'{open}'`, `'{open}'`],
    [`'open' || 'x'`, `'open' || 'x'`],
    [`state_of('open')`, `state_of('open')`],
    [`E'op\\x65n'`, `E'op\\x65n'`],
  ])('the default %s was %s', (text, before) => {
    expect(reversedUse({ default: text })).toEqual({
      table: name,
      column: 'state',
      default: before,
    });
  });

  it.each([
    [`'{open,lost,y}'::state[]`, `'{new,lost,"a b"}'::state[]`],
    [`'{}'::state[]`, `'{}'::state[]`],
    [`'{"open"}'::state[]`, `'{"open"}'::state[]`],
    [`'{x}'`, `'{it''s}'`],
  ])('the list %s was %s', (text, before) => {
    expect(reversedUse({ default: text, array: true })).toMatchObject({ default: before });
  });

  it('no default stays none', () => {
    expect(reversedUse({})).toEqual({ table: name, column: 'state' });
  });
});

describe('apply', () => {
  it('refuses what the model has already, or lacks', () => {
    const model = applyOperation(createAccount, EMPTY_SCHEMA);
    const wrong: readonly Operation[] = [
      createAccount,
      { kind: 'dropTable', name: { schema: 'audit', name: 'account' } },
      { kind: 'addColumn', table: name, column: email },
      { kind: 'dropColumn', table: name, name: 'nosuch' },
      { kind: 'alterColumn', table: name, name: 'nosuch', to: {} },
      { kind: 'addConstraint', table: name, added: key },
      { kind: 'dropConstraint', table: name, name: 'nosuch', type: 'check' },
      { kind: 'dropConstraint', table: name, name: 'ck', type: 'unique' },
      { kind: 'renameConstraint', table: name, type: 'check', from: 'nosuch', to: 'x' },
      { kind: 'createIndex', table: name, index },
      { kind: 'dropIndex', table: name, name: 'nosuch' },
      { kind: 'renameIndex', table: name, from: 'ix', to: 'ix' },
      { kind: 'dropView', name, materialized: false },
      { kind: 'dropSchema', name: 'nosuch' },
      { kind: 'alterEnum', name, from: [], to: [] },
    ];
    for (const operation of wrong) {
      expect(() => applyOperation(operation, model)).toThrow(
        expect.objectContaining({ code: 'E3014' }),
      );
    }
  });

  it('passes over what IF EXISTS and IF NOT EXISTS allow', () => {
    const model = applyOperations(
      [{ kind: 'createSchema', name: 'audit' }, createAccount],
      EMPTY_SCHEMA,
    );
    const other = { schema: null, name: 'other' };
    const allowed: readonly Operation[] = [
      { kind: 'createSchema', name: 'audit', ifNotExists: true },
      { kind: 'dropSchema', name: 'other', ifExists: true },
      { kind: 'dropEnum', name: other, ifExists: true },
      { kind: 'dropSequence', name: other, ifExists: true },
      { kind: 'createTable', table: account, ifNotExists: true },
      { kind: 'dropTable', name: other, ifExists: true },
      { kind: 'addColumn', table: name, column: email, ifNotExists: true },
      { kind: 'dropColumn', table: name, name: 'other', ifExists: true },
      { kind: 'dropConstraint', table: name, name: 'other', type: 'check', ifExists: true },
      { kind: 'createIndex', table: name, index, ifNotExists: true },
      { kind: 'dropIndex', table: name, name: 'other', ifExists: true },
      { kind: 'dropView', name: other, materialized: false, ifExists: true },
    ];
    expect(applyOperations(allowed, model)).toEqual(model);
  });

  it('takes attributes away that an alteration sets to null', () => {
    const table = { ...account, columns: [{ ...email, default: "''", comment: 'x' }] };
    const change: Operation = {
      kind: 'alterColumn',
      table: name,
      name: 'email',
      to: { default: null, comment: 'y', nullable: true },
    };
    const [after] = applyOperations([{ kind: 'createTable', table }, change], EMPTY_SCHEMA).tables;
    expect(after?.columns).toStrictEqual([
      { name: 'email', type: 'text', nullable: true, comment: 'y' },
    ]);
  });

  it('makes the columns of a new primary key NOT NULL, and leaves them so when it goes', () => {
    const { primaryKey: _key, ...keyless } = account;
    const table = { ...keyless, columns: [{ name: 'id', type: 'bigint', nullable: true }] };
    const made = applyOperations(
      [
        { kind: 'createTable', table },
        { kind: 'addConstraint', table: name, added: key },
      ],
      EMPTY_SCHEMA,
    );
    expect(made.tables[0]).toMatchObject({
      primaryKey: key.constraint,
      columns: [{ nullable: false }],
    });
    const gone: Operation = { kind: 'dropConstraint', table: name, name: 'pk', type: 'primaryKey' };
    expect(applyOperation(gone, made).tables[0]?.columns[0]?.nullable).toBe(false);
  });
});

describe('effects', () => {
  it('of a table of an entity: all its parts are managed, columns with their property', () => {
    const part = { schema: null, table: 'account', action: 'made' };
    expect(effectsOf(createAccount)).toEqual([
      { kind: 'table', schema: null, name: 'account', action: 'made', entity: 'Account' },
      { kind: 'column', ...part, name: 'id', entity: 'Account', property: 'id' },
      { kind: 'column', ...part, name: 'email', entity: 'Account', property: 'mailAddress' },
      { kind: 'primaryKey', ...part, name: 'account_pkey', entity: 'Account' },
      { kind: 'unique', ...part, name: 'UNIQUE (email)', entity: 'Account' },
      { kind: 'check', ...part, name: 'ck', entity: 'Other' },
      { kind: 'index', ...part, name: 'ix', entity: 'Account' },
    ]);
  });

  it('of a hand-written table: its parts are known, without marks', () => {
    const { entity: _entity, ...table } = { ...account, columns: [email], checks: [] };
    const effects = effectsOf({ kind: 'createTable', table });
    expect(effects).toHaveLength(4);
    expect(effects.every((effect) => !('entity' in effect) && !('property' in effect))).toBe(true);
  });

  it.each<readonly [string, Operation, object]>([
    [
      'a dropped table',
      { kind: 'dropTable', name, dropped: account },
      { kind: 'table', schema: null, name: 'account', action: 'dropped' },
    ],
    [
      'a column of an entity',
      { kind: 'addColumn', table: name, column: { ...email, entity: 'Account' } },
      {
        kind: 'column',
        table: 'account',
        name: 'email',
        action: 'made',
        entity: 'Account',
        property: 'email',
      },
    ],
    [
      'an altered column of an entity, whose property may be another now',
      {
        kind: 'alterColumn',
        table: name,
        name: 'email',
        to: {},
        entity: 'Account',
        property: 'mail',
      },
      { kind: 'column', name: 'email', action: 'made', entity: 'Account', property: 'mail' },
    ],
    [
      'a renamed column of an entity',
      { kind: 'renameColumn', table: name, from: 'email', to: 'mail', entity: 'Account' },
      {
        kind: 'column',
        name: 'email',
        action: 'renamed',
        to: 'mail',
        entity: 'Account',
        property: 'mail',
      },
    ],
    [
      'a table that moves to the default schema',
      { kind: 'renameTable', from: { schema: 'a', name: 't' }, to: { schema: null, name: 'u' } },
      { kind: 'table', schema: 'a', name: 't', action: 'renamed', to: 'u', toSchema: null },
    ],
    [
      'a schema',
      { kind: 'createSchema', name: 'audit', entity: 'Event' },
      { kind: 'schema', schema: null, name: 'audit', action: 'made', entity: 'Event' },
    ],
  ])('of %s', (_, operation, effect) => {
    expect(effectsOf(operation)).toEqual([expect.objectContaining(effect)]);
  });

  it.each<readonly [string, Operation]>([
    [
      'a hand-written alteration',
      { kind: 'alterColumn', table: name, name: 'email', to: { type: 'text' } },
    ],
    ['a comment', { kind: 'setTableComment', table: name, to: 'x' }],
    [
      'a constraint without a name',
      {
        kind: 'addConstraint',
        table: name,
        added: { type: 'check', constraint: { expression: 'x' } },
      },
    ],
    ['free SQL', { kind: 'execute', sql: 'SELECT 1' }],
  ])('there are none of %s', (_, operation) => {
    expect(effectsOf(operation)).toEqual([]);
  });
});

describe('destructive', () => {
  const alter = (to: object, from?: object): Operation => ({
    kind: 'alterColumn',
    table: name,
    name: 'x',
    to,
    ...(from && { from }),
  });
  const generated = { expression: 'a + b', stored: true };
  const labels = (from: readonly string[], to: readonly string[]): Operation => ({
    kind: 'alterEnum',
    name,
    from,
    to,
  });

  it.each<readonly [string, boolean, Operation]>([
    ['a dropped table', true, { kind: 'dropTable', name }],
    ['a dropped column', true, { kind: 'dropColumn', table: name, name: 'x' }],
    ['a plain column that becomes generated', true, alter({ generated }, { generated: null })],
    ['a column that becomes generated, who knows from what', true, alter({ generated })],
    ['another expression: the values are derived', false, alter({ generated }, { generated })],
    ['a generated column that becomes plain', false, alter({ generated: null }, { generated })],
    ['a change of type, which needs the dialect', false, alter({ type: 'smallint' })],
    ['removed labels', true, labels(['a', 'b'], ['a'])],
    ['added and reordered labels', false, labels(['a', 'b'], ['b', 'a', 'c'])],
    ['a dropped view', false, { kind: 'dropView', name, materialized: true }],
    ['a dropped schema, which is empty', false, { kind: 'dropSchema', name: 'x' }],
    ['a dropped index', false, { kind: 'dropIndex', table: name, name: 'ix' }],
  ])('%s: %s', (_, expected, operation) => {
    expect(isDestructive(operation)).toBe(expected);
  });
});

describe('transaction classes', () => {
  const labels = { kind: 'alterEnum', name, from: ['a', 'b'] } as const;

  it.each<readonly [string, string, Operation]>([
    ['a table', 'transactional', createAccount],
    ['an index', 'transactional', { kind: 'createIndex', table: name, index }],
    [
      'an index CONCURRENTLY',
      'autocommit',
      { kind: 'createIndex', table: name, index, concurrently: true },
    ],
    [
      'a drop CONCURRENTLY',
      'autocommit',
      { kind: 'dropIndex', table: name, name: 'ix', concurrently: true },
    ],
    ['an added label', 'needsCommit', { ...labels, to: ['a', 'b', 'c'] }],
    ['a replaced type', 'transactional', { ...labels, to: ['b', 'c'] }],
    [
      'a renamed label',
      'transactional',
      { ...labels, to: ['x', 'b'], renames: [{ from: 'a', to: 'x' }] },
    ],
    ['free SQL', 'transactional', { kind: 'execute', sql: 'SELECT 1' }],
  ])('%s is %s', (_, expected, operation) => {
    expect(transactionClassOf(operation, capabilities)).toBe(expected);
  });

  it('no schema change is in a transaction where the database has none for them', () => {
    const without = { ...capabilities, transactionalDdl: false };
    expect(transactionClassOf(createAccount, without)).toBe('autocommit');
    expect(transactionClassOf({ kind: 'execute', sql: 'SELECT 1' }, without)).toBe('transactional');
  });
});

describe('written form', () => {
  it('has indexes of a new table as operations with the mark of its entity, and no marks that follow', () => {
    const [table, created, ...rest] = writtenForm(createAccount);
    expect(rest).toEqual([]);
    expect(created).toEqual({
      kind: 'createIndex',
      table: name,
      index: { name: 'ix', elements: [{ column: 'email' }], unique: true, entity: 'Account' },
    });
    expect(table).toMatchObject({
      table: {
        indexes: [],
        entity: 'Account',
        columns: [
          { name: 'id', type: 'bigint', nullable: false },
          { ...email, property: 'mailAddress' },
        ],
        checks: [{ entity: 'Other' }],
      },
    });
    expect((table as { table: Table }).table.columns[0]).not.toHaveProperty('entity');
    expect(callsOf(createAccount).map(({ method }) => method)).toEqual([
      'createTable',
      'createIndex',
    ]);
  });

  it('says what is not the default, and nothing else', () => {
    expect(
      callOf({ kind: 'addColumn', table: name, column: { ...email, nullable: true } }),
    ).toEqual({
      method: 'addColumn',
      args: ['account', 'email', 'text'],
    });
    expect(callOf({ kind: 'dropTable', name: { schema: 'audit', name: 'x' } })).toEqual({
      method: 'dropTable',
      args: ['x', { schema: 'audit' }],
    });
  });
});

it('every kind has its definition', () => {
  expect(OPERATION_KINDS.length).toBeGreaterThanOrEqual(26);
});
