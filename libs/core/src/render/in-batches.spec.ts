import type { Operation } from '../operations/operation.js';
import type { ObjectName } from '../schema/object-name.js';
import { parseLiteral } from '../schema/literal.fixture.js';
import { inBatches } from './in-batches.js';
import { renderBody } from './render-call.js';

const t: ObjectName = { schema: null, name: 't' };
const column = (name: string) => ({ name, type: 'integer', nullable: true, entity: 'T' });
const add = (name: string, table = t): Operation => ({
  kind: 'addColumn',
  table,
  column: column(name),
});
const index = (name: string): Operation => ({
  kind: 'createIndex',
  table: t,
  index: { name, elements: [{ column: 'a' }], unique: false },
});
const drop: Operation = { kind: 'dropConstraint', table: t, name: 'ck', type: 'check' };
const gone: Operation = { kind: 'dropTable', name: { schema: null, name: 'u' } };
const render = (operations: readonly Operation[], more = {}): string =>
  renderBody(operations, { parseLiteral, asBatch: true, ...more });

describe('ENV-29, AGR-08: a revision with batches', () => {
  it('writes what follows each other on one table as one block, without the name of the table', () => {
    expect(render([drop, add('a'), index('ix')])).toBe(
      `await op.batchAlterTable('t', (batch) => {
    batch.dropConstraint('ck', 'check');
    batch.addColumn('a', 'integer', { entity: 'T' });
    batch.createIndex('ix', ['a']);
  });`,
    );
  });

  it('leaves the order as it is, and what is no change of a table to op', () => {
    const u = { schema: 's', name: 't' };
    const said = inBatches([add('a'), add('b', u), add('c', u), gone, add('d')]);
    expect(
      said.map((one) =>
        one.kind === 'batchAlterTable' ? [one.table.schema, one.operations.length] : one.kind,
      ),
    ).toEqual([[null, 1], ['s', 2], 'dropTable', [null, 1]]);
  });

  it('makes a block of the indexes of a new table', () => {
    const table = {
      ...t,
      columns: [column('a')],
      uniques: [],
      checks: [],
      exclusions: [],
      foreignKeys: [],
      indexes: [{ name: 'ix', elements: [{ column: 'a' }], unique: true }],
    };
    const text = render([{ kind: 'createTable', table }]);
    expect(text).toContain(`await op.createTable('t', (t) => [`);
    expect(text).toContain(`batch.createIndex('ix', ['a'], { unique: true });`);
  });

  it('names what is final by op.f', () => {
    expect(render([drop], { finalNames: true })).toContain(
      `batch.dropConstraint(op.f('ck'), 'check');`,
    );
  });

  it('leaves what has code of the user to op', () => {
    const codeFor = (item: { readonly kind: string; readonly operation?: Operation }) =>
      item.kind === 'operation' && item.operation?.kind === 'dropConstraint'
        ? 'await own(op);'
        : item.kind === 'type'
          ? 'TYPE'
          : undefined;
    expect(render([drop, add('a'), index('ix')], { codeFor })).toBe(
      `await own(op);
  await op.addColumn('t', 'a', TYPE, { entity: 'T' });
  await op.batchAlterTable('t', (batch) => {
    batch.createIndex('ix', ['a']);
  });`,
    );
  });
});
