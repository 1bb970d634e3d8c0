import * as fc from 'fast-check';
import { postgresSyntax } from '../dialects/postgres/postgres-syntax.js';
import type { Operation } from '../operations/operation.js';
import type { SchemaModel } from '../schema/schema-model.js';
import { diffSchema } from './diff-schema.js';
import { column, model, ofEntity, table } from './model.fixture.js';
import { NO_MEMORY, replayLog } from './replay-log.js';
import { effectsOf } from '../operations/operation-definitions.js';

const key = (name: string, to: string) => ({
  name: `fk_${name}_${to}`,
  columns: ['r'],
  referencedTable: { schema: null, name: to },
  referencedColumns: ['id'],
});
/** Tables that each refer to the next, and the last to the first. */
const ring = (...names: readonly string[]): SchemaModel =>
  model(
    names.map((name, place) =>
      ofEntity(
        name,
        table(name, [column('id', 'int'), column('r', 'int')], {
          primaryKey: { columns: ['id'] },
          foreignKeys: [key(name, names[(place + 1) % names.length] as string)],
        }),
      ),
    ),
  );
const diff = (current: SchemaModel, target: SchemaModel): readonly Operation[] => {
  const made = diffSchema({
    current: model([]),
    target: current,
    memory: NO_MEMORY,
    dialect: postgresSyntax,
  });
  return diffSchema({
    current,
    target,
    memory: replayLog(made.operations.flatMap(effectsOf)),
    dialect: postgresSyntax,
    allowDestructive: true,
  }).operations;
};

describe('PORT-06: the order of operations', () => {
  const tables = ring('a', 'b', 'c', 'd').tables;

  it('is the same in whatever order the model and the database are read', () => {
    const shuffled = fc.shuffledSubarray([...tables], { minLength: tables.length });
    fc.assert(
      fc.property(shuffled, shuffled, (before, after) => {
        expect(diff(model([]), model(after))).toEqual(diff(model([]), model(tables)));
        expect(diff(model(before), model([]))).toEqual(diff(model(tables), model([])));
      }),
    );
  });

  it('a circle of foreign keys is closed after its tables, and opened before they go', () => {
    const kinds = (operations: readonly Operation[]) => operations.map(({ kind }) => kind);
    const creates = kinds(diff(model([]), model(tables)));
    expect(creates.slice(0, 4)).toEqual(Array(4).fill('createTable'));
    expect(creates.slice(4)).toContain('addConstraint');
    const drops = kinds(diff(model(tables), model([])));
    expect(drops[0]).toBe('dropConstraint');
    expect(drops.slice(-4)).toEqual(Array(4).fill('dropTable'));
  });

  it('without a circle a table goes before the one that it refers to', () => {
    const [first, ...rest] = tables;
    const open = model([...rest, { ...(first as (typeof tables)[number]), foreignKeys: [] }]);
    const dropped = diff(open, model([])).map((operation) =>
      operation.kind === 'dropTable' ? operation.name.name : operation.kind,
    );
    expect(dropped).toEqual(['b', 'c', 'd', 'a']);
  });
});
