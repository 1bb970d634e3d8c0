import { EMPTY_SCHEMA } from '../../schema/schema-model.js';
import type { SchemaModel, Table } from '../../schema/schema-model.js';
import type { Connection } from '../common/connection.js';
import { noting, useNormalizing, withTable } from './normalizing.fixture.js';
import { canonicalizePostgres } from './postgres-normalize.js';

const { database, connection, observer, reflect, made, canonicalTable } = useNormalizing();

describe('what the server refuses', () => {
  it('stays as it is written and spoils nothing else', async () => {
    const list = Array.from({ length: 40 }, (_, n) => `c${n} int DEFAULT ${n} + 1`).join(', ');
    const { model, table } = await made(`CREATE TABLE t (${list}, CONSTRAINT k CHECK (c1 > 0))`);
    const broken = new Map([
      ['c3', 'no_such_function()'],
      ['c17', `'x'::no_such_type`],
      ['c18', '(('],
      ['c19', `'open`],
      ['c20', '1); COMMIT; DROP TABLE t; --'],
      ['c39', '/* open'],
    ]);
    const columns = table.columns.map((column, n) => {
      return { ...column, type: 'int', default: broken.get(column.name) ?? `${n}+1` };
    });
    const spelled = await canonicalTable(model, {
      columns,
      checks: [{ name: 'k', expression: 'no_column > 0' }],
    });
    expect(spelled.columns).toEqual(
      table.columns.map((column) => {
        const refused = broken.get(column.name);
        return refused === undefined ? column : { ...column, default: refused };
      }),
    );
    expect(spelled.checks).toEqual([{ name: 'k', expression: 'no_column > 0' }]);
    expect(await leftovers()).toEqual(NOTHING);
    expect((await reflect()).tables).toEqual(model.tables);
  });

  it('a type that does not exist stays, with the expressions that need it', async () => {
    const { model } = await made('CREATE TABLE t (a int, b int, CONSTRAINT k CHECK (a > 0))');
    const change = {
      columns: [
        { name: 'a', type: 'nonsense', nullable: true },
        { name: 'b', type: 'int', nullable: true },
      ],
      checks: [{ name: 'k', expression: 'a>1' }],
    };
    const spelled = await canonicalTable(model, change);
    expect(spelled.columns.map(({ type }) => type)).toEqual(['nonsense', 'integer']);
    expect(spelled.checks).toEqual(change.checks);
  });
});

describe('what it costs and leaves', () => {
  it('equal texts cost nothing, whatever else differs', async () => {
    const { model, table } = await made(
      `CREATE TABLE t (a int DEFAULT 1, g int GENERATED ALWAYS AS (a + 1) STORED, CONSTRAINT k CHECK (a > 0));
       CREATE INDEX i ON t ((a + 1)) WHERE a > 0; CREATE VIEW v AS SELECT a FROM t`,
    );
    const counted = noting(connection);
    const fresh: Table = {
      ...table,
      name: 'brand_new',
      columns: [{ name: 'q', type: 'int', nullable: true, default: '1+1' }],
    };
    const target = {
      ...withTable(model, {
        comment: 'new',
        foreignKeys: [],
        uniques: [{ name: 'u', columns: ['a'] }],
      }),
    };
    const models = { current: model, target: { ...target, tables: [...target.tables, fresh] } };
    expect(await canonicalizePostgres(counted.connection, models)).toEqual({
      ...models,
      unverified: false,
    });
    expect(counted.scripts).toEqual([]);
  });

  it('asks about many tables as often as about one', async () => {
    const tables = (count: number): Table[] =>
      Array.from({ length: count }, (_, n) => ({
        schema: null,
        name: `many${n}`,
        columns: [
          { name: 'id', type: 'bigint', nullable: false },
          { name: 'price', type: 'numeric(12,2)', nullable: false, default: '0' },
          { name: `own${n}`, type: 'text', nullable: true },
        ],
        foreignKeys: [],
        uniques: [],
        checks: [
          { name: `k${n}`, expression: 'price>=0' },
          { name: `o${n}`, expression: `own${n}<>''` },
        ],
        exclusions: [],
        indexes: [{ name: `i${n}`, elements: [{ column: 'id' }], unique: false, where: 'price>0' }],
      }));
    const reflected = (count: number): SchemaModel => ({
      ...EMPTY_SCHEMA,
      tables: tables(count).map((table) => ({
        ...table,
        columns: table.columns.map((column) => ({
          ...column,
          ...(column.default && { default: `'0'::numeric` }),
        })),
        checks: table.checks.map((check) => ({ ...check, expression: 'id > 0' })),
        indexes: table.indexes.map((index) => ({ ...index, where: 'id > 0' })),
      })),
    });
    const trips = async (count: number) => {
      const counted = noting(connection);
      const { target } = await canonicalizePostgres(counted.connection, {
        current: reflected(count),
        target: { ...EMPTY_SCHEMA, tables: tables(count) },
      });
      expect(target.tables[count - 1]?.checks).toEqual([
        { name: `k${count - 1}`, expression: 'price >= (0)::numeric' },
        { name: `o${count - 1}`, expression: `own${count - 1} <> ''::text` },
      ]);
      const made_ = counted.scripts.join('\n').match(/CREATE TEMPORARY TABLE/g)?.length ?? 0;
      return { trips: counted.scripts.length, made: made_ };
    };
    const one = await trips(1);
    const many = await trips(1000);
    expect(many.trips).toBe(one.trips);
    expect(many.made).toBeLessThan(12);
  });

  it('leaves no object, no lock and no transaction', async () => {
    const { model } = await made(`CREATE TABLE t (a int, CONSTRAINT k CHECK (a > 0))`);
    await canonicalTable(model, { checks: [{ name: 'k', expression: 'a>1' }] });
    expect(await leftovers()).toEqual(NOTHING);
  });

  it('leaves nothing after an error on the way, and reports that error', async () => {
    const { model } = await made('CREATE TABLE t (a int, CONSTRAINT k CHECK (a > 0))');
    let scripts = 0;
    const failing: Connection = {
      ...connection,
      query: (sql, parameters) => connection.query(sql, parameters),
      script: (sql) => {
        scripts += 1;
        return scripts === 4
          ? Promise.reject(new Error('the wire is cut'))
          : connection.script(sql);
      },
      close: () => connection.close(),
    };
    const target = withTable(model, { checks: [{ name: 'k', expression: 'a>1' }] });
    await expect(canonicalizePostgres(failing, { current: model, target })).rejects.toThrow(
      'the wire is cut',
    );
    expect(await leftovers()).toEqual(NOTHING);
  });

  it('does not take a time-out for an answer', async () => {
    const { model } = await made('CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t');
    const other = await database.connect();
    await other.script('BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE');
    await connection.script(`SET lock_timeout = '50ms'`);
    const views = model.views.map((view) => ({ ...view, definition: 'select a from t' }));
    try {
      await expect(
        canonicalizePostgres(connection, { current: model, target: { ...model, views } }),
      ).rejects.toMatchObject({ code: '55P03' });
    } finally {
      await other.script('ROLLBACK');
      await connection.script('RESET lock_timeout');
    }
    expect(await leftovers()).toEqual(NOTHING);
  });

  describe('where temporary objects cannot be made', () => {
    let role: string;

    beforeAll(async () => {
      role = `visitor_of_${database.name}`;
      await connection.script(
        `CREATE ROLE ${role}; REVOKE TEMPORARY ON DATABASE ${database.name} FROM PUBLIC`,
      );
    });

    afterAll(async () => {
      await connection.script(`DROP ROLE ${role}`);
    });

    const spelledAfter = async (statement: string) => {
      const { model } = await made('CREATE TABLE t (a int, CONSTRAINT k CHECK (a > 0))');
      const target = withTable(model, { checks: [{ name: 'k', expression: 'a>0' }] });
      await connection.script(statement);
      const spelled = await canonicalizePostgres(connection, { current: model, target });
      const left = await leftovers();
      await connection.script('RESET ROLE; RESET default_transaction_read_only');
      expect(left).toEqual(NOTHING);
      return { model, target, spelled };
    };

    it('compares texts without the right to, says why, and what is alike if they mean the same', async () => {
      const { model, target, spelled } = await spelledAfter(`SET ROLE ${role}`);
      expect(spelled).toMatchObject({
        current: model,
        target,
        unverified: true,
        notAsked: {
          problem: expect.stringContaining('permission denied'),
          advice: expect.stringContaining(`TO "${role}"`),
        },
      });
      expect(spelled.alike?.tables).toEqual(model.tables);
    });

    it('asks in a session that is read-only by default: all is rolled back', async () => {
      const { model, spelled } = await spelledAfter('SET default_transaction_read_only = on');
      expect(spelled).toEqual({ current: model, target: model, unverified: false });
    });
  });
});

const NOTHING = { objects: '0', locks: '0', state: 'idle' };

/** What another session sees of this one: temporary objects, locks and the state of its transaction. */
async function leftovers() {
  const { rows } = await connection.query('SELECT pg_backend_pid() AS pid');
  const result = await observer.query(
    `SELECT (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname ~ '^pg_(toast_)?temp_' OR c.relname ~ '^nest_alembic')::text AS objects,
      (SELECT count(*) FROM pg_locks WHERE pid = $1)::text AS locks,
      (SELECT state FROM pg_stat_activity WHERE pid = $1) AS state`,
    [rows[0]?.['pid']],
  );
  return result.rows[0];
}
