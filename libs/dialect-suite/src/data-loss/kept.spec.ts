import type { Migrator, Operation } from '@nest-alembic/core';
import { tableOf } from './data-loss-case.js';
import { DataLossBench } from './data-loss-bench.js';
import { KEPT_CASES } from './kept-cases.js';

jest.setTimeout(60_000);

const questions = KEPT_CASES.flatMap(({ question }) => question ?? []);

describe('changes of entities whose tables have rows', () => {
  let bench: DataLossBench;
  let migrator: Migrator;
  let original: readonly string[];
  let asked: Awaited<ReturnType<Migrator['revision']>>;
  let operations: readonly Operation[];

  beforeAll(async () => {
    bench = await DataLossBench.open(KEPT_CASES);
    original = await bench.fingerprint();
    migrator = bench.migrator(KEPT_CASES.flatMap(({ after }) => after));
    operations = (await migrator.check()).diff.operations;
    asked = await migrator.revision({ autogenerate: true });
    await migrator.revision({ autogenerate: true, allowDestructive: true, revisionId: 'after' });
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
    expect(asked.questions.map(({ id }) => id)).toEqual([...questions].sort());
    expect(asked.file).toBeUndefined();
  });

  it.each([
    ['DL-6', 'UTC'],
    ['DL-10', 'string_to_array'],
    ['DL-13', '0 becomes false'],
  ])('%s: the question says what is decided: %s', (id, decision) => {
    const { text } = asked.questions.find((one) => one.id.includes(`${tableOf(id)}.`)) ?? {};
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
