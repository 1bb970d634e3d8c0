// `npm run bench:apply [-- tables revisions]`: what applying costs beside the floor, as ratios in one run: an initial revision
// beside `psql -1 -f` with the same DDL, one-column revisions beside TypeORM's two ways, and round trips where each
// takes 10 ms longer. Clock and processor time (of the program and of the server's session) side by side.
import { benchInitial } from './apply/initial.mjs';
import { benchLatency } from './apply/latency.mjs';
import { benchRevisions } from './apply/revisions.mjs';
import { inDatabase, withServer } from './databases.mjs';

const sizes = process.argv.slice(2).map(Number);
if (sizes.some((size) => !(size >= 0)))
  throw new Error('usage: npm run bench:apply [-- tables revisions], 0 leaves a part out');
const [tables = 1_000, revisions = 1_000] = sizes;

await withServer(async (url) => {
  if (tables > 0) await inDatabase(url, (place) => benchInitial(place, tables));
  console.log();
  if (revisions > 0) await inDatabase(url, (place) => benchRevisions(place, revisions));
  console.log();
  await inDatabase(url, benchLatency);
});
