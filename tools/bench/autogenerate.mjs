// `npm run bench:autogenerate [-- tables …]`: what a check costs where model and database are the same: the comparison beside a
// program that only runs the same catalog queries and groups their rows, the whole command beside TypeORM's schema builder in
// the same app. Clock, processor time (of the program and of the server) and memory, as ratios in one run. On all databases
// that there are, or those of `BENCH_DATABASES`.
import { join } from 'node:path';
import { DATABASES } from './autogenerate/places.mjs';
import { writeInitial } from './initial-revision.mjs';
import {
  compared,
  comparedHead,
  inTurn,
  less,
  median,
  printTable,
  ratio,
  times,
} from './measure.mjs';
import { runModule } from './processes.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);

const sizes = process.argv.slice(2).map(Number);
if (sizes.some((size) => !(size > 0)))
  throw new Error('usage: npm run bench:autogenerate [-- tables …]');

const wanted = process.env.BENCH_DATABASES?.split(',') ?? Object.keys(DATABASES);

const unknown = wanted.filter((name) => !(name in DATABASES));
if (unknown.length > 0)
  throw new Error(
    `BENCH_DATABASES: ${unknown.join(', ')} is none of ${Object.keys(DATABASES).join(', ')}`,
  );

for (const name of wanted) {
  const { missing, within, watch } = DATABASES[name];
  const reason = missing();
  console.log(`${name}${reason ? `: left out, ${reason}` : ''}\n`);
  if (reason) continue;
  await within(async (inPlace) => {
    const found = [];
    for (const size of sizes.length > 0 ? sizes : [100, 1_000, 3_000])
      found.push(await inPlace((place) => benchSize(place, size, watch)));
    printAll(found);
  });
  console.log();
}

async function benchSize({ url, folder }, size, watch) {
  const { migrator, close } = await writeInitial({ url, folder }, size);
  await migrator.upgrade('head');
  await close();
  const server = await watch(url);
  const job = (file, program) => measuredJob(server, file, [program, url, folder, size]);
  try {
    const [compare, floor, check, typeorm, context] = await inTurn(ROUNDS, [
      job('compare', 'compare'),
      job('compare', 'floor'),
      job('app', 'check'),
      job('app', 'typeorm'),
      job('app', 'context'),
    ]);
    return { size, compare, floor, check, typeorm, context };
  } finally {
    await server.close();
  }
}

/** A job of `inTurn`: what the program tells of itself, with the processor time of the server. */
function measuredJob(server, file, args) {
  return async () => {
    let own;
    const cpu = await server.cpuOf(async () => {
      const queries = join(args[2], 'queries.json');
      const told = await runModule(`autogenerate/${file}.mjs`, [...args, queries], import.meta.url);
      const needed = /needed (\{.*\})$/.exec(told.stderr)?.[1] ?? told.stdout;
      own = { wall: told.wall, ...JSON.parse(needed) };
    });
    return { ...own, cpu: own.cpu + cpu };
  };
}

function printAll(found) {
  const named = (text, { size }) => `${text}, ${size} tables`;
  printTable(
    comparedHead('comparison', 'catalog alone'),
    found.map((one) => [named('no difference', one), ...compared(one.compare, one.floor)]),
  );
  console.log();
  printTable(
    comparedHead('whole process', 'TypeORM'),
    found.flatMap((one) => [
      [named('check', one), ...compared(one.check, one.typeorm)],
      [
        named('less the app alone', one),
        ...compared(less(one.check, one.context), less(one.typeorm, one.context)),
      ],
    ]),
  );
  console.log();
  printTable(
    ['peak memory', 'nest-alembic', 'TypeORM', 'app alone', 'ratio'],
    found.map((one) => [named('check', one), ...memoryOf(one)]),
  );
  if (found.length === 1) return;
  console.log();
  printTable(['growth', 'comparison', 'whole process'], growthOf(found));
}

function memoryOf({ check, typeorm, context }) {
  const [own, other, alone] = [check, typeorm, context].map((samples) =>
    median(samples.map(({ memory }) => memory)),
  );
  return [own, other, alone]
    .map((kilobytes) => `${(kilobytes / 1024).toFixed(0)} MB`)
    .concat(ratio(own, other));
}

/** Time for each table, against the size before: 1 is linear. */
function growthOf(found) {
  const perTable = ({ size }, samples) => median(samples.map(({ cpu }) => cpu)) / size;
  return found
    .slice(1)
    .map((one, at) => [
      `processor time for a table, ${one.size} to ${found[at].size}`,
      times(perTable(one, one.compare) / perTable(found[at], found[at].compare)),
      times(perTable(one, one.check) / perTable(found[at], found[at].check)),
    ]);
}
