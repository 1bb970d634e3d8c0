import type { Capabilities } from '../../operations/capabilities.js';
import type { Operation } from '../../operations/operation.js';
import type { Table } from '../../schema/schema-model.js';
import { DdlCompiler } from './ddl-compiler.js';
import type { Quoting } from './dialect.js';

const NOTHING: Capabilities = {
  transactionalDdl: false,
  schemas: false,
  enumTypes: false,
  sequences: false,
  identityColumns: false,
  generatedColumns: false,
  partialIndexes: false,
  expressionIndexes: false,
  exclusionConstraints: false,
  deferrableConstraints: false,
  materializedViews: false,
  comments: false,
  concurrentIndexes: false,
  extensions: false,
  domains: false,
  routines: false,
  triggers: false,
  rowSecurity: false,
  partitions: false,
  restatesColumns: false,
  maxIdentifierBytes: 255,
};

const quoting: Quoting = {
  identifier: (name) => `[${name}]`,
  qualified: ({ schema, name }) => (schema === null ? `[${name}]` : `[${schema}].[${name}]`),
  literal: (value) => `<${String(value)}>`,
  parseLiteral: () => undefined,
};

/** A dialect that overrides nothing. */
class PlainCompiler extends DdlCompiler {
  constructor(capabilities: Partial<Capabilities> = {}) {
    super({
      quoting,
      capabilities: { ...NOTHING, ...capabilities },
      name: 'standard',
      splitStatements: (sql) => [sql],
      findParameters: () => [],
      takesParameters: () => true,
    });
  }
}

const t = { schema: null, name: 't' };
const plain = {
  ...t,
  columns: [],
  foreignKeys: [],
  uniques: [],
  checks: [],
  exclusions: [],
  indexes: [],
};
const view = { ...t, definition: 'SELECT 1', materialized: false, dependsOn: [], indexes: [] };
const bounds = { default: true } as const;
const routine = { ...t, type: 'function', arguments: '', definition: 'x' } as const;
const trigger = { name: 'tr', timing: 'after', events: ['insert'], execute: 'f()' } as const;
const plainTable: Table = {
  ...t,
  columns: [{ name: 'a', type: 'int', nullable: false }],
  foreignKeys: [],
  uniques: [],
  checks: [],
  exclusions: [],
  indexes: [],
};
const index = { name: 'i', elements: [{ column: 'a' }], unique: false };

describe('DdlCompiler', () => {
  it('writes standard SQL in the words of the dialect that extends it', () => {
    const compiler = new PlainCompiler({ comments: true });
    expect(
      compiler.compile({ kind: 'createTable', table: { ...plainTable, comment: 'c' } }),
    ).toEqual(['CREATE TABLE [t] (\n  [a] int NOT NULL\n)', 'COMMENT ON TABLE [t] IS <c>']);
  });

  it('DL-31: changes type, default, nullability and comment in this order', () => {
    const to = { comment: 'c', nullable: false, default: '0', type: 'bigint' };
    const compiler = new PlainCompiler({ comments: true });
    expect(compiler.compile({ kind: 'alterColumn', table: t, name: 'a', to })).toEqual([
      'ALTER TABLE [t] ALTER COLUMN [a] SET DATA TYPE bigint',
      'ALTER TABLE [t] ALTER COLUMN [a] SET DEFAULT 0',
      'ALTER TABLE [t] ALTER COLUMN [a] SET NOT NULL',
      'COMMENT ON COLUMN [t].[a] IS <c>',
    ]);
  });

  it.each<readonly [string, Operation]>([
    ['a schema', { kind: 'createSchema', name: 's' }],
    ['an enum', { kind: 'createEnum', enum: { ...t, labels: ['a'] } }],
    ['an enum to drop', { kind: 'dropEnum', name: t }],
    ['an enum to alter', { kind: 'alterEnum', name: t, from: [], to: [] }],
    ['an enum to rename', { kind: 'renameEnum', from: t, to: t }],
    ['a sequence', { kind: 'createSequence', sequence: t }],
    ['a sequence to rename', { kind: 'renameSequence', from: t, to: t }],
    ['a sequence to alter', { kind: 'alterSequence', name: t, to: { cache: '1' } }],
    ['a view to rename', { kind: 'renameView', from: t, to: t, materialized: false }],
    ['an unlogged table', { kind: 'createTable', table: { ...plainTable, unlogged: true } }],
    ['storage parameters', { kind: 'createTable', table: { ...plainTable, storage: ['a=1'] } }],
    ['a tablespace', { kind: 'createTable', table: { ...plainTable, tablespace: 'x' } }],
    ['how a table is stored', { kind: 'setTableStorage', table: t, to: { unlogged: true } }],
    [
      'how a column is stored',
      {
        kind: 'addColumn',
        table: t,
        column: { name: 'a', type: 'int', nullable: true, storage: 'plain' },
      },
    ],
    [
      'how a column is compressed',
      {
        kind: 'addColumn',
        table: t,
        column: { name: 'a', type: 'int', nullable: true, compression: 'lz4' },
      },
    ],
    [
      'a key with columns besides',
      {
        kind: 'addConstraint',
        table: t,
        added: { type: 'unique', constraint: { columns: ['a'], include: ['b'] } },
      },
    ],
    [
      'a key that takes over an index',
      {
        kind: 'addConstraint',
        table: t,
        added: { type: 'unique', constraint: { columns: ['a'] } },
        usingIndex: 'i',
      },
    ],
    ['a constraint to prove', { kind: 'validateConstraint', table: t, name: 'c', type: 'check' }],
    [
      'a constraint to alter',
      { kind: 'alterConstraint', table: t, name: 'c', to: { deferrable: null } },
    ],
    ['a move to another schema', { kind: 'renameTable', from: t, to: { schema: 's', name: 't' } }],
    ['a comment', { kind: 'setTableComment', table: t, to: 'c' }],
    [
      'a counter',
      {
        kind: 'addColumn',
        table: t,
        column: { name: 'a', type: 'int', nullable: true, autoIncrement: true },
      },
    ],
    [
      'an identity',
      {
        kind: 'addColumn',
        table: t,
        column: { name: 'a', type: 'int', nullable: true, identity: { generation: 'always' } },
      },
    ],
    [
      'a generated column',
      {
        kind: 'addColumn',
        table: t,
        column: {
          name: 'a',
          type: 'int',
          nullable: true,
          generated: { expression: '1', stored: true },
        },
      },
    ],
    ['a collation', { kind: 'alterColumn', table: t, name: 'a', to: { collation: 'c' } }],
    ['a partial index', { kind: 'createIndex', table: t, index: { ...index, where: 'a > 0' } }],
    [
      'an index on an expression',
      { kind: 'createIndex', table: t, index: { ...index, elements: [{ expression: 'a + 1' }] } },
    ],
    [
      'an operator class',
      {
        kind: 'createIndex',
        table: t,
        index: { ...index, elements: [{ column: 'a', opclass: 'o' }] },
      },
    ],
    ['a concurrent index', { kind: 'createIndex', table: t, index, concurrently: true }],
    [
      'an exclusion',
      {
        kind: 'addConstraint',
        table: t,
        added: { type: 'exclusion', constraint: { definition: '(a WITH =)' } },
      },
    ],
    [
      'a deferrable key',
      {
        kind: 'addConstraint',
        table: t,
        added: { type: 'unique', constraint: { columns: ['a'], deferrable: 'initially deferred' } },
      },
    ],
    [
      'a check that skips the rows',
      {
        kind: 'addConstraint',
        table: t,
        added: { type: 'check', constraint: { expression: 'true', notValid: true } },
      },
    ],
    [
      'a check that is not enforced',
      {
        kind: 'addConstraint',
        table: t,
        added: { type: 'check', constraint: { expression: 'true', notEnforced: true } },
      },
    ],
    [
      'a key without overlaps',
      {
        kind: 'addConstraint',
        table: t,
        added: { type: 'unique', constraint: { columns: ['a'], withoutOverlaps: true } },
      },
    ],
    [
      'a foreign key over a period',
      {
        kind: 'addConstraint',
        table: t,
        added: {
          type: 'foreignKey',
          constraint: {
            columns: ['a'],
            referencedTable: t,
            referencedColumns: ['a'],
            period: true,
          },
        },
      },
    ],
    ['a materialized view', { kind: 'dropView', name: t, materialized: true }],
    ['a view to replace', { kind: 'createView', view, orReplace: true }],
    ['a check option', { kind: 'createView', view: { ...view, checkOption: 'local' } }],
    ['a refresh', { kind: 'refreshView', name: t }],
    ['another name of a schema', { kind: 'renameSchema', from: 'a', to: 'b' }],
    ['an extension', { kind: 'createExtension', extension: { name: 'e' } }],
    ['an extension to drop', { kind: 'dropExtension', name: 'e' }],
    ['an extension to update', { kind: 'alterExtension', name: 'e', to: { version: '2' } }],
    ['a domain', { kind: 'createDomain', domain: { ...t, type: 'text', checks: [] } }],
    ['a domain to drop', { kind: 'dropDomain', name: t }],
    [
      'a domain to alter',
      { kind: 'alterDomain', name: t, change: { type: 'validateCheck', name: 'c' } },
    ],
    ['a domain to rename', { kind: 'renameDomain', from: t, to: t }],
    ['a function', { kind: 'createRoutine', routine }],
    ['a function to drop', { kind: 'dropRoutine', type: 'function', name: t, arguments: '' }],
    [
      'a function to rename',
      { kind: 'renameRoutine', type: 'function', from: t, to: t, arguments: '' },
    ],
    ['a trigger', { kind: 'createTrigger', table: t, trigger }],
    ['a trigger to drop', { kind: 'dropTrigger', table: t, name: 'tr' }],
    [
      'a trigger to disable',
      { kind: 'setTriggerState', table: t, name: 'tr', from: 'enabled', to: 'disabled' },
    ],
    ['a trigger to rename', { kind: 'renameTrigger', table: t, from: 'a', to: 'b' }],
    ['a policy to rename', { kind: 'renamePolicy', table: t, from: 'a', to: 'b' }],
    ['an index of a partition', { kind: 'attachIndex', name: t, of: t }],
    ['an index without those of partitions', { kind: 'createIndex', table: t, index, only: true }],
    [
      "comments of a view's columns",
      {
        kind: 'createView',
        view: { ...view, columnComments: [{ column: 'a', comment: 'c' }] },
      },
    ],
    ['row-level security', { kind: 'setRowSecurity', table: t, to: { enabled: true } }],
    ['a policy', { kind: 'createPolicy', table: t, policy: { name: 'p' } }],
    ['a policy to drop', { kind: 'dropPolicy', table: t, name: 'p' }],
    ['a policy to alter', { kind: 'alterPolicy', table: t, name: 'p', to: { using: '1' } }],
    ['a partition', { kind: 'createPartition', partition: { ...t, of: t, bounds } }],
    ['a partition to drop', { kind: 'dropPartition', name: t }],
    ['a partition to attach', { kind: 'attachPartition', name: t, of: t, bounds }],
    ['a partition to detach', { kind: 'detachPartition', name: t, of: t }],
    [
      'a table that is divided',
      {
        kind: 'createTable',
        table: { ...plain, partitionBy: { strategy: 'list', elements: [{ column: 'a' }] } },
      },
    ],
    ['a table with policies', { kind: 'createTable', table: { ...plain, policies: [] } }],
    ['a table with triggers', { kind: 'createTable', table: { ...plain, triggers: [trigger] } }],
  ])('refuses %s where the dialect has none, before any SQL', (_, operation) => {
    expect(() => new PlainCompiler().compile(operation)).toThrow(
      expect.objectContaining({ code: 'E3012' }),
    );
  });
});

it.each([
  ['a generated expression', { generated: { expression: '1', stored: true } }, 'generated'],
  ['none any more', { generated: null }, 'generated'],
  ['an identity', { identity: { generation: 'always' } }, 'identity'],
  ['another identity', { identity: null }, 'identity'],
] as const)(
  'DDL-02: a column cannot get %s where the dialect does not say how, and the error names it',
  (_, to, attribute) => {
    const compiler = new PlainCompiler({ generatedColumns: true, identityColumns: true });
    const change = { kind: 'alterColumn', table: t, name: 'a', to } as const;
    expect(() => compiler.compile(change)).toThrow(
      expect.objectContaining({
        code: 'E3012',
        problem: `this database cannot change ${attribute} of column "t.a" in place`,
      }),
    );
  },
);
