import fc from 'fast-check';
import { NodeSet } from './node-set.js';

describe('a set of nodes', () => {
  it('holds, forgets and lists what a Set would, in the order of the first addition', () => {
    const actions = fc.array(
      fc.tuple(
        fc.constantFrom('add', 'delete'),
        fc.nat({ max: 600 }).map((position) => ({ position })),
      ),
    );
    fc.assert(
      fc.property(actions, (list) => {
        const ours = new NodeSet<{ readonly position: number }>();
        const theirs = new Set<number>();
        for (const [action, node] of list) {
          if (action === 'add') expect(ours.add(node)).toBe(!theirs.has(node.position));
          else ours.delete(node);
          theirs[action as 'add' | 'delete'](node.position);
          expect(ours.has(node)).toBe(theirs.has(node.position));
        }
        expect(ours.size).toBe(theirs.size);
        expect([...ours].map(({ position }) => position).sort()).toEqual([...theirs].sort());
        expect(ours.filter(({ position }) => position < 300)).toHaveLength(
          [...theirs].filter((position) => position < 300).length,
        );
      }),
    );
  });

  it('keeps the order of the first addition', () => {
    const set = new NodeSet([{ position: 5 }, { position: 2 }, { position: 5 }]);
    set.delete({ position: 5 });
    set.add({ position: 5 });
    expect([...set].map(({ position }) => position)).toEqual([5, 2]);
  });
});
