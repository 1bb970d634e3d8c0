import type { Migrator, Operation, Question } from '@nest-alembic/core';
import { DataLossBench } from './data-loss-bench.js';
import type { KeptCase } from './data-loss-case.js';
import type { LossDialect } from './loss-dialect.js';

/** A suite of changes that go well. */
export interface KeptSuite {
  readonly loss: LossDialect;
  readonly cases: readonly KeptCase[];
}

/** Checks that all changes, in one revision, keep what the rows hold, there and back. @returns what was asked */
export function describeKept({ loss, cases }: KeptSuite): () => readonly Question[] {
  const answers: Readonly<Record<string, string>> = Object.assign(
    {},
    ...cases.map((item) => item.answers ?? {}),
  );
  let asked: readonly Question[] = [];
  describe(`changes of entities whose tables have rows, on ${loss.tested.name}`, () => {
    let bench: DataLossBench;
    let migrator: Migrator;
    let original: readonly string[];
    let operations: readonly Operation[];

    beforeAll(async () => {
      bench = await DataLossBench.open(cases, loss);
      original = await bench.fingerprint();
      migrator = bench.migrator(cases.flatMap(({ after }) => after));
      operations = (await migrator.check()).diff.operations;
      asked = await answerAll(migrator, answers);
      await migrator.upgrade('head');
    });
    afterAll(() => bench?.close());

    it.each(cases.map((item) => [item.id, item.change, item] as const))(
      '%s: %s',
      async (_, __, { query, found }) => {
        expect((await bench.connection.query(query)).rows).toEqual(found);
      },
    );

    it('asks before what could lose a value, about nothing else, and writes nothing meanwhile', () => {
      expect(asked.map(({ id }) => id).sort()).toEqual(Object.keys(answers).sort());
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
  return () => asked;
}

/** Answers what is asked, which can bring up the next question, until the revision is written. */
async function answerAll(
  migrator: Migrator,
  answers: Readonly<Record<string, string>>,
): Promise<readonly Question[]> {
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
