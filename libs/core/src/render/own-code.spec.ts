import { MigrationError } from '../errors/migration-error.js';
import type { Operation } from '../operations/operation.js';
import { arbOperationFor } from '../operations/operation.fixture.js';
import { reverseAll } from '../operations/reverse-all.js';
import { parseLiteral } from '../schema/literal.fixture.js';
import { arbSchema } from '../schema/schema.fixture.js';
import type { Column, Table } from '../schema/schema-model.js';
import * as fc from 'fast-check';
import type { RenderedItem, RenderItem } from './rendered-item.js';
import { renderRevision } from './render-revision.js';

const name = { schema: null, name: 'price' };
const column = (parts: Partial<Column>): Column => ({
  name: 'amount',
  type: 'numeric(12,2)',
  nullable: true,
  ...parts,
});
const table: Table = {
  ...name,
  columns: [
    column({ name: 'id', type: 'bigint', nullable: false }),
    column({ default: '0' }),
    column({ name: 'at', type: 'timestamptz', default: 'now()' }),
  ],
  primaryKey: { name: 'price_pkey', columns: ['id'] },
  uniques: [{ columns: ['at'] }],
  checks: [{ name: 'ck', expression: 'amount > 0' }],
  exclusions: [],
  foreignKeys: [],
  indexes: [{ name: 'ix', elements: [{ column: 'at' }], unique: false }],
};
const upgrade: readonly Operation[] = [
  { kind: 'createTable', table },
  { kind: 'addColumn', table: name, column: column({ name: 'tax', default: '1' }) },
  {
    kind: 'alterColumn',
    table: name,
    name: 'amount',
    to: { type: 'money', default: '2' },
    from: { type: 'numeric(12,2)', default: null },
  },
];

const textOf = (renderItem?: RenderItem, operations = upgrade, imports: string[] = []): string =>
  renderRevision(
    {
      revision: 'a1',
      message: 'prices',
      downRevisions: [],
      branchLabels: [],
      dependsOn: [],
      createdAt: '2026-11-20T14:32:05Z',
      importSource: '@nest-alembic/core',
      imports,
      upgrade: operations,
      downgrade: reverseAll(operations),
      ...(renderItem && { renderItem }),
    },
    { parseLiteral },
  );
const upgradeOf = (text: string): string => text.split('downgrade(')[0] ?? '';

describe('renderItem', () => {
  it('ENV-35, AGR-14: writes types in another way, with the imports that they need', () => {
    const line = `import { money } from '../money.js';`;
    const text = textOf((item) =>
      item.kind === 'type' && item.type.startsWith('numeric')
        ? { code: `money('${item.column}')`, imports: [line] }
        : undefined,
    );
    expect(text).toContain(`core';\n${line}\n\nexport`);
    expect(text).toContain(`t.column('amount', money('amount'), { default: 0 }),`);
    expect(text).toContain(`op.addColumn('price', 'tax', money('tax'), { default: 1 });`);
    expect(text).toContain(`{ from: { type: money('amount'), default: null } }`);
    expect(text).toContain(`{ type: 'money', default: 2 }`);
    expect(text).toContain(`{ type: money('amount'), default: null }`);
  });

  it('writes defaults in another way, or leaves them out', () => {
    const text = textOf((item) => {
      if (item.kind !== 'default') return undefined;
      return item.default === 'now()' ? null : `fallback(${item.default})`;
    });
    expect(text).toContain(`t.column('amount', 'numeric(12,2)', { default: fallback(0) }),`);
    expect(text).toContain(`t.column('at', 'timestamptz'),`);
    expect(text).toContain(
      `op.addColumn('price', 'tax', 'numeric(12,2)', { default: fallback(1) });`,
    );
    expect(text).toContain(`{ type: 'money', default: fallback(2) }`);
  });

  it('writes items of a new table in another way, or leaves them out', () => {
    const text = textOf((item) => {
      if (item.kind === 'column' && item.column.name === 'at') return '...timestamps(t)';
      if (item.kind === 'constraint' && item.constraint.type !== 'primaryKey') return null;
      return undefined;
    });
    expect(upgradeOf(text)).toMatch(
      /t\.column\('amount'.*\n +\.\.\.timestamps\(t\),\n +t\.primaryKey\(\['id'\], \{ name: 'price_pkey' \}\),\n +\]/,
    );
  });

  it('writes statements in another way, or leaves them out', () => {
    const text = textOf((item) => {
      if (item.kind !== 'operation') return undefined;
      if (item.operation.kind === 'createIndex') return null;
      return item.operation.kind === 'addColumn' ? 'await addTax(op);\nawait done(op);' : undefined;
    });
    expect(text).toContain(`\n  await addTax(op);\n  await done(op);\n  await op.alterColumn(`);
    expect(text).not.toContain('createIndex');
    const none = textOf((item) => (item.kind === 'operation' ? null : undefined));
    expect(none).toMatch(/Promise<void> \{\}\n\nexport[^]*Promise<void> \{\}\n$/);
  });

  it('is asked for every item as the file has it, in order', () => {
    const seen: string[] = [];
    textOf(
      (item: RenderedItem) => {
        const { kind } = item;
        if (kind === 'operation') seen.push(item.operation.kind);
        else if (kind === 'column') seen.push(`column ${item.column.name} of ${item.table.name}`);
        else if (kind === 'constraint') seen.push(item.constraint.type);
        else seen.push(`${kind} of ${item.column}`);
        return undefined;
      },
      upgrade.slice(0, 1),
    );
    expect(seen).toEqual([
      'createTable',
      'column id of price',
      'type of id',
      'column amount of price',
      'type of amount',
      'default of amount',
      'column at of price',
      'type of at',
      'default of at',
      'primaryKey',
      'unique',
      'check',
      'createIndex',
      'dropTable',
    ]);
  });

  it('changes nothing where it has nothing to say, whatever the operations', () => {
    fc.assert(
      fc.property(
        arbSchema.chain((model) => fc.array(arbOperationFor(model), { maxLength: 4 })),
        (operations) => {
          expect(textOf(() => undefined, operations)).toBe(textOf(undefined, operations));
        },
      ),
      { numRuns: 100 },
    );
  }, 30_000);

  it('AGR-02: imports of items and of the revision are sorted, each once, a line each', () => {
    const [a, b] = [`import { a } from './a.js';`, `import { b } from './b.js';`];
    const text = textOf(
      ({ kind }) => (kind === 'type' ? { code: 'a', imports: [a, b] } : undefined),
      upgrade,
      [b],
    );
    expect(text).toContain(`nest-alembic/core';\n${a}\n${b}\n\nexport const revision`);
  });

  it.each<[string, unknown]>([
    ['a number', 5],
    ['an object without code', { imports: [] }],
    ['an import that is none', { code: 'x', imports: ['drop()'] }],
    ['nothing for a type', null],
  ])('refuses %s', (_, returned) => {
    const render: RenderItem = ({ kind }) => (kind === 'type' ? (returned as string) : undefined);
    expect(() => textOf(render)).toThrow(
      expect.objectContaining({ code: 'E9002', facts: { option: 'renderItem', kind: 'type' } }),
    );
  });

  it.each<[RenderedItem['kind'], string]>([
    ['operation', 'the operation "create table price"'],
    ['column', 'the column price.id'],
    ['constraint', 'a constraint of price'],
    ['type', 'the type of price.id'],
    ['default', 'the default of price.amount'],
  ])('AG-98: what it throws for a %s names the option and the item', (failing, item) => {
    const own = new Error('of my own');
    const fail: RenderItem = ({ kind }) => {
      if (kind === failing) throw own;
      return undefined;
    };
    expect(() => textOf(fail)).toThrow(
      expect.objectContaining({
        code: 'E9002',
        problem: `renderItem threw for ${item}: of my own`,
        facts: { option: 'renderItem', kind: failing, item },
        cause: own,
      }),
    );
  });

  it('an error of ours that it throws goes through', () => {
    const ours = new MigrationError('E3013', { problem: 'wrong' });
    const fail: RenderItem = () => {
      throw ours;
    };
    expect(() => textOf(fail)).toThrow(ours);
  });
});
