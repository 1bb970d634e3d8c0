import { readFileSync } from 'node:fs';
import {
  applyOperation,
  EMPTY_SCHEMA,
  reverseAll,
  reverseOperation,
  writtenForm,
} from '@nest-alembic/core';
import type { Operation } from '@nest-alembic/core';
import { differences } from '../differences.js';
import { runRevisionText } from '../run-rendered.js';
import { withSortedParts } from '../sorted-parts.js';
import { POSTGRES } from '../tested-dialects.js';
import { DEPARTURES } from './departures.js';
import { ExampleBench, OWN_TABLES, temporaryFolder } from './example-bench.js';
import type { MigrationsFolder } from './example-bench.js';

jest.setTimeout(60_000);

const FIRST = '1975ea83b712';
const unreachable = { connect: () => Promise.reject(new Error('nobody may ask the database')) };

let folder: MigrationsFolder;
let bench: ExampleBench;
/** Made by TypeORM's own `synchronize`. */
let byTypeOrm: ExampleBench;
/** The fingerprint of a new database. */
let empty: readonly string[];
/** What autogenerate found between a new database and the entities. */
let found: readonly Operation[];
let file: string;
const benches: ExampleBench[] = [];

beforeAll(async () => {
  folder = temporaryFolder();
  bench = await opened();
  byTypeOrm = await opened();
  await byTypeOrm.synchronize();
  empty = await bench.fingerprint({ ignoredTables: [] });
  const migrator = bench.migrator(folder);
  await migrator.init();
  found = (await migrator.check()).diff.operations;
  const result = await migrator.revision({
    autogenerate: true,
    message: 'create the shop',
    revisionId: FIRST,
  });
  file = result.file ?? '';
  await migrator.upgrade('head');
});

afterAll(async () => {
  for (const one of benches) await one.close();
  folder?.remove();
});

async function opened(): Promise<ExampleBench> {
  const one = await ExampleBench.open();
  benches.push(one);
  return one;
}

describe('law 1: the first revision of the example', () => {
  it('gives the schema of synchronize, but for the departures', async () => {
    const lines = differences(await byTypeOrm.fingerprint(), await bench.fingerprint());
    const unlisted = lines.filter((line) => !DEPARTURES.some(({ pattern }) => pattern.test(line)));
    expect(unlisted).toEqual([]);
  });

  it('gives the same dump as synchronize, but for the departures', async () => {
    const ignoredTables = [...OWN_TABLES, ...DEPARTURES.flatMap(({ table }) => table ?? [])];
    expect(await bench.dump({ ignoredTables })).toEqual(await byTypeOrm.dump({ ignoredTables }));
  });

  it.each(DEPARTURES.map(({ name, pattern }) => [name, pattern] as const))(
    'departs from synchronize: %s',
    async (_, pattern) => {
      const lines = differences(await byTypeOrm.fingerprint(), await bench.fingerprint());
      expect(lines.some((line) => pattern.test(line))).toBe(true);
    },
  );

  it('leaves nothing to find: a second one is not written', async () => {
    await expectUpToDate(bench);
  });

  it('leaves nothing to find in a database that synchronize made and that was stamped', async () => {
    await byTypeOrm.migrator(folder).stamp(['head']);
    await expectUpToDate(byTypeOrm);
  });
});

describe('law 2: the first revision of the example', () => {
  afterAll(() => bench.migrator(folder).upgrade('head'));

  it('taken back, leaves nothing but the tables of the engine', async () => {
    const before = await bench.fingerprint();
    await bench.migrator(folder).downgrade('base');
    expect(await bench.fingerprint()).toEqual(empty);
    await bench.migrator(folder).upgrade('head');
    expect(await bench.fingerprint()).toEqual(before);
  });

  it('taken back where synchronize and a stamp made the schema, leaves what is TypeORM’s own', async () => {
    await byTypeOrm.migrator(folder).stamp(['head']);
    await byTypeOrm.migrator(folder).downgrade('base');
    const left = await byTypeOrm.fingerprint();
    const foreign = left.filter((line) => !empty.includes(line));
    expect(foreign.length).toBeGreaterThan(0);
    expect(foreign.filter((line) => !/\btypeorm_metadata\b/.test(line))).toEqual([]);
  });
});

describe('law 3: the first revision of the example', () => {
  it('is undone in the model by what it reverses to, operation by operation', () => {
    const made = found.reduce((model, operation) => {
      const after = applyOperation(operation, model);
      const reversed = reverseOperation(operation) as Operation;
      expect(withSortedParts(applyOperation(reversed, after))).toEqual(withSortedParts(model));
      return after;
    }, EMPTY_SCHEMA);
    const back = reverseAll(found);
    expect(back.irreversible).toEqual([]);
    expect(back.operations.reduce((model, one) => applyOperation(one, model), made)).toEqual(
      EMPTY_SCHEMA,
    );
  });
});

describe('law 4: the first revision of the example', () => {
  it('makes the operations that were found, and their reverse, when its file is run', async () => {
    const run = await runRevisionText(readFileSync(file, 'utf8'), POSTGRES.dialect);
    expect(run.upgrade).toEqual(found.flatMap(writtenForm));
    expect(run.downgrade).toEqual(reverseAll(found).operations.flatMap(writtenForm));
  });
});

describe('law 5: the first revision of the example as a script', () => {
  it('gives the same schema, version rows and memory, and back', async () => {
    const byScript = await opened();
    const offline = byScript.migrator(folder, unreachable);
    await run(byScript, (await offline.upgrade('head', { sql: true })).sql);
    const everything = { ignoredTables: [] };
    expect(await byScript.fingerprint(everything)).toEqual(await bench.fingerprint(everything));
    expect(await byScript.dump(everything)).toEqual(await bench.dump(everything));
    expect(await byScript.versionRows()).toEqual([FIRST]);
    expect(await memoryOf(byScript)).toEqual(await memoryOf(bench));
    await expectUpToDate(byScript);
    await run(byScript, (await offline.downgrade(`${FIRST}:base`, { sql: true })).sql);
    expect(await byScript.fingerprint()).toEqual(empty);
    expect(await byScript.versionRows()).toEqual([]);
  });

  const run = (on: ExampleBench, script = '') => POSTGRES.runScript(on.database, script);
});

describe('law 6: the first revision of the example', () => {
  it('is one row when it is applied or stamped, and none when it is taken back', async () => {
    const one = await opened();
    const migrator = one.migrator(folder);
    expect(await one.versionRows()).toBeUndefined();
    const rows: (readonly string[] | undefined)[] = [];
    const note = async () => void rows.push(await one.versionRows());
    await migrator.upgrade('head').then(note);
    await migrator.downgrade('-1').then(note);
    await migrator.stamp(['head']).then(note);
    await migrator.stamp(['base']).then(note);
    expect(rows).toEqual([[FIRST], [], [FIRST], []]);
  });
});

async function expectUpToDate(one: ExampleBench): Promise<void> {
  const migrator = one.migrator(folder);
  expect(await migrator.check()).toMatchObject({
    upToDate: true,
    changes: [],
    diff: { operations: [], questions: [], unverified: false },
  });
  const again = await migrator.revision({ autogenerate: true, message: 'again' });
  expect(again).toMatchObject({ file: undefined, changes: [], questions: [] });
}

/** What the log says of the last run that made something. */
async function memoryOf({ connection }: ExampleBench) {
  const { rows } = await connection.query(
    `SELECT objects FROM alembic_version_log WHERE direction = 'upgrade' ORDER BY id DESC LIMIT 1`,
  );
  return rows[0]?.['objects'];
}
