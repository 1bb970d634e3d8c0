import fc from 'fast-check';
import { errorOf, graphOf } from '../graph.fixture.js';
import { RevisionGraph } from '../revision-graph.js';
import type { Revision } from '../revision.js';
import { walk } from '../walk.js';
import { drawGraph } from './draw-graph.js';
import type { DrawingFormat } from './draw-graph.js';
import type { DrawnRevision } from './drawn-graph.js';
import { traceDrawing } from './trace-drawing.fixture.js';

const drawnOf = (graph: RevisionGraph): readonly DrawnRevision[] =>
  walk(graph).map((revision) => ({ ...revision, ...graph.placeOf(revision.id) }));

const branched = graphOf(
  'a <- b <- c1, c2[billing]',
  'c1, c2 <- m <- n',
  'x[reports] <- y',
  'y <~ n',
);

describe('a graph as text', () => {
  it('is empty for no revisions', () => {
    expect(drawGraph([])).toBe('');
  });

  it('is a row for each revision of a line', () => {
    expect(drawGraph(drawnOf(graphOf('a <- b')))).toBe(
      '* b (head), message of b\n* a, message of a\n',
    );
  });

  it('shows branches, merges, labels, places and dependencies', () => {
    expect(drawGraph(drawnOf(branched))).toBe(
      [
        '* n (billing) (head), message of n',
        '├┄╮',
        '* ┊ m (billing) (mergepoint), message of m',
        '├─┼─╮',
        '* ┊ │ c1, message of c1',
        '│ ┊ * c2 (billing), message of c2',
        '├─┼─╯',
        '│ * y (reports) (effective head), message of y',
        '│ * x (reports), message of x',
        '* b (branchpoint), message of b',
        '* a, message of a',
        '',
      ].join('\n'),
    );
  });

  it('does not let two bases look like one line, nor a dotted line like a full one', () => {
    expect(drawGraph(drawnOf(graphOf('a', 'b')))).toBe(
      '* a (head), message of a\n\n* b (head), message of b\n',
    );
    expect(drawGraph(drawnOf(graphOf('a <~ b')))).toBe(
      '* b (head), message of b\n┊\n* a (effective head), message of a\n',
    );
  });

  it('stays narrow where many revisions have the same down revision', () => {
    const fan = graphOf('a <- b1, b2, b3, b4', 'b1 <- c');
    expect(drawGraph(drawnOf(fan), 'text', { describe: ({ id }) => id })).toBe(
      ['* b2', '│ * b3', '├─╯', '│ * b4', '├─╯', '│ * c', '│ * b1', '├─╯', '* a', ''].join('\n'),
    );
    const wide = Array.from({ length: 200 }, (_, at) => `a <- w${at} <- x${at}`);
    const rows = drawGraph(drawnOf(graphOf(...wide))).split('\n');
    expect(Math.max(...rows.map((row) => row.indexOf('*')))).toBe(2);
  });

  it('says what the caller wants beside a revision', () => {
    const text = drawGraph(drawnOf(graphOf('a <- b')), 'text', { describe: ({ id }) => `<${id}>` });
    expect(text).toBe('* <b>\n* <a>\n');
  });

  it('keeps a message in its row', () => {
    const [one] = drawnOf(graphOf('a'));
    const message = 'two\nlines \u001b[31m\u202ered\n\nand a story';
    expect(drawGraph([{ ...(one as DrawnRevision), message }])).toBe(
      '* a (head), two lines [31m red\n',
    );
    expect(drawGraph([{ ...(one as DrawnRevision), message: '' }])).toContain(', empty message\n');
  });
});

describe('a graph for other programs', () => {
  it('as Mermaid', () => {
    const revisions = drawnOf(graphOf('a <- b[billing] <- end', 'c', 'c <~ b'));
    expect(drawGraph(revisions, 'mermaid')).toBe(`flowchart BT
  r_c["c (effective head)<br/>message of c"]
  r_a["a (billing)<br/>message of a"]
  r_b["b (billing)<br/>message of b"]
  r_end["end (billing) (head)<br/>message of end"]
  r_a --> r_b
  r_c -.-> r_b
  r_b --> r_end
  classDef head stroke-width:3px
  class r_end head
  class r_c head
`);
  });

  it('as DOT', () => {
    const revisions = drawnOf(graphOf('a <- b[billing]', 'c', 'c <~ b')).map((one) => ({
      ...one,
      isCurrent: one.id === 'b',
    }));
    expect(drawGraph(revisions, 'dot')).toBe(`digraph revisions {
  rankdir=BT;
  node [shape=box];
  "c" [label="c (effective head)\\nmessage of c", style="bold"];
  "a" [label="a (billing)\\nmessage of a"];
  "b" [label="b (billing) (head) (current)\\nmessage of b", style="bold,filled"];
  "a" -> "b";
  "c" -> "b" [style=dotted];
}
`);
  });

  it('texts cannot leave their quotes', () => {
    const [one] = drawnOf(graphOf('a'));
    const hostile = {
      ...(one as DrawnRevision),
      labels: ['"] --> x', 'é\\'],
      message: '%%{init}%% "quoted" <b>&amp; `code`; #35; \\N\nend',
    };
    expect(drawGraph([hostile], 'mermaid')).toContain(
      'r_a["a (#34;] --#62; x) (é#92;) (head)<br/>#37;#37;{init}#37;#37; #34;quoted#34; #60;b#62;#38;amp#59; #96;code#96;#59; #35;35#59; #92;N end"]\n',
    );
    expect(drawGraph([hostile], 'dot')).toContain(
      '"a" [label="a (\\"] --> x) (é\\\\) (head)\\n%%{init}%% \\"quoted\\" <b>&amp; `code`; #35; \\\\N end", style="bold"];\n',
    );
  });

  it('refuses another format', () => {
    expect(errorOf(() => drawGraph([], 'svg' as DrawingFormat))).toMatchObject({ code: 'E7007' });
  });
});

const SIZE = 14;
const graphs = fc
  .array(
    fc.record({
      down: fc.array(fc.nat(), { maxLength: 3 }),
      dependsOn: fc.oneof(
        { weight: 2, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(fc.nat(), { maxLength: 3 }) },
      ),
    }),
    { minLength: 1, maxLength: SIZE },
  )
  .map((drafts) =>
    drafts.map(({ down, dependsOn }, place): Revision => ({
      id: `r${place}`,
      downRevisions: earlier(down, place, 'r'),
      // Every other dependency is written as a label.
      dependsOn: earlier(dependsOn, place, place % 2 === 0 ? 'r' : 'label'),
      branchLabels: [`label${place}`],
      message: '',
    })),
  );

const earlier = (choices: readonly number[], place: number, word: string): string[] =>
  place === 0 ? [] : [...new Set(choices.map((choice) => `${word}${choice % place}`))];

/** By definition: each down revision and each dependency that is none, `r2 -> r1` and `r2 ~> r0`. */
const edgesOf = (revisions: readonly Revision[]): string[] =>
  revisions.flatMap(({ id, downRevisions, dependsOn }) => {
    const needed = [...new Set(dependsOn.map((name) => name.replace('label', 'r')))];
    return [
      ...downRevisions.map((down) => `${id} -> ${down}`),
      ...needed.filter((name) => !downRevisions.includes(name)).map((name) => `${id} ~> ${name}`),
    ];
  });

const drawable = (graph: readonly Revision[]) => {
  const revisions = drawnOf(RevisionGraph.build(graph));
  return revisions.map((one) => ({ ...one, labels: [] }));
};

describe('every drawing has every revision once and every edge once', () => {
  it('as text, followed with the eyes', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const revisions = drawable(graph);
        const read = traceDrawing(drawGraph(revisions));
        expect(read.revisions).toEqual(revisions.map(({ id }) => id));
        expect([...read.edges].sort()).toEqual(edgesOf(graph).sort());
      }),
      { numRuns: 1_000 },
    );
  });

  it.each<[DrawingFormat, RegExp, RegExp]>([
    ['mermaid', /^ {2}r_(r\d+)\["/gm, /^ {2}r_(r\d+) (-.->|-->) r_(r\d+)$/gm],
    ['dot', /^ {2}"(r\d+)" \[label/gm, /^ {2}"(r\d+)" -> "(r\d+)"( \[style=dotted\])?;$/gm],
  ])('as %s', (format, node, edge) => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const text = drawGraph(drawable(graph), format);
        const ids = [...text.matchAll(node)].map(([, id]) => id);
        expect([...ids].sort()).toEqual(graph.map(({ id }) => id).sort());
        const edges = [...text.matchAll(edge)].map(([line, from, , to]) => {
          const [, parent, child] =
            /(r\d+).*?(r\d+)"?(?: \[|;|$)/.exec(line.replaceAll('r_', '')) ?? [];
          return `${child ?? to} ${/style=dotted|-\./.test(line) ? '~' : '-'}> ${parent ?? from}`;
        });
        expect(edges.sort()).toEqual(edgesOf(graph).sort());
      }),
      { numRuns: 300 },
    );
  });

  it('also of a part of the graph: what leads out of it is left out', () => {
    const part = drawnOf(branched).filter(({ id }) => ['b', 'c1', 'm'].includes(id));
    expect([...traceDrawing(drawGraph(part)).edges].sort()).toEqual(['c1 -> b', 'm -> c1']);
  });
});
