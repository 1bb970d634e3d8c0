import { readFileSync, writeFileSync } from 'node:fs';
import type { Connection } from '@nest-alembic/core';
import type { EntitySchema } from 'typeorm';
import { entity } from './data-loss-case.js';
import { DataLossBench } from './data-loss-bench.js';

const text = { type: 'text' } as const;
const optional = { ...text, nullable: true } as const;

/** A database with entities and rows; what is open is closed whatever happens. */
async function withRows(
  before: readonly EntitySchema[],
  insert: string,
  work: (bench: DataLossBench) => Promise<void>,
): Promise<void> {
  const bench = await DataLossBench.open([
    { id: 'one', change: 'one', before, after: before, insert },
  ]);
  try {
    await work(bench);
  } finally {
    await bench.close();
  }
}

const rowsOf = async (connection: Connection, sql: string) => (await connection.query(sql)).rows;

it('DL-44: of a database that was restored under another name nothing is different, and no value is computed anew', async () => {
  const generated = entity({
    name: 'dl_44',
    columns: {
      first: text,
      loud: { ...text, generatedType: 'STORED', asExpression: `upper("first")` },
    },
    indices: [{ name: 'ix_dl_44', columns: ['loud'] }],
  });
  await withRows([generated], `INSERT INTO dl_44 (first) VALUES ('a')`, async (bench) => {
    const query = 'SELECT xmin::text, ctid::text, * FROM dl_44';
    const rows = await rowsOf(bench.connection, query);
    expect(rows).toMatchObject([{ first: 'a', loud: 'A' }]);
    const restored = await bench.restored();
    const check = await restored.migrator([generated]).check();
    expect(check).toMatchObject({ upToDate: true, changes: [] });
    expect(await rowsOf(restored.connection, query)).toEqual(rows);
  });
});

it('DL-45: a table that a person renamed keeps its counter, whatever that is called', async () => {
  const named = (table: string) => [entity({ name: 'Dl45', table, columns: { a: text } })];
  await withRows(named('dl_45'), `INSERT INTO dl_45 (a) VALUES ('x')`, async (bench) => {
    await bench.connection.script('ALTER TABLE dl_45 RENAME TO dl_45_new');
    const migrator = bench.migrator(named('dl_45_new'));
    expect(await migrator.check()).toMatchObject({ upToDate: true, changes: [] });
    const insert = `INSERT INTO dl_45_new (a) VALUES ('y') RETURNING id`;
    expect(await rowsOf(bench.connection, insert)).toEqual([{ id: 2 }]);
  });
});

describe('DL-25: two columns become one', () => {
  const both = entity({ name: 'dl_25', columns: { first: text, last: text } });
  const all = entity({ name: 'dl_25', columns: { first: text, last: text, full: optional } });
  const one = entity({ name: 'dl_25', columns: { full: optional } });
  const insert = `INSERT INTO dl_25 (first, last) VALUES ('Ada', 'Lovelace')`;

  it('asks at once, and loses nothing until that is answered', async () => {
    await withRows([both], insert, async (bench) => {
      const before = await bench.state();
      const { file, questions } = await bench.migrator([one]).revision({ autogenerate: true });
      expect(file).toBeUndefined();
      expect(questions.map(({ id }) => id)).toEqual(['rename-column:dl_25.full']);
      expect(await bench.state()).toEqual(before);
    });
  });

  it('in steps: the new one comes, is filled, and only then the old ones go', async () => {
    await withRows([both], insert, async (bench) => {
      const expanding = bench.migrator([all]);
      const { file = '' } = await expanding.revision({ autogenerate: true });
      const fill = `await op.execute("UPDATE dl_25 SET \\"full\\" = first || ' ' || last");`;
      const added = /(await op\.addColumn\([^;]+;)/;
      writeFileSync(file, readFileSync(file, 'utf8').replace(added, `$1\n  ${fill}`));
      await expanding.upgrade('head');

      const contracting = bench.migrator([one]);
      const asked = await contracting.revision({ autogenerate: true });
      expect(asked.questions.map(({ id }) => id)).toEqual([
        'drop-column:dl_25.first',
        'drop-column:dl_25.last',
      ]);
      const answers = Object.fromEntries(asked.questions.map(({ id }) => [id, 'drop']));
      await contracting.revision({ autogenerate: true, answers });
      await contracting.upgrade('head');
      expect(await rowsOf(bench.connection, 'SELECT * FROM dl_25')).toEqual([
        { id: 1, full: 'Ada Lovelace' },
      ]);
    });
  });
});
