import { Index, JoinColumn, ManyToOne } from 'typeorm';
import { type CorpusRow, expectRow } from '../testing/corpus-row.fixture.js';
import { entityOf } from '../testing/entity-of.fixture.js';
import { type MigratedDatabase, withMigrated } from '../testing/migrated-database.fixture.js';

jest.setTimeout(60_000);

const columns = { a: { type: 'int' }, b: { type: 'varchar', length: 20, nullable: true } } as const;
const before = entityOf({ name: 'T', columns, decorators: [Index('ix_a', ['a'])] });
const after = entityOf({
  name: 'T',
  columns: {
    ...columns,
    a: { type: 'bigint', default: 1 },
    b: { type: 'varchar', length: 40, nullable: true },
    more: { type: 'text', nullable: true, comment: 'new' },
  },
  decorators: [Index('ix_a', ['a'])],
});

/** These are in no schema, and would stay from one test to the next. */
const CLEAN = `DROP FOREIGN DATA WRAPPER IF EXISTS w CASCADE; DROP PUBLICATION IF EXISTS p;`;

/** All that no model of entities can say, around and on the table of an entity. */
const FOREIGN = `
  ${CLEAN}
  CREATE EXTENSION pg_trgm; CREATE EXTENSION pg_stat_statements; CREATE EXTENSION hstore;
  CREATE DOMAIN positive AS int CHECK (value > 0);
  CREATE TYPE pair AS (x int, y int); CREATE TYPE span AS RANGE (subtype = float8);
  CREATE TYPE mood AS ENUM ('good', 'bad');
  CREATE SEQUENCE numbers START 7;
  CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
  CREATE AGGREGATE total (int) (sfunc = int4pl, stype = int);
  CREATE TRIGGER t_touched BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touched();
  ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY readable ON t USING (id > 0);
  CREATE RULE quiet AS ON DELETE TO t WHERE old.id < 0 DO INSTEAD NOTHING;
  CREATE STATISTICS t_stats ON id, a FROM t;
  ALTER TABLE t SET (fillfactor = 70);
  CREATE INDEX t_trgm ON t USING gin (b gin_trgm_ops); CREATE INDEX t_lower ON t (lower(b)) WHERE a > 0;
  ALTER TABLE t ADD CONSTRAINT by_hand CHECK (id <> 13);
  CREATE TABLE parent (a int PRIMARY KEY, p positive, m mood, h hstore); CREATE TABLE child (c text) INHERITS (parent);
  CREATE TABLE parted (a int NOT NULL, b text) PARTITION BY LIST (a);
  CREATE TABLE part_1 PARTITION OF parted FOR VALUES IN (1); CREATE INDEX ON parted (b);
  CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;
  CREATE FOREIGN TABLE far (a int) SERVER s;
  CREATE VIEW seen AS SELECT id FROM t; CREATE MATERIALIZED VIEW kept AS SELECT id FROM t;
  CREATE UNIQUE INDEX kept_id ON kept (id);
  CREATE SCHEMA other; CREATE TABLE other.thing (id int); CREATE UNLOGGED TABLE fast (id int);
  CREATE PROCEDURE act() LANGUAGE sql AS $$ SELECT 1 $$;
  CREATE PUBLICATION p FOR TABLE t;`;

const LEFT = [
  'check t.by_hand',
  'enum mood',
  'index t.t_lower',
  'index t.t_trgm',
  'sequence numbers',
  'table fast',
  'table parent',
  'table parted',
  'view kept',
  'view seen',
];

/** All but what the change of the entity changes: three columns of its table. */
async function everything(database: MigratedDatabase): Promise<readonly string[]> {
  const own = /^(table public\.t column (a|b|more) |comment on table column public\.t\.more)/;
  return (await database.lines(['t'])).filter((line) => !own.test(line));
}

describe('what no entity describes', () => {
  it.each([true, false])('is left as it is, and listed (with a log: %s)', async (withLog) => {
    await withMigrated({ entities: [before], withLog }, async (database) => {
      await database.byHand(FOREIGN);
      const found = await database.check();
      expect(found.changes).toEqual([]);
      const listed = found.diff.untouched.map(
        ({ kind, table, name }) => `${kind} ${table === undefined ? '' : `${table}.`}${name}`,
      );
      expect(listed.sort()).toEqual(LEFT);
      const there = await everything(database);
      expect(await database.autogenerate([after])).toContain('alterColumn');
      expect(await everything(database)).toEqual(there);
      expect((await database.check([after])).changes).toEqual([]);
      await database.migrator().downgrade('-1');
      expect(await everything(database)).toEqual(there);
    });
  });

  it('but for what a revision made, which is known', async () => {
    await withMigrated({ entities: [before] }, async (database) => {
      await database.revise(`await op.createIndex('ours', 't', ['b']);
        await op.createTable('side', (t) => [t.column('id', 'int')]);`);
      const { changes, diff } = await database.check();
      expect(changes).toEqual([]);
      expect(diff.untouched).toEqual([
        { kind: 'index', schema: null, table: 't', name: 'ours', state: 'known' },
        { kind: 'table', schema: null, name: 'side', state: 'known' },
      ]);
    });
  });

  it('and what came from the model goes when the model does not have it any more', async () => {
    const unindexed = entityOf({ name: 'T', columns });
    await withMigrated({ entities: [before] }, async (database) => {
      await database.byHand('CREATE INDEX by_hand ON t (b)');
      expect((await database.check([unindexed])).changes).toEqual(['drop index ix_a of t']);
    });
    await withMigrated({ entities: [before], withLog: false }, async (database) => {
      const { changes, diff } = await database.check([unindexed]);
      expect(changes).toEqual([]);
      expect(diff.untouched).toMatchObject([{ name: 'ix_a', state: 'foreign' }]);
    });
  });
});

const T = entityOf({ columns: { c: { type: 'int' } } });
const child = entityOf({
  name: 'Line',
  table: 'line',
  properties: { t: [ManyToOne('T'), JoinColumn({ name: 'tId', foreignKeyConstraintName: 'fk' })] },
});

const PLACES: readonly CorpusRow[] = [
  {
    row: 'a foreign table is left alone',
    setUp: `${CLEAN} CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;
      CREATE FOREIGN TABLE t (id int NOT NULL, c int) SERVER s`,
    becomes: [T],
    untouched: ['table t'],
  },
  {
    row: 'a partition is left alone',
    setUp: `CREATE TABLE p (id serial, c int) PARTITION BY LIST (c);
      CREATE TABLE t PARTITION OF p FOR VALUES IN (1)`,
    becomes: [T],
    untouched: ['table t', 'table p'],
  },
  {
    row: 'a child of an inheritance is left alone',
    setUp: 'CREATE TABLE p (id serial); CREATE TABLE t (c int) INHERITS (p)',
    becomes: [T],
    untouched: ['table t', 'table p'],
  },
  {
    row: 'a table of an extension is left alone',
    setUp: `CREATE EXTENSION hstore; CREATE TABLE t (id int); ALTER EXTENSION hstore ADD TABLE t`,
    becomes: [T],
    untouched: ['table t'],
  },
  {
    row: 'a partitioned table is compared as any other, keys of others to it too',
    setUp: `CREATE TABLE t (id serial PRIMARY KEY, c bigint NOT NULL) PARTITION BY RANGE (id);
      CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (9); CREATE TABLE t_rest PARTITION OF t DEFAULT;
      CREATE TABLE line (id serial PRIMARY KEY, "tId" int CONSTRAINT fk REFERENCES t)`,
    becomes: [
      entityOf({ columns: { c: { type: 'bigint' }, d: { type: 'int', nullable: true } } }),
      child,
    ],
    changes: ['add column t.d'],
  },
  {
    row: 'a parent of an inheritance is compared as any other',
    setUp: `CREATE TABLE t (id serial PRIMARY KEY); CREATE TABLE kid () INHERITS (t)`,
    becomes: [entityOf({ columns: { d: { type: 'int', nullable: true } } })],
    changes: ['add column t.d'],
  },
];

describe('an entity whose table is something else', () => {
  it.each(PLACES)('$row', expectRow);
});
