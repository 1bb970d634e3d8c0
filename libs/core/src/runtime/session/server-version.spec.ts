import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { errorOf, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase, useWorkshop } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
const shop = useWorkshop(database, { dialect: postgresDialect });

beforeEach(async () => {
  shop.put('a1', {
    upgrade: `await op.createTable('note', (t: any) => [t.column('text', 'text', { storage: 'external' })]);`,
    downgrade: `await op.dropTable('note');`,
  });
  shop.put('b2', {
    down: 'a1',
    upgrade: `await op.alterColumn('note', 'text', { storage: null }, { from: { storage: 'external' } });`,
    downgrade: `await op.alterColumn('note', 'text', { storage: 'external' }, { from: { storage: null } });`,
  });
});

async function major(): Promise<number> {
  const { rows } = await database.checker.query(
    `SELECT current_setting('server_version_num')::int / 10000 AS major`,
  );
  return rows[0].major;
}

describe('what only newer servers can', () => {
  it('is refused with E3012 before an older server sees it, and runs on a newer one', async () => {
    const upgrade = shop.migrator.upgrade('head');
    if ((await major()) < 16) {
      expect(await errorOf(upgrade)).toMatchObject({ code: 'E3012', facts: { revision: 'b2' } });
      expect(await stateOf(database)).toMatchObject({ rows: ['a1'], tables: ['note'] });
    } else {
      expect((await upgrade).rows).toEqual(['b2']);
    }
  });

  it.each([
    ['NOT ENFORCED', `await op.createCheckConstraint('note', 'true', { notEnforced: true });`],
    ['ENFORCED of a constraint', `await op.alterConstraint('note', 'fk', { enforced: false });`],
    [
      'WITHOUT OVERLAPS',
      `await op.createUniqueConstraint('note', ['during'], { withoutOverlaps: true });`,
    ],
    [
      'PERIOD of a foreign key',
      `await op.createForeignKey('note', ['a', 'during'], 'note', ['a', 'during'], { period: true });`,
    ],
  ])(
    '%s: the error names the version that it needs, and the one that is there',
    async (noun, upgrade) => {
      shop.put('a1', { upgrade });
      const error = await errorOf(shop.migrator.upgrade('a1'));
      const server = await major();
      if (server < 18) {
        expect(error).toMatchObject({
          code: 'E3012',
          problem: expect.stringContaining(
            `${noun} needs version 18 of the database, and it is ${server}`,
          ),
          facts: { needed: 18, server, revision: 'a1' },
        });
      } else {
        // There is no table of this name: the server has read the statement.
        expect(error).toMatchObject({ code: expect.not.stringMatching('E3012') });
        expect(String(error)).toContain('"note" does not exist');
      }
    },
  );

  it('stands in a script, which is for the newest', async () => {
    const { sql } = await shop.migrator.upgrade('head', { sql: true });
    expect(sql).toContain('SET STORAGE DEFAULT');
  });
});
