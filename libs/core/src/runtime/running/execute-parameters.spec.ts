import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { errorOf, reset } from '../testing/migrator.fixture.js';
import { useSpecDatabase, useWorkshop } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
const shop = useWorkshop(database, { dialect: postgresDialect });

beforeEach(() => {
  shop.put('a1', {
    upgrade: `op.createTable('account', (t: any) => [t.column('id', 'bigint'), t.column('note', 'text'), t.column('ok', 'boolean')]);
      op.execute('INSERT INTO account VALUES (:id, :note, :ok); ALTER TABLE account ALTER note SET DEFAULT :note', { id: 9007199254740993n, note: "it's $1 :id \\\\", ok: false });`,
    downgrade: `op.dropTable('account');`,
  });
});

const rows = async () => (await database.checker.query('SELECT * FROM account')).rows;

it('OP-37: op.execute binds its parameters online, where no event shows them, and a script has the same as literals', async () => {
  await shop.migrator.upgrade('head');
  await database.checker.query('INSERT INTO account (id) VALUES (1)');
  const found = await rows();
  expect(found).toEqual([
    { id: '9007199254740993', note: "it's $1 :id \\", ok: false },
    { id: '1', note: "it's $1 :id \\", ok: null },
  ]);
  const told = shop.events.flatMap((event) =>
    event.type === 'statementExecuted' ? [event.sql] : [],
  );
  expect(told).toContain('INSERT INTO account VALUES ($1, $2, $3)');

  await reset(database);
  const { sql } = await shop.migrator.upgrade('head', { sql: true });
  await database.checker.query(String(sql));
  await database.checker.query('INSERT INTO account (id) VALUES (1)');
  expect(await rows()).toEqual(found);
});

it('a name without a value fails with the line of the call', async () => {
  shop.put('b2', { down: 'a1', upgrade: `op.execute('SELECT :x', { y: 1 });` });
  expect(await errorOf(shop.migrator.upgrade('head'))).toMatchObject({
    code: 'E3013',
    facts: { revision: 'b2', line: 8, missing: ['x'], unused: ['y'] },
  });
});
