import { join } from 'node:path';
import { transformSync } from '@swc/core';
import * as fc from 'fast-check';
import * as ts from 'typescript';
import { createOperations } from '../operations/create-operations.js';
import { writtenForm } from '../operations/operation-definitions.js';
import type { Operation } from '../operations/operation.js';
import { arbOperationFor } from '../operations/operation.fixture.js';
import type { Operations } from '../operations/operations-api.js';
import { OWN_DEFINITIONS } from '../operations/own/own-operation.fixture.js';
import { reverseAll } from '../operations/reverse-all.js';
import { literal, parseLiteral } from '../schema/literal.fixture.js';
import { readHeader } from '../revisions/read-header.js';
import type { Table } from '../schema/schema-model.js';
import { arbSchema, arbText, HOSTILE_TEXTS } from '../schema/schema.fixture.js';
import type { RevisionDraft } from './render-revision.js';
import { renderRevision } from './render-revision.js';
import { severalTemplate } from './revision-template.js';

type Direction = (op: Operations, ctx: object) => Promise<void>;

interface LoadedFile {
  readonly [constant: string]: unknown;
  readonly upgrade: Direction;
  readonly downgrade: Direction;
}

const context = { parseLiteral };

const draft = (parts: Partial<RevisionDraft>): RevisionDraft => ({
  revision: '1975ea83b712',
  message: 'add accounts',
  downRevisions: ['ae1027a6acf4'],
  branchLabels: [],
  dependsOn: [],
  createdAt: '2026-11-20T14:32:05Z',
  importSource: '@nest-alembic/core',
  upgrade: [],
  downgrade: { operations: [], irreversible: [] },
  ...parts,
});

const parts0 = (upgrade: readonly Operation[]): Partial<RevisionDraft> => ({
  upgrade,
  downgrade: reverseAll(upgrade),
});

function load(text: string): LoadedFile {
  const { code } = transformSync(text, {
    swcrc: false,
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  const exports = {};
  new Function('exports', 'require', code)(exports, () => {
    throw new Error('a revision needs nothing of ours at run time');
  });
  return exports as LoadedFile;
}

async function operationsOf(run: Direction): Promise<readonly Operation[]> {
  const operations: Operation[] = [];
  const submit = (operation: Operation): Promise<void> => {
    operations.push(operation);
    return Promise.resolve();
  };
  await run(createOperations({ literal, submit, operations: OWN_DEFINITIONS }), {});
  return operations;
}

const exportNames = [
  'revision',
  'message',
  'downRevision',
  'branchLabels',
  'dependsOn',
  'createdAt',
  'upgrade',
  'downgrade',
];

/** The names that a file exports, and nothing but an import of types and those. */
function exportsOf(text: string): readonly string[] {
  const file = ts.createSourceFile('revision.ts', text, ts.ScriptTarget.Latest, true);
  expect((file as unknown as { parseDiagnostics: readonly unknown[] }).parseDiagnostics).toEqual(
    [],
  );
  const [imported, ...statements] = file.statements;
  expect(imported?.getText()).toMatch(/^import type \{/);
  return statements.flatMap((statement) => {
    expect(statement.getText()).toMatch(/^export /);
    if (ts.isFunctionDeclaration(statement)) return [statement.name?.text ?? ''];
    if (!ts.isVariableStatement(statement)) throw new Error(statement.getText());
    return statement.declarationList.declarations.map((declared) => declared.name.getText());
  });
}

const account: Table = {
  schema: null,
  name: 'account',
  entity: 'Account',
  comment: "the customer's login",
  columns: [
    { name: 'id', type: 'bigint', nullable: false, identity: { generation: 'always' } },
    { name: 'email', type: 'varchar(255)', nullable: false, property: 'email' },
    { name: 'display_name', type: 'text', nullable: true, property: 'displayName' },
    { name: 'state', type: 'account_state', nullable: false, default: "'new'" },
    { name: 'created_at', type: 'timestamptz', nullable: false, default: 'now()' },
  ],
  primaryKey: { name: 'account_pkey', columns: ['id'] },
  uniques: [{ name: 'uq_account_email', columns: ['email'] }],
  checks: [{ name: 'ck_account_email', expression: "email LIKE '%@%'" }],
  exclusions: [],
  foreignKeys: [],
  indexes: [
    {
      name: 'ix_account_state',
      elements: [{ column: 'state' }, { column: 'created_at', order: 'desc' }],
      unique: false,
      where: "state <> 'closed'",
    },
  ],
};

const upgrade: readonly Operation[] = [
  {
    kind: 'createEnum',
    enum: {
      schema: null,
      name: 'account_state',
      labels: ['new', 'active', 'closed'],
      entity: 'Account',
    },
  },
  { kind: 'createTable', table: account },
  {
    kind: 'addColumn',
    table: { schema: null, name: 'invoice' },
    column: {
      name: 'account_id',
      type: 'bigint',
      nullable: true,
      entity: 'Invoice',
      property: 'account',
    },
  },
  {
    kind: 'addConstraint',
    table: { schema: null, name: 'invoice' },
    added: {
      type: 'foreignKey',
      constraint: {
        name: 'fk_invoice_account',
        columns: ['account_id'],
        referencedTable: { schema: null, name: 'account' },
        referencedColumns: ['id'],
        onDelete: 'set null',
        entity: 'Invoice',
      },
    },
  },
  {
    kind: 'alterColumn',
    table: { schema: null, name: 'invoice' },
    name: 'total',
    to: { type: 'numeric(12,2)', default: '0' },
    from: { type: 'text', default: null },
    using: 'total::numeric(12,2)',
    entity: 'Invoice',
  },
  {
    kind: 'createView',
    view: {
      schema: 'report',
      name: 'open_invoice',
      definition:
        "SELECT i.id,\n       a.email\n  FROM invoice i\n  JOIN account a ON a.id = i.account_id\n WHERE a.state <> 'closed'",
      materialized: true,
      dependsOn: [{ schema: null, name: 'account' }],
      indexes: [{ name: 'ix_open_invoice', elements: [{ column: 'id' }], unique: true }],
      entity: 'OpenInvoice',
    },
  },
];

describe('renderRevision', () => {
  it('writes a file that reads like the change that it is', () => {
    const text = renderRevision(draft({ upgrade, downgrade: reverseAll(upgrade) }), context);
    expect(text).toMatchSnapshot();
  });

  it('writes an empty revision, a base, a merge point, labels and dependencies', () => {
    const base = load(renderRevision(draft({ downRevisions: [] }), context));
    expect(base).toMatchObject({ downRevision: null, branchLabels: null, dependsOn: null });
    const merge = draft({
      downRevisions: ['a1', 'b2'],
      branchLabels: ['billing'],
      dependsOn: ['c3'],
    });
    expect(load(renderRevision(merge, context))).toMatchObject({
      revision: '1975ea83b712',
      message: 'add accounts',
      downRevision: ['a1', 'b2'],
      branchLabels: ['billing'],
      dependsOn: 'c3',
      createdAt: '2026-11-20T14:32:05Z',
    });
  });

  it('TPL-04: writes a function for each environment where the template has a place for them', async () => {
    const other = { name: 'event-log', upgrade: [], downgrade: reverseAll([]) };
    const parts = { upgrade, downgrade: reverseAll(upgrade), environment: 'main', others: [other] };
    const template = severalTemplate('@nest-alembic/core');
    const text = renderRevision(draft({ ...parts, template }), context);
    expect(text).toMatchSnapshot();
    const { upgrades, downgrades } = load(text) as unknown as Record<
      'upgrades' | 'downgrades',
      Record<string, Direction>
    >;
    const plain = load(renderRevision(draft(parts0(upgrade)), context));
    expect(await operationsOf(upgrades['main'] as Direction)).toEqual(
      await operationsOf(plain.upgrade),
    );
    expect(await operationsOf(downgrades['main'] as Direction)).toEqual(
      await operationsOf(plain.downgrade),
    );
    expect(await operationsOf(upgrades['event-log'] as Direction)).toEqual([]);
    expect(() => renderRevision(draft(parts), context)).toThrow(
      expect.objectContaining({ code: 'E7006' }),
    );
  });

  it.each([...HOSTILE_TEXTS, '', '"""', 'x'.repeat(10_000), '\ud800', '!?*'])(
    'B118: message %j is one safe line in the comment, and exact as a constant',
    (message) => {
      const text = renderRevision(draft({ message }), context);
      expect(exportsOf(text)).toEqual(exportNames);
      expect(load(text)['message']).toBe(message);
      expect(text.split('\n')[0]).toMatch(/^\/\*\* .+ \*\/$/);
      expect(text.split('\n')[1]).toMatch(/^import type/);
    },
  );

  it('throws in a downgrade that cannot be made true, and says what is missing', async () => {
    const sql = "DELETE FROM account WHERE name = '*/'";
    const operations: readonly Operation[] = [...upgrade, { kind: 'execute', sql }];
    const text = renderRevision(
      draft({ upgrade: operations, downgrade: reverseAll(operations) }),
      context,
    );
    expect(exportsOf(text)).toEqual(exportNames);
    await expect(operationsOf(load(text).downgrade)).rejects.toThrow(
      `There is no way back from: execute ${sql}. Write it here.`,
    );
  });

  it('names at most five operations without a way back', async () => {
    const operations = Array.from({ length: 7 }, (_, place) => `SELECT ${place}`).map(
      (sql): Operation => ({ kind: 'execute', sql }),
    );
    const text = renderRevision(draft({ downgrade: reverseAll(operations) }), context);
    await expect(operationsOf(load(text).downgrade)).rejects.toThrow(/SELECT 2; and 2 more\. /);
  });

  it('TPL-10: fills a template of the user', () => {
    const template = [
      'import type { Operations } from {{importSource}}; // {{title}}',
      'export const revision = {{revision}}, downRevision = {{downRevision}};',
      'export const upgrade = async (op: Operations) => {',
      '  {{upgradeBody}}',
      '};',
      'export const downgrade = async (op: Operations) => {',
      '  {{downgradeBody}}',
      '};',
    ].join('\n');
    const loaded = load(renderRevision(draft({ template, upgrade }), context));
    expect(loaded['revision']).toBe('1975ea83b712');
    return expect(operationsOf(loaded.upgrade)).resolves.toEqual(upgrade.flatMap(writtenForm));
  });
});

describe('the header reader', () => {
  it('reads what the renderer writes, without running it', () => {
    const arbIds = fc.array(arbText, { maxLength: 3 });
    fc.assert(
      fc.property(arbText, arbIds, arbIds, (message, downRevisions, labels) => {
        const parts = { message, downRevisions, branchLabels: labels, dependsOn: labels };
        const scan = readHeader(renderRevision(draft(parts), context));
        const listOrNull = (list: readonly string[]) => (list.length === 0 ? null : list);
        const oneOrList = (list: readonly string[]) =>
          list.length === 1 ? list[0] : listOrNull(list);
        expect(scan.computed).toEqual(new Set());
        expect(
          Object.fromEntries([...scan.values].map(([name, { value }]) => [name, value])),
        ).toEqual({
          revision: '1975ea83b712',
          message,
          downRevision: oneOrList(downRevisions),
          branchLabels: listOrNull(labels),
          dependsOn: oneOrList(labels),
          createdAt: '2026-11-20T14:32:05Z',
        });
      }),
    );
  });
});

describe('law 4: running the rendered file makes the same operations', () => {
  const arbOperations = arbSchema.chain((model) =>
    fc.array(arbOperationFor(model), { minLength: 1, maxLength: 4 }),
  );

  it('up and down, for operations of every kind with hostile names and texts (B081)', async () => {
    await fc.assert(
      fc.asyncProperty(arbOperations, arbText, async (operations, message) => {
        const reversal = reverseAll(operations);
        const downgrade = { ...reversal, irreversible: [] };
        const text = renderRevision(draft({ message, upgrade: operations, downgrade }), context);
        expect(exportsOf(text)).toEqual(exportNames);
        const file = load(text);
        expect(await operationsOf(file.upgrade)).toStrictEqual(operations.flatMap(writtenForm));
        expect(await operationsOf(file.downgrade)).toStrictEqual(
          downgrade.operations.flatMap(writtenForm),
        );
      }),
      { numRuns: 150 },
    );
  }, 30_000);

  it('and the compiler accepts it as a use of Operations', () => {
    const operations = fc.sample(arbOperations, { numRuns: 100, seed: 5 }).flat();
    const importSource = '../operations/operations-api.js';
    const text = renderRevision(draft({ importSource, upgrade: operations }), context);
    // An error that is not found would be reported too: the directive would have nothing to expect.
    const wrong = "// @ts-expect-error\n  await op.dropTable('x', { no: 1 });\n  await op.";
    expect(typeErrorsOf(text.replace('await op.', () => wrong))).toEqual([]);
  });
});

function typeErrorsOf(text: string): readonly string[] {
  const path = join(__dirname, 'rendered-revision.ts');
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    skipLibCheck: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (file) => file === path || fileExists.call(host, file);
  host.readFile = (file) => (file === path ? text : readFile.call(host, file));
  const own = join(__dirname, '../operations/own/own-operation.fixture.ts');
  const program = ts.createProgram([path, own], options, host);
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(path))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
