import { postgresSyntax } from '../dialects/postgres/postgres-syntax.js';
import type { Operation } from '../operations/operation.js';
import { column, table } from './model.fixture.js';
import { prechecksBefore } from './prechecks-before.js';

const name = (plain: string) => ({ schema: null, name: plain });
const sqlOf = (...operations: readonly Operation[]) =>
  prechecksBefore(operations, postgresSyntax).flatMap(({ prechecks }) =>
    prechecks.map(({ sql }) => sql),
  );
const notNull = (owner: string, plain: string): Operation => ({
  kind: 'alterColumn',
  table: name(owner),
  name: plain,
  from: { nullable: true },
  to: { nullable: false },
});
const RENAMES: readonly Operation[] = [
  { kind: 'renameTable', from: name('a'), to: name('b') },
  { kind: 'renameColumn', table: name('b'), from: 'x', to: 'y' },
];

describe('prechecksBefore', () => {
  it('asks under the names from before the renames', () => {
    const added = { type: 'check', constraint: { name: 'ck', expression: 'y > 0' } } as const;
    const key = {
      type: 'foreignKey',
      constraint: { columns: ['y'], referencedTable: name('b'), referencedColumns: ['id'] },
    } as const;
    expect(
      sqlOf(
        ...RENAMES,
        notNull('b', 'y'),
        { kind: 'addConstraint', table: name('b'), added },
        { kind: 'addConstraint', table: name('b'), added: key },
        {
          kind: 'createIndex',
          table: name('b'),
          index: { name: 'ix', unique: true, elements: [{ column: 'y' }], where: 'y > 1' },
        },
      ),
    ).toEqual([
      'SELECT count(*) AS "rows" FROM "a" WHERE "x" IS NULL',
      'SELECT count(*) AS "rows" FROM "a" WHERE (x > 0) IS FALSE',
      'SELECT count(*) AS "rows" FROM "a" AS own WHERE own."x" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "a" AS other WHERE other."id" = own."x")',
      'SELECT count(*) AS "rows" FROM (SELECT 1 FROM "a" WHERE (x > 1) AND "x" IS NOT NULL GROUP BY "x" HAVING count(*) > 1) AS twice',
    ]);
  });

  it('asks nothing of what the operations make', () => {
    expect(
      sqlOf({ kind: 'createTable', table: table('a', [column('x', 'int')]) }, notNull('a', 'x')),
    ).toEqual([]);
    const added: Operation = { kind: 'addColumn', table: name('a'), column: column('x', 'int') };
    expect(sqlOf(added, notNull('a', 'x'))).toEqual([]);
  });
});
