import { postgresDialect } from '../dialects/postgres/postgres-dialect.js';
import type { Migrator } from './migrator-api.js';
import { errorOf, stateOf } from './testing/migrator.fixture.js';
import { useSpecDatabase, useWorkshop } from './testing/use-workshop.fixture.js';

const database = useSpecDatabase();
const shop = useWorkshop(database, { dialect: postgresDialect });

/** `abcd1 <- abcd2`, and from there `left1 <- left2` labelled "left" and `right1` labelled "right". */
function writeBranches(): void {
  shop.put('abcd1');
  shop.put('abcd2', { down: 'abcd1' });
  shop.put('left1', { down: 'abcd2', labels: ['left'] });
  shop.put('left2', { down: 'left1' });
  shop.put('right1', { down: 'abcd2', labels: ['right'] });
}

type Command = (migrator: Migrator) => Promise<unknown>;

/** Whatever the command, nothing is written, and the error says in one line what is wrong and then what to do. */
async function refusal(rows: readonly string[], command: Command) {
  writeBranches();
  if (rows.length > 0) await shop.migrator.stamp(rows);
  const before = await stateOf(database);
  const error = await errorOf(command(shop.migrator));
  expect(await stateOf(database)).toEqual(before);
  expect(error.problem).not.toMatch(/\n/);
  expect(error.advice).toMatch(/\.$/);
  return error;
}

describe('the errors of Alembic about targets, as ours', () => {
  it.each<[string, readonly string[], Command, string, RegExp]>([
    ['ERR-01: upgrade to an unknown id', [], (m) => m.upgrade('zzzz'), 'E1017', /"zzzz"/],
    ['ERR-01: stamp', [], (m) => m.stamp(['zzzz']), 'E1017', /"zzzz"/],
    ['ERR-01: show', [], (m) => m.show('zzzz'), 'E1017', /"zzzz"/],
    ['ERR-01: edit', [], (m) => m.edit('zzzz'), 'E1017', /"zzzz"/],
    ['ERR-01: redo', ['left2'], (m) => m.redo('zzzz'), 'E1017', /"zzzz"/],
    ['ERR-01: history', [], (m) => m.history({ range: 'zzzz:' }), 'E1017', /"zzzz"/],
    [
      'ERR-02: too short to be an abbreviation',
      [],
      (m) => m.show('zz'),
      'E1017',
      /four characters/,
    ],
    ['ERR-03: an abbreviation of two', [], (m) => m.upgrade('abcd'), 'E1013', /"abcd1", "abcd2"/],
    ['ERR-04: not on the branch', [], (m) => m.upgrade('left@right1'), 'E1018', /"right1".*"left"/],
    ['ERR-04: no such branch', [], (m) => m.upgrade('up@head'), 'E1017', /branch.*"up"/],
    [
      'ERR-05: several heads',
      [],
      (m) => m.upgrade('head'),
      'E1007',
      /"left2".*"right1".*<label>@head.*heads/,
    ],
    ['ERR-05: downgrade', ['left2'], (m) => m.downgrade('head'), 'E1007', /"head"/],
    [
      'ERR-06: a range across branches',
      [],
      (m) => m.history({ range: 'left1:right1' }),
      'E1022',
      /"left1".*"right1"/,
    ],
    ['ERR-07: not above', ['left2'], (m) => m.upgrade('abcd2-9'), 'E1014', /abcd2-9/],
    ['ERR-07: not below', ['abcd2'], (m) => m.downgrade('left2'), 'E1015', /"left2"/],
    [
      'ERR-08: overlapping targets',
      [],
      (m) => m.stamp(['abcd2', 'left2']),
      'E1019',
      /"abcd2".*"left2"/,
    ],
    [
      'ERR-09: fewer revisions than counted',
      ['abcd2'],
      (m) => m.upgrade('right@+5'),
      'E1014',
      /fewer than 5/,
    ],
    ['ERR-09: an ambiguous walk', [], (m) => m.upgrade('+4'), 'E1014', /2 ways/],
    [
      'ERR-09: several current',
      ['left1', 'right1'],
      (m) => m.upgrade('+1'),
      'E1014',
      /2 revisions/,
    ],
    ['ERR-09: walked too far', ['abcd1'], (m) => m.downgrade('-3'), 'E1014', /-3/],
  ])('%s', async (_case, rows, command, code, text) => {
    const error = await refusal(rows, command);
    expect(error).toMatchObject({ code });
    expect(error.message).toMatch(text);
  });

  it('ERR-10, REV-15: cycles and loops, in every command, without a database', async () => {
    const connect = () => Promise.reject(new Error('must not connect'));
    const migrator = shop.migratorWith({ connect });
    const codes = async (): Promise<unknown[]> =>
      Promise.all(
        [
          migrator.heads(),
          migrator.history(),
          migrator.branches(),
          migrator.graph(),
          migrator.show('heads'),
          migrator.current(),
          migrator.upgrade('heads'),
          migrator.redo(),
        ].map(async (promise) => (await errorOf(promise)).code),
      );
    shop.put('a1', { down: 'a1' });
    expect(new Set(await codes())).toEqual(new Set(['E1004']));
    shop.put('a1', { down: 'b2' });
    shop.put('b2', { down: 'a1' });
    expect(new Set(await codes())).toEqual(new Set(['E1005']));
    shop.put('a1', { dependsOn: 'b2' });
    expect(new Set(await codes())).toEqual(new Set(['E1006']));
  });

  it('ERR-11: a row that someone else changed meanwhile', async () => {
    shop.put('a1', {
      upgrade: `await ctx.query("UPDATE alembic_version SET version_num = 'x'");`,
      downgrade: `await op.execute("DELETE FROM alembic_version");`,
    });
    await shop.migrator.upgrade('head');
    expect(await errorOf(shop.migrator.downgrade('base'))).toMatchObject({ code: 'E4011' });
    expect((await stateOf(database)).rows).toEqual(['a1']);
  });

  it('ERR-18: what asks for the one head or base is told that there are several', async () => {
    writeBranches();
    expect(await errorOf(shop.migrator.show('head'))).toMatchObject({ code: 'E1007' });
    expect((await shop.migrator.checkHeads()).problems).toHaveLength(1);
  });
});

describe('a tag', () => {
  const told = `await op.execute("SELECT 'tag " + ctx.tag + "'");`;

  it('CLI-60: is handed to the revisions that run or are written, and means nothing else', async () => {
    shop.put('a1', { upgrade: told, downgrade: told });
    const sql = async (run: Promise<unknown>): Promise<readonly unknown[]> => {
      shop.events.length = 0;
      await run;
      return shop.events.flatMap((event) =>
        event.type === 'statementExecuted' ? (/tag \w+/.exec(event.sql) ?? []) : [],
      );
    };
    expect(await sql(shop.migrator.upgrade('head', { tag: 'one' }))).toEqual(['tag one']);
    expect(await sql(shop.migrator.downgrade('-1', { tag: 'two' }))).toEqual(['tag two']);
    expect(await sql(shop.migrator.upgrade('head'))).toEqual(['tag undefined']);
    const script = await shop.migrator.upgrade('head', { sql: true, tag: 'three' });
    expect(script.sql).toContain(`SELECT 'tag three';`);
    expect((await shop.migrator.stamp(['base'], { tag: 'four' })).rows).toEqual([]);
  });
});
