import { columnCase } from './data-loss-case.js';
import { DataLossBench } from './data-loss-bench.js';
import { LOSS_SQLITE } from './loss-dialect.js';

jest.setTimeout(60_000);

const widened = columnCase({
  id: 'DL-40',
  change: 'a column becomes NOT NULL, for which the table is made anew',
  from: { type: 'varchar', length: 10, nullable: true },
  to: { type: 'varchar', length: 20 },
  values: [["'abc'", 'abc']],
  asText: LOSS_SQLITE.asText,
});

const BY_HAND = `
CREATE TABLE seen (id integer);
CREATE TRIGGER tr_dl_40 AFTER INSERT ON dl_40 BEGIN INSERT INTO seen VALUES (new.id); END;
CREATE INDEX ix_dl_40 ON dl_40 (lower(c))`;

it('DL-40: a trigger and an index on an expression that people made stay on a table that is made anew, there and back', async () => {
  const bench = await DataLossBench.open([widened], LOSS_SQLITE);
  try {
    const rows = async (sql: string) => (await bench.connection.query(sql)).rows;
    const hanging = () =>
      rows(`SELECT name, sql FROM sqlite_master WHERE name IN ('tr_dl_40', 'ix_dl_40') ORDER BY 1`);
    await bench.connection.script(BY_HAND);
    const before = await hanging();
    expect(before).toHaveLength(2);
    const migrator = bench.migrator(widened.after);
    await migrator.revision({ autogenerate: true });
    for (const direction of ['up', 'down'] as const) {
      await (direction === 'up' ? migrator.upgrade('head') : migrator.downgrade('-1'));
      expect(await hanging()).toEqual(before);
      await bench.connection.query(`INSERT INTO dl_40 (c) VALUES ('${direction}')`);
    }
    expect(await rows('SELECT id FROM seen ORDER BY id')).toEqual([{ id: 2 }, { id: 3 }]);
    expect(await rows('SELECT c FROM dl_40 ORDER BY id')).toEqual([
      { c: 'abc' },
      { c: 'up' },
      { c: 'down' },
    ]);
  } finally {
    await bench.close();
  }
});
