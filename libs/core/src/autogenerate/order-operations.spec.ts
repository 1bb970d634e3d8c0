import type { Table } from '../schema/schema-model.js';
import * as fc from 'fast-check';
import { column, table } from './model.fixture.js';
import { orderOperations } from './order-operations.js';
import { sortByDependency } from './sort-by-dependency.js';

const withKeys = (name: string, ...targets: string[]): Table =>
  table(name, [column('id', 'int'), ...targets.map((target) => column(`${target}_id`, 'int'))], {
    foreignKeys: targets.map((target) => ({
      name: `fk_${name}_${target}`,
      columns: [`${target}_id`],
      referencedTable: { schema: null, name: target },
      referencedColumns: ['id'],
    })),
  });

const create = (...tables: Table[]) =>
  tables.map((table) => ({ kind: 'createTable', table }) as const);
const drop = (...tables: Table[]) =>
  tables.map(
    (dropped) =>
      ({ kind: 'dropTable', name: { schema: null, name: dropped.name }, dropped }) as const,
  );

const story = (operations: Parameters<typeof orderOperations>[0]): readonly string[] =>
  orderOperations(operations).map((operation) => {
    if (operation.kind === 'createTable')
      return `+${operation.table.name}(${operation.table.foreignKeys.map(({ name }) => name)})`;
    if (operation.kind === 'dropTable') return `-${operation.name.name}`;
    if (operation.kind === 'addConstraint') return `+${operation.added.constraint.name}`;
    if (operation.kind === 'dropConstraint') return `-${operation.name}`;
    return operation.kind;
  });

describe('orderOperations', () => {
  it('AG-10: creates referenced tables first', () => {
    expect(story(create(withKeys('a', 'b'), withKeys('b', 'c'), withKeys('c')))).toEqual([
      '+c()',
      '+b(fk_b_c)',
      '+a(fk_a_b)',
    ]);
  });

  it('AG-15: cuts a cycle of foreign keys and closes it afterwards', () => {
    expect(story(create(withKeys('a', 'b'), withKeys('b', 'a', 'b')))).toEqual([
      '+a()',
      '+b(fk_b_a,fk_b_b)',
      '+fk_a_b',
    ]);
  });

  it('AG-11, AG-14: drops referencing tables first, and cuts cycles before', () => {
    expect(story(drop(withKeys('a'), withKeys('b', 'a')))).toEqual(['-b', '-a']);
    expect(story(drop(withKeys('a', 'b'), withKeys('b', 'a')))).toEqual(['-fk_a_b', '-b', '-a']);
  });

  const unique = { type: 'unique', constraint: { name: 'uq', columns: ['id'] } } as const;
  const stays = { schema: null, name: 'stays' };

  it('makes a foreign key of a new table after the key that it stands on, where an old table gets that', () => {
    const addKey = { kind: 'addConstraint', table: stays, added: unique } as const;
    expect(story([...create(withKeys('a', 'stays')), addKey])).toEqual([
      '+a()',
      '+uq',
      '+fk_a_stays',
    ]);
  });

  it('drops a foreign key of a table that goes before the key that it stands on', () => {
    const dropKey = {
      kind: 'dropConstraint',
      table: stays,
      type: 'unique',
      name: 'uq',
      dropped: unique,
    } as const;
    expect(story([...drop(withKeys('a', 'stays')), dropKey])).toEqual(['-fk_a_stays', '-uq', '-a']);
  });

  it('makes a foreign key to the table itself after the index that makes its column unique', () => {
    const unique = { name: 'ux', elements: [{ column: 'id' }], unique: true };
    const indexed = { ...withKeys('a', 'a'), indexes: [unique] };
    expect(story(create(indexed))).toEqual(['+a()', '+fk_a_a']);
    expect(story(create({ ...indexed, primaryKey: { columns: ['id'] } }))).toEqual(['+a(fk_a_a)']);
  });

  it('drops views before renames, as their texts have the names from before', () => {
    const view = { schema: null, name: 'v' };
    const rename = { kind: 'renameColumn', table: stays, from: 'a', to: 'b' } as const;
    expect(story([rename, { kind: 'dropView', name: view, materialized: false }])).toEqual([
      'dropView',
      'renameColumn',
    ]);
  });
});

describe('sortByDependency', () => {
  const graphs = fc.array(fc.array(fc.nat({ max: 11 }), { maxLength: 4 }), {
    minLength: 1,
    maxLength: 12,
  });

  it('places each object after all that it needs, but for the cuts it reports', () => {
    fc.assert(
      fc.property(graphs, (edges) => {
        const nodes = edges.map((_, index) => index);
        const { sorted, cut } = sortByDependency(nodes, (node) => edges[node] ?? []);
        expect([...sorted].sort((a, b) => a - b)).toEqual(nodes);
        const place = new Map(sorted.map((node, index) => [node, index]));
        const isCut = (from: number, to: number) =>
          cut.some((edge) => edge.from === from && edge.to === to);
        for (const from of nodes) {
          for (const to of edges[from] ?? []) {
            if (to === from || !place.has(to) || isCut(from, to)) continue;
            expect(place.get(to)).toBeLessThan(place.get(from) ?? -1);
          }
        }
      }),
    );
  });

  it('cuts nothing where there is no cycle', () => {
    fc.assert(
      fc.property(graphs, (edges) => {
        const nodes = edges.map((_, index) => index);
        const { cut } = sortByDependency(nodes, (node) =>
          (edges[node] ?? []).filter((to) => to < node),
        );
        expect(cut).toEqual([]);
      }),
    );
  });
});
