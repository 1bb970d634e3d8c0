// How building, planning and walking grow with the number of revisions: each measured as a command pays for it, the first
// time in a fresh process, and the median of several processes is told.
import { spawnSync } from 'node:child_process';
import { RevisionGraph, planDowngrade, planUpgrade, walk } from '@nest-alembic/core';
import { ms, printTable, ratio } from '../measure.mjs';
import * as shapes from './shapes.mjs';

const RUNS = 11;
const SMALL = 1_000;
const LARGE = 10_000;
const HUGE = 100_000;

/** The work whose growth is told, given the revisions and the graph of them. */
const WORK = {
  build: ({ revisions }) => RevisionGraph.build(revisions),
  history: ({ graph }) => walk(graph),
  'plan upgrade': ({ graph }) => planUpgrade(graph, { rows: [], targets: ['heads'] }),
  'plan downgrade': ({ graph, rows }) => planDowngrade(graph, { rows, target: 'base' }),
};

/** Prints the time at 1,000, 10,000 and 100,000 revisions, and the ratio of the first two: 10 is linear. */
export function benchGrowth(shapeNames) {
  const rows = [];
  for (const [title, name] of Object.entries(shapeNames)) {
    for (const work of Object.keys(WORK)) {
      const [small, large] = [SMALL, LARGE].map((size) => medianOf(RUNS, [work, name, size]));
      const huge = medianOf(1, [work, name, HUGE]);
      rows.push([`${work}, ${title}`, ms1(small), ms1(large), ratio(large, small), ms1(huge)]);
    }
  }
  console.log();
  printTable(['growth', '1,000', '10,000', '10,000 to 1,000', '100,000'], rows);
}

const ms1 = (value) => (value < 100 ? `${value.toFixed(1)} ms` : ms(value));

function medianOf(runs, job) {
  const times = Array.from({ length: runs }, () => timeInProcess(job));
  return times.sort((one, other) => one - other)[Math.floor(runs / 2)];
}

function timeInProcess(job) {
  const { status, stdout, stderr } = spawnSync('node', [import.meta.filename, ...job.map(String)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${job.join(' ')} failed: ${stderr}`);
  return Number(stdout);
}

function timeOnce([work, shape, size]) {
  const revisions = asRevisions(shapes[shape](Number(size)));
  const graph = work === 'build' ? undefined : RevisionGraph.build(revisions);
  const given = { revisions, graph, rows: graph?.realHeads.map(({ id }) => id) };
  const started = performance.now();
  WORK[work](given);
  return performance.now() - started;
}

function asRevisions(shape) {
  return shape
    .map(({ id, down }) => ({
      id,
      downRevisions: down,
      dependsOn: [],
      branchLabels: [],
      message: '',
    }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

if (process.argv[1] === import.meta.filename) console.log(timeOnce(process.argv.slice(2)));
