import Database from 'better-sqlite3';
import { sqliteDialect } from './sqlite-dialect.js';
import { runBatch } from './rebuild/rebuild.fixture.js';

const TYPES = ['INTEGER', 'TEXT', 'BLOB', 'REAL', 'NUMERIC'];

/** Literals that a column of the type may hold, the ones that conversions are hard on among them. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  INTEGER: ['0', '-7', '9007199254740993', "'many'", '1.5'],
  TEXT: ["'007'", "'12'", "'1.50'", "'many'", "''", "'9007199254740993'"],
  BLOB: ["x'00ff'", "x'303037'", "'007'", '0.30000000000000004'],
  REAL: ['1.5', '2.0', '0.30000000000000004', '1e300', "'many'"],
  NUMERIC: ['1', '1.5', '0.30000000000000004', '9007199254740993', "'007x'"],
};
const PAIRS = TYPES.flatMap((from) =>
  TYPES.filter((to) => to !== from).map((to): [string, string] => [from, to]),
);

/** Changes the type there and back, as a batch does it. */
async function roundTrip(from: string, to: string) {
  const database = new Database(':memory:');
  const values = (VALUES[from] ?? []).map((value) => `(${value})`).join(', ');
  database.exec(`CREATE TABLE t (c ${from}); INSERT INTO t VALUES ${values}`);
  const rows = () => database.prepare('SELECT quote(c) FROM t ORDER BY rowid').pluck().all();
  const before = rows();
  const alter = (type: string) =>
    runBatch(database, {
      table: { schema: null, name: 't' },
      operations: [
        { kind: 'alterColumn', table: { schema: null, name: 't' }, name: 'c', to: { type } },
      ],
    });
  await alter(to);
  await alter(from);
  const after = rows();
  database.close();
  return { before, after };
}

it.each(PAIRS)('what nobody is asked about comes back: %s to %s', async (from, to) => {
  const cast = sqliteDialect.castBetween(from, to, 'c');
  const { before, after } = await roundTrip(from, to);
  const isLossy = cast.kind !== 'none' && cast.lossy === true;
  expect({ cast, isKept: isLossy || JSON.stringify(after) === JSON.stringify(before) }).toEqual({
    cast: isLossy
      ? { kind: 'implicit', lossy: true, note: expect.any(String) }
      : { kind: 'implicit' },
    isKept: true,
  });
});

/** How many digits the text of a fraction has depends on the version of SQLite. */
const OF_ANY_VERSION = PAIRS.filter(
  ([from, to]) => to !== 'TEXT' || from === 'INTEGER' || from === 'BLOB',
);

it.each(OF_ANY_VERSION)('what is asked about can lose something: %s to %s', async (from, to) => {
  const cast = sqliteDialect.castBetween(from, to, 'c');
  const { before, after } = await roundTrip(from, to);
  expect(cast.kind === 'implicit' && cast.lossy === true).toBe(
    JSON.stringify(after) !== JSON.stringify(before),
  );
});
