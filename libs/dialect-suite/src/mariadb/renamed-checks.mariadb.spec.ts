import { describeOperation } from '@nest-alembic/core';
import type { Operation } from '@nest-alembic/core';
import { withEntityMarks } from '../entity-marks.js';
import { column, keyed, named, tablesOf } from '../model-builders.js';
import { MARIADB } from '../tested-dialects.js';
import { Workbench } from '../workbench.js';

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open(MARIADB);
});
afterAll(() => bench.close());

const renamed = (from: string, to: string): Operation => ({
  kind: 'renameColumn',
  table: named('t'),
  from,
  to,
});

/** The line of SHOW CREATE TABLE for a column. */
async function lineOf(name: string): Promise<string> {
  const { rows } = await bench.connection.query('SHOW CREATE TABLE t');
  const lines = String(rows[0]?.['Create Table']).split('\n');
  return lines.find((line) => line.startsWith(`  \`${name}\` `)) ?? '';
}

// Drawn: Q3 with seed 9, path 17.
it('a JSON column is one under another name too: its check keeps the name of before', async () => {
  const withJson = (name: string) => tablesOf(keyed('t', [column(name, 'json')]));
  await bench.make(withJson('before'));
  const operations = [renamed('before', 'after')];
  await bench.run(operations);
  const target = withEntityMarks(withJson('after'));
  const diff = await bench.diff({
    before: withEntityMarks(withJson('before')),
    applied: operations,
    target,
  });
  expect(diff.operations.map(describeOperation)).toEqual([]);
});

it('a change of a renamed column keeps the check that was written with it', async () => {
  await bench.make(tablesOf(keyed('t')));
  await bench.connection.script(
    'ALTER TABLE t ADD COLUMN `a``b` int CHECK (`a``b` > 0), ADD COLUMN c json, ADD COLUMN other int CHECK (other > 1)',
  );
  // One of them gets the name that the check of another one keeps.
  await bench.run([renamed('a`b', 'z'), renamed('other', 'a`b'), renamed('c', 'd')]);
  const notNull = (name: string): Operation => ({
    kind: 'alterColumn',
    table: named('t'),
    name,
    from: { nullable: true },
    to: { nullable: false },
  });
  await bench.run(['z', 'a`b', 'd'].map(notNull));
  expect(await lineOf('z')).toContain('NOT NULL CHECK (`z` > 0)');
  expect(await lineOf('a``b')).toContain('NOT NULL CHECK (`a``b` > 1)');
  expect(await lineOf('d')).toContain('NOT NULL CHECK (json_valid(`d`))');
});
