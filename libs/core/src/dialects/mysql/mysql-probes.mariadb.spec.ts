import type { Column } from '../../schema/schema-model.js';
import type { Probe, ProbeTable } from '../common/canonical-slots.js';
import type { Connection } from '../common/connection.js';
import { connectMysqlClient } from './connect-mysql.fixture.js';
import { askProbes } from './mysql-probes.js';

let server: Connection;
beforeAll(async () => {
  server = await connectMysqlClient(String(process.env['TEST_MARIADB_URL']));
});
afterAll(() => server.close());

/** What the server answers, and how many scripts that took. */
async function ask(
  probes: readonly Probe[],
): Promise<{ readonly answers: readonly (string | null | undefined)[]; readonly scripts: number }> {
  let scripts = 0;
  const counting: Connection = {
    ...server,
    script: (sql) => {
      scripts += 1;
      return server.script(sql);
    },
  };
  const answers = await askProbes(counting, probes, () => undefined);
  return { answers: probes.map((probe) => answers.get(probe)), scripts };
}

const tableOf = (name: string, ...columns: readonly string[]): ProbeTable => ({
  schema: null,
  name,
  columns: columns.map((column): Column => ({ name: column, type: 'int', nullable: true })),
});
const check = (text: string, table: ProbeTable): Probe => ({ kind: 'check', text, table });

it('what several tables say is asked once, whatever else is in them', async () => {
  const probes = ['a', 'b', 'c'].flatMap((name): Probe[] => [
    { kind: 'default', text: "'1'", type: 'int' },
    check('amount>=0', tableOf(name, 'amount', `other_${name}`)),
  ]);
  const { answers, scripts } = await ask(probes);
  expect(answers.slice(0, 2)).toEqual(['1', '`amount` >= 0']);
  expect(new Set(answers).size).toBe(2);
  expect(scripts).toBe(2);
});

it('what the server refuses is asked once too', async () => {
  const table = tableOf('t', 'amount');
  expect(await ask([check('no_such > 0', table), check('no_such > 0', table)])).toEqual({
    answers: [undefined, undefined],
    scripts: 1,
  });
});

it.each([
  ['in other letters', 'AMOUNT > 0', 'amount', '`amount` > 0'],
  ['in other letters beyond ASCII', 'GRÖSSE > 0', 'grösse', '`grösse` > 0'],
  ['with a backtick', '`a``b` > 0', 'a`b', '`a``b` > 0'],
])('a text may name a column %s', async (_, text, column, spelled) => {
  const { answers } = await ask([check(text, tableOf('t', 'unrelated', column))]);
  expect(answers).toEqual([spelled]);
});
