import { graphOf } from '../../graph/graph.fixture.js';
import { planDowngrade } from '../../graph/plan-downgrade.js';
import { planStamp } from '../../graph/plan-stamp.js';
import { planUpgrade } from '../../graph/plan-upgrade.js';
import type { RevisionGraph } from '../../graph/revision-graph.js';
import type { Step } from '../../graph/step.js';
import { scriptBeginning } from './script-beginning.js';

const line = graphOf('a <- b <- c');
// a <- b <-+- c1 <- d1
//          +- c2 <- d2
const branched = graphOf('a <- b <- c1 <- d1', 'b <- c2 <- d2');
const forest = graphOf('a1[one] <- b1', 'a2[two] <- b2');

const list = (rows: string): readonly string[] => rows.split(' ').filter((row) => row !== '');

const PLANS: Readonly<
  Record<string, (graph: RevisionGraph, rows: readonly string[], to: string) => readonly Step[]>
> = {
  upgrade: (graph, rows, to) => planUpgrade(graph, { rows, targets: [to] }),
  downgrade: (graph, rows, to) => planDowngrade(graph, { rows, target: to }),
  stamp: (graph, rows, to) => planStamp(graph, { rows, targets: [to] }),
};

describe('where a script begins', () => {
  it.each([
    ['from nothing: no row at all', line, 'upgrade', '', 'head', '', 'all'],
    ['in the middle: the row that is changed', line, 'upgrade', 'a', 'head', 'a', []],
    ['back: the row that is changed', line, 'downgrade', 'c', 'base', 'c', []],
    [
      'of a branch, beside another one',
      branched,
      'upgrade',
      'd1',
      'c2',
      '',
      ['a', 'b', 'c2', 'd2'],
    ],
    ['of a base, beside another one', forest, 'upgrade', 'b1', 'two@head', '', ['a2', 'b2']],
    ['of a base, from nothing', forest, 'upgrade', '', 'two@head', '', ['a2', 'b2']],
    ['of a stamp', line, 'stamp', '', 'b', '', 'all'],
    ['of a stamp that goes on', line, 'stamp', 'a', 'c', 'a', []],
  ] as const)('%s', (_where, graph, way, rows, to, present, absent) => {
    const at = list(rows);
    const steps = PLANS[way]?.(graph, at, to) ?? [];
    expect(scriptBeginning(graph, steps, at)).toEqual({ present: list(present), absent });
  });

  it('of nothing is nowhere', () => {
    expect(scriptBeginning(line, [], ['c'])).toBeUndefined();
  });
});
