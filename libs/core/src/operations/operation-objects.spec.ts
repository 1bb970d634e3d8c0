import { diffSchema } from '../autogenerate/diff-schema.js';
import { column, model, table } from '../autogenerate/model.fixture.js';
import { NO_MEMORY } from '../autogenerate/replay-log.js';
import { postgresSyntax } from '../dialects/postgres/postgres-syntax.js';
import { literal } from '../schema/literal.fixture.js';
import { createOperations } from './create-operations.js';
import { callsOf, reverseOperation } from './operation-definitions.js';
import type { Operation } from './operation.js';
import type { Operations } from './operations-api.js';

/** What a function does with `op`. */
function operationsOf(run: (op: Operations) => unknown): readonly Operation[] {
  const operations: Operation[] = [];
  const submit = (operation: Operation): Promise<void> => {
    operations.push(operation);
    return Promise.resolve();
  };
  run(createOperations({ literal, submit }));
  return operations;
}

const account = { schema: null, name: 'account' };

describe('where operations as objects depart from Alembic’s', () => {
  it('OPX-01, OPX-02: an operation is frozen data with a kind; a changed one is a new object, which renders and compiles as it says', () => {
    const [made] = operationsOf((op) => op.dropTable('account')) as [
      Operation & { kind: 'dropTable' },
    ];
    expect(made).toEqual({ kind: 'dropTable', name: account });
    expect(Object.isFrozen(made) && Object.isFrozen(made.name)).toBe(true);
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    const edited: Operation = { ...made, ifExists: true };
    expect(postgresSyntax.compile(edited)).toEqual(['DROP TABLE IF EXISTS "account"']);
    expect(callsOf(edited)).toEqual([
      { method: 'dropTable', args: ['account', { ifExists: true }] },
    ]);
  });

  it('OPX-03: a drop that carries what it drops can be undone, with its flags; one by name alone has no way back', () => {
    const dropped = table('account', [column('id', 'integer')]);
    const whole: Operation = { kind: 'dropTable', name: account, dropped, ifExists: true };
    const back = reverseOperation(whole);
    expect(back).toEqual({ kind: 'createTable', table: dropped, ifNotExists: true });
    expect(back && reverseOperation(back)).toEqual(whole);
    const byName = operationsOf((op) => [
      op.dropTable('account'),
      op.dropColumn('account', 'id'),
      op.dropIndex('ix', 'account'),
      op.dropConstraint('account', 'ck', 'check'),
    ]);
    expect(byName.map(reverseOperation)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('OPX-07: differences are operations, data with a kind; one alteration has all that changes of a column, from and to', () => {
    const { operations } = diffSchema({
      current: model([table('account', [column('no', 'integer')])]),
      target: model([
        table('account', [
          column('no', 'bigint', { nullable: false, comment: 'As printed.' }),
          column('at', 'date'),
        ]),
      ]),
      memory: NO_MEMORY,
      dialect: postgresSyntax,
    });
    expect(operations).toEqual([
      { kind: 'addColumn', table: account, column: column('at', 'date') },
      expect.objectContaining({
        kind: 'alterColumn',
        table: account,
        name: 'no',
        from: { type: 'integer', nullable: true, comment: null },
        to: { type: 'bigint', nullable: false, comment: 'As printed.' },
      }),
    ]);
  });
});
