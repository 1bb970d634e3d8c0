import type { Migrator, Operation, Question } from '@nest-alembic/core';
import { tableOf } from './data-loss-case.js';
import { DataLossBench } from './data-loss-bench.js';
import { KEPT_CASES } from './kept-cases.js';

jest.setTimeout(60_000);

const answers: Readonly<Record<string, string>> = Object.assign(
  {},
  ...KEPT_CASES.map((item) => item.answers ?? {}),
);

describe('changes of entities whose tables have rows', () => {
  let bench: DataLossBench;
  let migrator: Migrator;
  let original: readonly string[];
  let asked: readonly Question[];
  let operations: readonly Operation[];

  beforeAll(async () => {
    bench = await DataLossBench.open(KEPT_CASES);
    original = await bench.fingerprint();
    migrator = bench.migrator(KEPT_CASES.flatMap(({ after }) => after));
    operations = (await migrator.check()).diff.operations;
    asked = await answerAll(migrator);
    await migrator.upgrade('head');
  });
  afterAll(() => bench?.close());

  it.each(KEPT_CASES.map((item) => [item.id, item.change, item] as const))(
    '%s: %s',
    async (_, __, { query, found }) => {
      expect((await bench.connection.query(query)).rows).toEqual(found);
    },
  );

  it('asks before what could lose a value, about nothing else, and writes nothing meanwhile', () => {
    expect(asked.map(({ id }) => id).sort()).toEqual(Object.keys(answers).sort());
  });

  it.each([
    ['DL-6', 'UTC'],
    ['DL-10', 'string_to_array'],
    ['DL-13', '0 becomes false'],
  ])('%s: the question says what is decided: %s', (id, decision) => {
    const { text } = asked.find((one) => one.id.includes(`${tableOf(id)}.`)) ?? {};
    expect(text).toContain(decision);
  });

  it('design D9: no column is dropped and added again', () => {
    const columns = operations.flatMap((operation) =>
      operation.kind === 'addColumn'
        ? [`${operation.table.name}.${operation.column.name}`]
        : operation.kind === 'dropColumn'
          ? [`${operation.table.name}.${operation.name}`]
          : [],
    );
    expect(columns.length).toBeGreaterThan(0);
    expect(new Set(columns).size).toBe(columns.length);
  });

  it('law 1: leaves nothing to find', async () => {
    expect((await migrator.check()).changes).toEqual([]);
  });

  it('law 2: the way back leads to the schema that was', async () => {
    await migrator.downgrade('-1');
    expect(await bench.fingerprint()).toEqual(original);
  });
});

/** Answers what is asked, which can bring up the next question, until the revision is written. */
async function answerAll(migrator: Migrator): Promise<readonly Question[]> {
  const asked: Question[] = [];
  let given: Readonly<Record<string, string>> = {};
  for (;;) {
    const request = { autogenerate: true, answers: given, revisionId: 'after' };
    const { file, questions } = await migrator.revision(request);
    expect(file === undefined).toBe(questions.length > 0);
    if (questions.length === 0) return asked;
    asked.push(...questions);
    const next = questions.map(({ id }) => [id, answers[id]]);
    expect(next.filter(([, answer]) => answer === undefined)).toEqual([]);
    given = { ...given, ...Object.fromEntries(next) };
  }
}
