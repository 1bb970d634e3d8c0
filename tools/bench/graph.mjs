// `npm run bench:graph`: what the revision graph costs, as ratios in one run. Processes are timed as a whole, as a person
// waits for them; the floor is a Node program that only reads the same files.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchGrowth } from './graph/growth.mjs';
import { alembic, bareContext, coreHeads, coreHistory, hasAlembic } from './graph/programs.mjs';
import { measureInTurn, migrateHeads, readFiles } from './graph/programs.mjs';
import { writeAlembic, writeRevisions } from './graph/revision-files.mjs';
import { branchy, linear } from './graph/shapes.mjs';
import { ms, printTable, ratio } from './measure.mjs';

const RUNS = 11;
const SIZE = 10_000;
const SHAPES = { linear, 'branches and merges': branchy };

function main() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-graph-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  benchHeads(folder);
  benchGrowth({ linear: 'linear', 'branches and merges': 'branchy' });
  if (hasAlembic()) benchAlembic(folder);
  else
    console.log(
      '\nAlembic is not installed here, so it does not stand beside (Debian: apt install alembic).',
    );
}

/** `heads` on 10,000 files: the engine against reading alone, the app's binary against the app as a context. */
function benchHeads(folder) {
  const rows = [];
  for (const [name, shape] of Object.entries(SHAPES)) {
    const root = join(folder, shape.name);
    const versions = writeRevisions(root, shape(SIZE));
    const programs = [readFiles(versions), coreHeads(root), bareContext(root), migrateHeads(root)];
    const [floor, core, context, command] = measureInTurn(RUNS, programs);
    rows.push(
      [`core, ${name}`, ...compared(core, floor)],
      [`app binary less bare context, ${name}`, ...compared(less(command, context), floor)],
    );
  }
  const head = ['nest-alembic', 'reading alone', 'ratio', 'CPU', 'reading alone', 'ratio'];
  printTable([`heads, ${SIZE} revisions`, ...head], rows);
}

const less = (whole, part) => ({ wall: whole.wall - part.wall, cpu: whole.cpu - part.cpu });

const compared = (ours, floor) =>
  ['wall', 'cpu'].flatMap((it) => [ms(ours[it]), ms(floor[it]), ratio(ours[it], floor[it])]);

/** Alembic's commands on the same histories. Its history of branches is quadratic, so it gets a tenth of them. */
function benchAlembic(folder) {
  const rows = [];
  for (const [name, shape] of Object.entries(SHAPES)) {
    const size = SIZE / 10;
    const root = join(folder, `alembic-${shape.name}`);
    const own = join(folder, `own-${shape.name}`);
    writeAlembic(root, shape(size));
    writeRevisions(own, shape(size));
    const [ourHeads, ourHistory] = measureInTurn(3, [coreHeads(own), coreHistory(own)]);
    const programs = [alembic('heads'), alembic('history')];
    const [heads, history] = measureInTurn(3, programs, root).map(({ wall }) => wall);
    rows.push([
      `heads, ${size} ${name}`,
      ms(ourHeads.wall),
      ms(heads),
      ratio(ourHeads.wall, heads),
    ]);
    rows.push([
      `history, ${size} ${name}`,
      ms(ourHistory.wall),
      ms(history),
      ratio(ourHistory.wall, history),
    ]);
  }
  console.log();
  printTable(['beside Alembic', 'nest-alembic', 'Alembic', 'ratio'], rows);
}

main();
