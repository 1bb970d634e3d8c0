import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OPERATION_KINDS } from '../../operations/operation-definitions.js';
import type { Operation, OperationKind } from '../../operations/operation.js';
import { reverseAll } from '../../operations/reverse-all.js';
import { createSpecDatabase } from '../../runtime/testing/database.fixture.js';
import type { SpecDatabase } from '../../runtime/testing/database.fixture.js';
import { OfflineConnection } from '../../runtime/scripts/offline-connection.js';
import { EMPTY_SCHEMA } from '../../schema/schema-model.js';
import type { SchemaModel } from '../../schema/schema-model.js';
import { HOSTILE_NAMES, HOSTILE_TEXTS, REFUSED_NAMES } from '../common/hostile-texts.fixture.js';
import type { Connection } from '../common/connection.js';
import { hostileOperations } from './hostile-operations.fixture.js';
import { postgresDialect } from './postgres-dialect.js';

jest.setTimeout(30_000);

let database: SpecDatabase;
let connection: Connection;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  database = await createSpecDatabase();
  await database.checker.query(`ALTER DATABASE "${database.name}" SET synchronous_commit = off`);
  connection = await database.connect();
});
afterAll(async () => {
  await connection.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});
afterEach(async () => {
  const { rows } = await connection.query<{ name: string }>(
    `SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^pg_|^information_schema$|^public$'`,
  );
  const drops = rows.map(({ name }) => `DROP SCHEMA ${name} CASCADE`);
  await connection.script(['SET client_min_messages = error', ...drops].join(';'));
});

/** Operations of the app's own have the app's SQL; and PostgreSQL has no constraints without a name. */
const NOT_HERE: readonly OperationKind[] = ['own', 'dropUnnamedConstraint'];
const KINDS = OPERATION_KINDS.filter((kind) => !NOT_HERE.includes(kind));

const compile = (operations: readonly Operation[]): readonly string[] =>
  operations.flatMap((operation) => postgresDialect.compile(operation));

const kindsOf = (operations: readonly Operation[]): ReadonlySet<OperationKind> =>
  new Set(operations.map(({ kind }) => kind));

/** Everything that the server holds, by our own inspector: what it reads of hostile names is held by its own spec. */
async function found(): Promise<SchemaModel> {
  const { rows } = await connection.query<{ nspname: string }>(
    `SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_|^information_schema$|^public$' ORDER BY nspname COLLATE "C"`,
  );
  return postgresDialect.inspect(connection, {
    ignoredTables: [],
    schemas: rows.map(({ nspname }) => nspname),
    also: ['extensions', 'domains', 'routines', 'triggers', 'policies', 'partitions'],
  });
}

/** The catalogs that know the name exactly as it was given, with how often. */
async function namedExactly(name: string): Promise<readonly string[]> {
  const catalogs = {
    pg_namespace: 'nspname',
    pg_class: 'relname',
    pg_attribute: 'attname',
    pg_constraint: 'conname',
    pg_type: 'typname',
    pg_proc: 'proname',
    pg_trigger: 'tgname',
    pg_policy: 'polname',
  };
  const counts = Object.entries(catalogs).map(
    ([catalog, column]) =>
      `SELECT '${catalog}' AS catalog FROM ${catalog} WHERE ${column} = $1 HAVING count(*) > 0`,
  );
  const { rows } = await connection.query<{ catalog: string }>(counts.join(' UNION ALL '), [name]);
  return rows.map(({ catalog }) => catalog).sort();
}

const EVERYWHERE = [
  'pg_attribute',
  'pg_class',
  'pg_constraint',
  'pg_namespace',
  'pg_policy',
  'pg_proc',
  'pg_trigger',
  'pg_type',
];

async function run(statements: readonly string[]): Promise<void> {
  for (const sql of statements) await connection.query(sql);
}

/** As a person runs a script; over the wire where there is no psql. */
async function runScript(statements: readonly string[]): Promise<void> {
  const offline = new OfflineConnection();
  for (const sql of statements) await offline.query(sql);
  const file = join(folder, 'script.sql');
  writeFileSync(file, offline.text);
  const args = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', file, database.url];
  const { status, stderr, error } = spawnSync('psql', args, { encoding: 'utf8' });
  if (error) await run(postgresDialect.splitStatements(offline.text));
  else if (status !== 0) throw new Error(stderr);
}

async function checkThereAndBack(operations: readonly Operation[]): Promise<SchemaModel> {
  const back = reverseAll(operations);
  await run(compile(operations));
  const online = await found();
  await run(compile(back.operations));
  expect(await found()).toEqual(EMPTY_SCHEMA);
  await runScript(compile(operations));
  expect(await found()).toEqual(online);
  return online;
}

it('there are operations of every kind', () => {
  const operations = hostileOperations({ name: 'n', text: 't' });
  const kinds = kindsOf([...operations, ...reverseAll(operations).operations]);
  expect(KINDS.filter((kind) => !kinds.has(kind))).toEqual([]);
});

it.each(HOSTILE_NAMES)(
  '%s: %j is a name in operations of every kind, there and back, run and as a script',
  async (_, name) => {
    const operations = hostileOperations({ name, text: 'text' });
    await checkThereAndBack(operations);
    expect(await namedExactly(name)).toEqual(EVERYWHERE);
  },
);

it.each(HOSTILE_TEXTS)(
  '%s: %j is a comment, label, default, value and body in operations of every kind',
  async (_, text) => {
    const online = await checkThereAndBack(hostileOperations({ name: 'n', text }));
    const { rows } = await connection.query(`SELECT "n c" AS a, "n f".n() AS b FROM "n t".n`);
    expect(rows).toEqual([{ a: text, b: text }]);
    const comment = text === '' ? undefined : text;
    const table = online.tables.find(({ schema, name }) => schema === 'n t' && name === 'n');
    expect(online.enums.find(({ name }) => name === 'n')?.labels[0]).toBe(text);
    expect([
      table?.columns[0]?.comment,
      table?.checks[0]?.comment,
      table?.indexes[0]?.comment,
      table?.triggers?.[0]?.comment,
      table?.policies?.[0]?.comment,
      ...[online.sequences, online.enums, online.domains, online.routines].map(
        (list) => list?.find(({ name }) => name === 'n')?.comment,
      ),
      ...online.views.map((view) => view.comment),
    ]).toEqual(Array(11).fill(comment));
  },
);

const HOLDER = 'holder';

/** The operation with another name wherever it has the holder's, or one that begins with it. */
const withName = (operation: Operation, name: string, holder = HOLDER): Operation =>
  JSON.parse(
    JSON.stringify(operation, (_, value: unknown) =>
      typeof value === 'string' && value.startsWith(holder) ? name : value,
    ),
  ) as Operation;

function codeOf(operation: Operation): string | undefined {
  try {
    return void postgresDialect.compile(operation);
  } catch (error) {
    return (error as { readonly code?: string }).code;
  }
}

describe('what no name may be', () => {
  const forward = hostileOperations({ name: HOLDER, text: 'text' });
  const all = [...forward, ...reverseAll(forward).operations];
  /** SQL text has no name, and that of an extension is the server's. */
  const nameless: readonly OperationKind[] = ['execute', 'dropExtension'];
  const kinds = KINDS.filter((kind) => !nameless.includes(kind));

  it.each(kinds)('is refused in %s', (kind) => {
    const operations = all.filter((operation) => operation.kind === kind);
    for (const [, name, code] of REFUSED_NAMES) {
      const codes = operations.map((operation) => codeOf(withName(operation, name)));
      expect({ name, codes }).toEqual({ name, codes: codes.map(() => code) });
    }
  });

  it.each(['nul\0', 'lone \ud800'])('%j is refused as a comment, label and value', (text) => {
    const texts = hostileOperations({ name: 'n', text: HOLDER });
    // What was there before is not said again.
    const isSaid = (operation: Operation): boolean =>
      JSON.stringify({ ...operation, from: undefined }).includes(`"${HOLDER}"`);
    const saying = texts.filter((one) => one.kind !== 'alterEnum' && isSaid(one));
    expect(kindsOf(saying).size).toBeGreaterThan(10);
    for (const operation of saying) {
      expect([operation.kind, codeOf(withName(operation, text))]).toEqual([
        operation.kind,
        text.includes('\0') ? 'E3005' : 'E3006',
      ]);
    }
  });
});
