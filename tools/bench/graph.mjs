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
import { compared, comparedHead, less, median, ms, printTable, ratio } from './measure.mjs';

const RUNS = Number(process.env.BENCH_ROUNDS ?? 11);
const SIZE = 10_000;
const SHAPES = { linear, 'branches and merges': branchy };

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-graph-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await benchHeads(folder);
  benchGrowth({ linear: 'linear', 'branches and merges': 'branchy' });
  if (hasAlembic()) await benchAlembic(folder);
  else
    console.log(
      '\nAlembic is not installed here, so it does not stand beside (Debian: apt install alembic).',
    );
}

/** `heads` on 10,000 files: the engine against reading alone, the app's binary against the app as a context. */
async function benchHeads(folder) {
  const rows = [];
  for (const [name, shape] of Object.entries(SHAPES)) {
    const root = join(folder, shape.name);
    const versions = writeRevisions(root, shape(SIZE));
    const programs = [readFiles(versions), coreHeads(root), bareContext(root), migrateHeads(root)];
    const [floor, core, context, command] = await measureInTurn(RUNS, programs);
    rows.push(
      [`core, ${name}`, ...compared(core, floor)],
      [`app binary less bare context, ${name}`, ...compared(less(command, context), floor)],
    );
  }
  printTable(comparedHead(`heads, ${SIZE} revisions`, 'reading alone'), rows);
}

/** Alembic's commands on the same histories. Its history of branches is quadratic, so it gets a tenth of them. */
async function benchAlembic(folder) {
  const rows = [];
  for (const [name, shape] of Object.entries(SHAPES)) {
    const size = SIZE / 10;
    const root = join(folder, `alembic-${shape.name}`);
    const own = join(folder, `own-${shape.name}`);
    writeAlembic(root, shape(size));
    writeRevisions(own, shape(size));
    const ours = await measureInTurn(3, [coreHeads(own), coreHistory(own)]);
    const theirs = await measureInTurn(3, [alembic('heads'), alembic('history')], root);
    ['heads', 'history'].forEach((command, at) => {
      const [wall, other] = [ours, theirs].map((all) => median(all[at].map((one) => one.wall)));
      rows.push([`${command}, ${size} ${name}`, ms(wall), ms(other), ratio(wall, other)]);
    });
  }
  console.log();
  printTable(['beside Alembic', 'nest-alembic', 'Alembic', 'ratio'], rows);
}

await main();
