import {
  applyOperation,
  isMigrationError,
  reverseAll,
  reverseOperation,
  writtenForm,
} from '@nest-alembic/core';
import type { Operation, SchemaModel } from '@nest-alembic/core';
import { withEntityMarks } from './entity-marks.js';
import { schemaOf } from './model-builders.js';
import { withSortedParts } from './sorted-parts.js';
import { renderedFunctions, runRendered } from './run-rendered.js';
import type { Expectation, RowsCase, SuiteCase } from './suite-case.js';
import { TESTED_DIALECTS } from './tested-dialects.js';
import type { TestedDialect } from './tested-dialects.js';
import { operationsToMake, schemaAfter, SUITE_REVISION, Workbench } from './workbench.js';
import type { Judgement } from './workbench.js';

/** Checks the laws of design §5 for each case, on every dialect that there is. */
export function describeLaws(family: string, cases: readonly SuiteCase[]): void {
  describe.each(named(cases))(`${family}: %s`, (_, item) => checkMeaning(item));
  describe.each(TESTED_DIALECTS.map((tested) => [tested.name, tested] as const))(
    `${family} on %s`,
    (_, tested) => checkDialect(tested, cases),
  );
}

const named = (cases: readonly SuiteCase[]) => cases.map((item) => [item.name, item] as const);

/** Without marks of entities: what a drop carries comes from the database, which has none. */
function checkMeaning({ operations, before = schemaOf({}), ...item }: SuiteCase): void {
  it('law 3: what an operation does to the model, its reverse undoes', () => {
    operations.reduce((model, operation) => {
      const after = applyOperation(operation, model);
      const reversed = reverseOperation(operation);
      if (reversed === undefined) expect(item.irreversible).toBeDefined();
      else expect(withSortedParts(applyOperation(reversed, after))).toEqual(withSortedParts(model));
      return after;
    }, before);
  });
}

function checkDialect(tested: TestedDialect, cases: readonly SuiteCase[]): void {
  const answers = (kind: 'notSupported' | 'foreign') =>
    named(cases.filter(({ sql }) => kind in sql[tested.name]));
  const refused = answers('notSupported');
  if (refused.length > 0)
    it.each(refused)('refuses what it cannot do: %s', (_, item) => checkRefusal(tested, item));

  const foreign = answers('foreign');
  if (foreign.length > 0)
    it.each(foreign)('does not take the SQL of others: %s', async (_, item) => {
      const bench = await benchOf(tested);
      const everything = async () => {
        await bench.make(beforeOf(item));
        if (item.rows) await bench.connection.script(insertOf(item.rows, tested));
        await bench.run(item.operations);
        await bench.make(schemaAfter(beforeOf(item), item.operations));
        if (item.rows) await rowsOf(bench, item.rows.query);
      };
      // The errors of some drivers are none to Jest.
      await expect(everything()).rejects.toHaveProperty('message');
    });

  const others = cases.filter(({ sql }) => !isLeftOut(sql[tested.name]));
  if (others.length === 0) return;
  describe.each(named(others))('%s', (_, item) => {
    checkText(tested, item);
    checkBatches(tested, item);
    checkDatabase(tested, item);
  });
}

const isLeftOut = (answer: Expectation): boolean => 'notSupported' in answer || 'foreign' in answer;

/** Of the operations, or of what must be there before them. */
function checkRefusal(tested: TestedDialect, { before, operations }: SuiteCase): void {
  const made = before ? operationsToMake(before, tested) : [];
  const codes = [...made, ...operations].map((operation) => refusalOf(tested, operation));
  expect(codes).toContain('E3012');
}

function refusalOf(tested: TestedDialect, operation: Operation): string | undefined {
  const { tableRebuild } = tested.dialect;
  const inside = 'operations' in operation ? operation.operations : [operation];
  try {
    for (const one of inside as readonly Operation[]) compileAll(tested, [one]);
    return undefined;
  } catch (error) {
    if (!isMigrationError(error)) throw error;
    const isMadeAnew = tableRebuild !== undefined && error.facts['needsBatch'] === true;
    return isMadeAnew ? 'made anew' : error.code;
  }
}

/** The SQL that fills the tables. */
const insertOf = ({ insert }: RowsCase, { name }: TestedDialect): string =>
  typeof insert === 'string' ? insert : (insert[name] ?? 'SELECT 1');

function checkText(tested: TestedDialect, { operations, sql }: SuiteCase): void {
  it('compiles to the SQL that is expected', () => {
    const expected = sql[tested.name];
    if ('madeAnew' in expected) {
      const refusals = operations.map((operation) => refusalOf(tested, operation));
      expect(refusals).toContain('made anew');
    } else {
      const statements = expected as readonly (string | RegExp)[];
      const matching = (one: string | RegExp): unknown =>
        typeof one === 'string' ? one : expect.stringMatching(one);
      expect(compileAll(tested, operations)).toEqual(statements.map(matching));
    }
  });

  it('law 4: the rendered file makes the same operations', async () => {
    const { operations: back, irreversible } = reverseAll(operations);
    const rendered = await runRendered(operations, tested.dialect);
    expect(rendered.upgrade).toEqual(operations.flatMap(writtenForm));
    expect(rendered.downgrade).toEqual(
      irreversible.length > 0 ? undefined : back.flatMap(writtenForm),
    );
  });
}

/** What a batch says is the same on every database, so that one of them is asked. */
function checkBatches({ name, dialect }: TestedDialect, { operations }: SuiteCase): void {
  if (name !== 'sqlite') return;
  it('law 4: the rendered file with batches makes the same operations', async () => {
    const { operations: back, irreversible } = reverseAll(operations);
    const rendered = await runRendered(operations, dialect, true);
    const plain = (all: readonly Operation[]) => all.flatMap(writtenForm).flatMap(operationsIn);
    expect(rendered.upgrade.flatMap(operationsIn)).toEqual(plain(operations));
    expect(rendered.downgrade?.flatMap(operationsIn)).toEqual(
      irreversible.length > 0 ? undefined : plain(back),
    );
  });
}

/** The changes of a batch, and any other operation by itself. */
const operationsIn = (operation: Operation): readonly Operation[] =>
  operation.kind === 'batchAlterTable' ? operation.operations : [operation];

function checkDatabase(tested: TestedDialect, item: SuiteCase): void {
  const before = beforeOf(item);
  const after = schemaAfter(before, item.operations);
  let bench: Workbench;
  let expected: Judgement;
  let isTooOld: boolean;

  beforeAll(async () => {
    bench = await benchOf(tested);
    isTooOld = bench.version < (item.since?.[tested.name] ?? 0);
    if (isTooOld) return;
    await bench.make(after);
    expected = await bench.judge();
  });

  /** A server that is too old must say so; that it does is all that can be asked of it. */
  const law = (name: string, check: () => Promise<void>) =>
    it(name, async () => {
      const except = item.except?.[tested.name]?.laws.some((one) => name.startsWith(one));
      if (isTooOld) await expect(bench.make(after)).rejects.toThrow();
      else if (except) await expect(check()).rejects.toHaveProperty('message');
      else await check();
    });

  law(
    'law 1: the operations lead to the schema that is made at once, and keep the rows',
    async () => {
      await bench.make(before);
      if (item.rows) await bench.connection.script(insertOf(item.rows, tested));
      await bench.run(item.operations);
      if (item.rows)
        expect(await rowsOf(bench, item.rows.query)).toEqual(plainRows(item.rows.found));
      expect(await bench.judge()).toEqual(expected);
    },
  );

  law('law 1: then there is no difference left', async () => {
    await bench.make(before);
    await bench.run(item.operations);
    const left = await bench.diff({ before, applied: item.operations, target: after });
    expect(left).toMatchObject({ operations: [], questions: [], unverified: false });
  });

  law('laws 1 and 2: what autogenerate finds leads there too, and back', async () => {
    await bench.make(before);
    const original = await bench.fingerprint({ columnOrder: false });
    const found = await bench.diff({ before, applied: [], target: after });
    expect(found.questions).toEqual([]);
    if (item.unseen !== undefined) {
      expect(found.operations).toEqual([]);
      return;
    }
    await bench.run(found.operations);
    expect(await bench.fingerprint()).toEqual(expected.fingerprint);
    if (item.irreversible !== undefined) return;
    await bench.run(reverseAll(found.operations).operations);
    expect(await bench.fingerprint({ columnOrder: false })).toEqual(original);
  });

  law('law 2: downgrade brings back the schema that was', async () => {
    await bench.make(before);
    const original = await bench.judge({ columnOrder: false });
    await bench.run(item.operations);
    const back = reverseAll(item.operations);
    if (item.irreversible !== undefined) {
      // What was proven stays so: then the way back has nothing to do.
      const isNothing = back.operations.length === 0;
      expect(isNothing || back.irreversible.length > 0 || isRefused(tested, back.operations)).toBe(
        true,
      );
      return;
    }
    await bench.run(back.operations);
    expect(await bench.judge({ columnOrder: false })).toEqual(original);
  });

  law('law 6: as a revision of the engine, with its version row, there and back', async () => {
    const functions = renderedFunctions(item.operations, tested.dialect);
    await bench.make(before);
    const original = await bench.fingerprint({ columnOrder: false });
    expect(await bench.migrate(functions, 'up')).toEqual([SUITE_REVISION]);
    expect(await bench.fingerprint(OWN_TABLES)).toEqual(expected.fingerprint);
    if (item.irreversible !== undefined) return;
    expect(await bench.migrate(functions, 'down')).toEqual([]);
    expect(await bench.fingerprint({ ...OWN_TABLES, columnOrder: false })).toEqual(original);
  });

  law('law 5: the script leads to the same schema', async () => {
    await bench.make(before);
    await bench.runOffline(item.operations, before);
    expect(await bench.fingerprint()).toEqual(expected.fingerprint);
  });
}

/** What the engine makes besides. */
const OWN_TABLES = {
  ignoredTables: ['alembic_version', 'alembic_version_log', 'alembic_version_ledger'],
};

const benches = new Map<TestedDialect, Promise<Workbench>>();

/** One database for all cases of a spec file. */
function benchOf(tested: TestedDialect): Promise<Workbench> {
  const open = benches.get(tested) ?? Workbench.open(tested);
  benches.set(tested, open);
  return open;
}

afterAll(async () => {
  for (const bench of benches.values()) await (await bench).close();
  benches.clear();
});

const beforeOf = ({ before = schemaOf({}) }: SuiteCase): SchemaModel => withEntityMarks(before);

function compileAll({ dialect }: TestedDialect, operations: readonly Operation[]) {
  return operations.flatMap((operation) => dialect.compile(operation));
}

function isRefused(tested: TestedDialect, operations: readonly Operation[]): boolean {
  try {
    compileAll(tested, operations);
    return false;
  } catch (error) {
    return isMigrationError(error) && error.code === 'E3012';
  }
}

async function rowsOf(bench: Workbench, query: string): Promise<readonly object[]> {
  if (bench.tested.name !== 'mariadb')
    return plainRows((await bench.connection.query<Row>(query)).rows);
  // The queries of cases have names in double quotes.
  await bench.connection.query(`SET @mode = @@sql_mode, sql_mode = 'ANSI_QUOTES'`);
  const { rows } = await bench.connection.query<Row>(query);
  await bench.connection.query('SET sql_mode = @mode');
  return plainRows(rows);
}

type Row = Readonly<Record<string, unknown>>;

/** Some databases have numbers for truth values. */
const plainRows = (rows: RowsCase['found']): readonly object[] =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === 'boolean' ? Number(value) : value,
      ]),
    ),
  );
