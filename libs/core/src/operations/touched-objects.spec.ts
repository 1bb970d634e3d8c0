import * as fc from 'fast-check';
import { arbSchema } from '../schema/schema.fixture.js';
import { arbOperationFor } from './operation.fixture.js';
import type { Operation } from './operation.js';
import { sharedObjectsOf, touchedObjects } from './touched-objects.js';
import type { TouchedObjects } from './touched-objects.js';

const table = (name: string) => ({ schema: null, name });
const addColumn = (owner: string, name: string, type = 'text'): Operation => ({
  kind: 'addColumn',
  table: table(owner),
  column: { name, type, nullable: true },
});
const touched = (...operations: readonly Operation[]): readonly TouchedObjects[] =>
  operations.map((operation) => touchedObjects(operation) as TouchedObjects);

describe('what operations touch', () => {
  it('nothing is said of SQL of the user', () => {
    expect(touchedObjects({ kind: 'execute', sql: 'select 1' })).toBeUndefined();
  });

  it('other columns of a table are apart, unless one side has to do with all of it', () => {
    const [one, other] = [touched(addColumn('a', 'x')), touched(addColumn('a', 'y'))];
    expect(sharedObjectsOf(one, other)).toEqual([]);
    expect(sharedObjectsOf(one, one)).toEqual(['a: column x']);
    const drop: Operation = { kind: 'dropTable', name: table('a') };
    expect(sharedObjectsOf(one, touched(drop))).toEqual(['a']);
  });

  it('a name in another schema is another object, but a text that mentions it counts', () => {
    const audit: Operation = { kind: 'dropTable', name: { schema: 'audit', name: 'a' } };
    const view: Operation = {
      kind: 'createView',
      view: {
        schema: null,
        name: 'v',
        materialized: false,
        definition: 'SELECT "A".id FROM "A"',
        columns: [],
        indexes: [],
      } as never,
    };
    expect(sharedObjectsOf(touched(audit), touched(addColumn('b', 'x')))).toEqual([]);
    expect(sharedObjectsOf(touched(audit), touched(view))).toEqual(['audit.a']);
  });

  it('a name of several words is mentioned where all of them are', () => {
    const view = (definition: string): Operation => ({
      kind: 'createView',
      view: {
        schema: null,
        name: 'v',
        materialized: false,
        definition,
        columns: [],
        indexes: [],
      } as never,
    });
    const change = touched(addColumn('Order Line 3', 'x'));
    expect(sharedObjectsOf(change, touched(view('SELECT 1 FROM "Order Line 3"')))).toEqual([
      'Order Line 3',
    ]);
    expect(sharedObjectsOf(change, touched(view('SELECT 1 FROM "Line"')))).toEqual([]);
    expect(sharedObjectsOf(touched(addColumn('[1]', 'x')), touched(view('SELECT 1')))).toEqual([
      '[1]',
    ]);
  });

  it('names of columns, and marks of the model, are no mentions', () => {
    const marked: Operation = {
      ...(addColumn('a', 'b') as Extract<Operation, { kind: 'addColumn' }>),
      column: { name: 'b', type: 'text', nullable: true, entity: 'B', property: 'b' },
    };
    expect(sharedObjectsOf(touched(marked), touched(addColumn('b', 'x')))).toEqual([]);
    expect(
      sharedObjectsOf(touched(addColumn('a', 'x', 'b')), touched(addColumn('b', 'x'))),
    ).toEqual(['b']);
  });

  it('every operation shares something with itself, and sharing has no direction', () => {
    const arbPair = arbSchema.chain((model) =>
      fc.tuple(arbOperationFor(model), arbOperationFor(model)),
    );
    fc.assert(
      fc.property(arbPair, ([left, right]) => {
        const [one, other] = [touched(left), touched(right)];
        if ([...one, ...other].includes(undefined as never)) return;
        expect([left.kind, sharedObjectsOf(one, one)]).not.toEqual([left.kind, []]);
        expect(sharedObjectsOf(one, other)).toEqual(sharedObjectsOf(other, one));
      }),
      { numRuns: 400 },
    );
  });
});
