import type { Column } from '../../schema/schema-model.js';
import { tableOf, useNormalizing, withTable } from './normalizing.fixture.js';
import { canonicalizePostgres } from './postgres-normalize.js';

const { connection, reflect, made, canonicalTable } = useNormalizing();

describe('indexes', () => {
  const columnList = `id int PRIMARY KEY, a int, s varchar(20), at timestamptz, ts timestamp, j jsonb, deleted_at timestamptz`;

  it.each([
    'deleted_at IS NULL',
    'a>5',
    `s IN ('x','y')`,
    `s = 'x' AND NOT a = 1`,
    `at > '2020-01-01'`,
    't.a > 5',
    'a > 0 and a < 9 and (id > 1 and id < 7)',
  ])('WHERE %s is no difference', async (where) => {
    const { model, table } = await made(
      `CREATE TABLE t (${columnList}); CREATE INDEX i ON t (a) WHERE ${where}`,
    );
    const indexes = [{ name: 'i', elements: [{ column: 'a' }], unique: false, where }];
    expect(await canonicalTable(model, { indexes })).toEqual(table);
  });

  it.each([
    'lower(s)',
    'LOWER(s)',
    'lower(t.s)',
    '(a+id)',
    'a+id',
    `j->>'k'`,
    `(j -> 'k')`,
    `ts AT TIME ZONE 'utc'`,
    `date_trunc('day', ts)`,
    'coalesce(a, 0)',
    'a IS NULL',
    `(s)::text`,
    `s || 'x'`,
    `CASE WHEN a > 0 THEN s END`,
  ])('an index on %s is no difference', async (expression) => {
    const { model, table } = await made(
      `CREATE TABLE t (${columnList}); CREATE UNIQUE INDEX i ON t ((${expression}), a DESC)`,
    );
    const elements = [{ expression }, { column: 'a', order: 'desc' as const }];
    const indexes = [{ name: 'i', elements, unique: true }];
    expect(await canonicalTable(model, { indexes })).toEqual(table);
  });

  it('PG-M2: keeps a predicate that really differs different', async () => {
    const { model } = await made(
      `CREATE TABLE t (${columnList}); CREATE INDEX i ON t (a) WHERE a > 0`,
    );
    const { indexes } = await canonicalTable(model, {
      indexes: [{ name: 'i', elements: [{ column: 'a' }], unique: false, where: 'a>5' }],
    });
    expect(indexes[0]?.where).toBe('a > 5');
  });

  it('finds the same index under another name', async () => {
    const { model, table } = await made(
      `CREATE TABLE t (${columnList}); CREATE INDEX i ON t (lower(s)) WHERE a IN (1, 2)`,
    );
    const other = {
      name: 'o',
      elements: [{ expression: 'LOWER(s)' }],
      unique: false,
      where: 'a in (1,2)',
    };
    const { indexes } = await canonicalTable(model, { indexes: [other] });
    expect(indexes).toEqual([{ ...table.indexes[0], name: 'o' }]);
  });

  it('spells the indexes of materialized views', async () => {
    await connection.script(`
      CREATE TABLE t (${columnList}); CREATE MATERIALIZED VIEW m AS SELECT id, s, a FROM t;
      CREATE INDEX i ON m (lower(s)) WHERE s IN ('x', 'y')`);
    const model = await reflect();
    const views = model.views.map((view) => ({
      ...view,
      indexes: [
        {
          name: 'i',
          elements: [{ expression: 'LOWER(s)' }],
          unique: false,
          where: `s in ('x','y')`,
        },
      ],
    }));
    const { target } = await canonicalizePostgres(connection, {
      current: model,
      target: { ...model, views },
    });
    expect(target.views).toEqual(model.views);
    expect(model.views[0]?.indexes[0]?.where).toMatch(/ANY/);
  });
});

describe('generated columns and exclusion constraints', () => {
  it.each([
    ['int', 'a*2'],
    ['text', `first || ' ' || last`],
    ['tsvector', `to_tsvector('english', coalesce(first,'') || ' ' || coalesce(last, ''))`],
    ['numeric(10,2)', 'a / 3.0'],
    ['boolean', `first in ('x','y')`],
    ['varchar(9)', 'upper(last)'],
  ])('GENERATED %s AS (%s) is no difference', async (type, expression) => {
    const { model, table } = await made(
      `CREATE TABLE t (a int, first varchar(20), last text, g ${type} GENERATED ALWAYS AS (${expression}) STORED)`,
    );
    const columns: Column[] = [
      { name: 'a', type: 'int', nullable: true },
      { name: 'first', type: 'varchar(20)', nullable: true },
      { name: 'last', type: 'text', nullable: true },
      { name: 'g', type, nullable: true, generated: { expression, stored: true } },
    ];
    expect(await canonicalTable(model, { columns })).toEqual(table);
  });

  it('PG-M8: keeps a generated expression that really differs different', async () => {
    const { model, table } = await made(
      'CREATE TABLE t (a int, g int GENERATED ALWAYS AS (a * 2) STORED)',
    );
    const columns = table.columns.map((column) =>
      column.generated ? { ...column, generated: { expression: 'a*3', stored: true } } : column,
    );
    expect((await canonicalTable(model, { columns })).columns[1]?.generated?.expression).toBe(
      'a * 3',
    );
  });

  it('spells exclusion constraints (PG-M3)', async () => {
    const { model, table } = await made(`CREATE TABLE t (room int, during tstzrange, gone boolean,
      CONSTRAINT e EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (NOT gone))`);
    const spelled = async (definition: string) =>
      (await canonicalTable(model, { exclusions: [{ name: 'e', definition }] })).exclusions;
    expect(await spelled('using gist ("room" with =, during with &&) where (not gone)')).toEqual(
      table.exclusions,
    );
    expect(await spelled('USING gist (during WITH &&)')).toEqual([
      { name: 'e', definition: 'USING gist (during WITH &&)' },
    ]);
  });
});

describe('views', () => {
  const base = `CREATE TABLE t (id int PRIMARY KEY, s varchar(20), n numeric); CREATE TABLE u (id int, t_id int)`;

  async function spelledView(made_: string, written: string) {
    await connection.script(`${base}; CREATE VIEW v AS ${made_}`);
    const model = await reflect();
    const views = model.views.map((view) => ({ ...view, definition: written }));
    const { target } = await canonicalizePostgres(connection, {
      current: model,
      target: { ...model, views },
    });
    return { target, model };
  }

  it.each([
    'select id, s from t',
    'SELECT * FROM t',
    'select t.id, count(*) as n from t join u on u.t_id = t.id group by t.id having count(*) > 1',
    `select id from t where s in ('x', 'y') and n > 1`,
    `with x as (select id from t) select id from x where exists (select 1 from u where u.t_id = x.id)`,
    'select id, row_number() over (partition by s order by id) from t',
    `select id from t -- the end`,
    `select 'a;b' as text`,
    'table t',
    'values (1, 2)',
  ])('%s is no difference', async (query) => {
    const { target, model } = await spelledView(`${query}\n`, query);
    expect(target.views).toEqual(model.views);
  });

  it('PG-M11: keeps a query that really differs different', async () => {
    const { target, model } = await spelledView('SELECT id FROM t', 'select id from t where id>1');
    expect(target.views[0]?.definition).not.toBe(model.views[0]?.definition);
    expect(target.views[0]?.definition).toMatch(/WHERE \(+(t\.)?id > 1\)/);
  });

  it('sees through a spelling of the server that it spells otherwise when it reads it', async () => {
    const written = `SELECT id FROM t WHERE s IN ('x', 'y')`;
    const first = await spelledView(written, written);
    const rendered = String(first.model.views[0]?.definition);
    await connection.script('DROP TABLE t, u CASCADE');
    const { target, model } = await spelledView(rendered, written);
    expect(model.views[0]?.definition).not.toBe(rendered);
    expect(target.views).toEqual(model.views);
  });

  it('leaves a view that needs objects of the same diff as it is written, and spells the others', async () => {
    await connection.script(
      `${base}; CREATE VIEW v1 AS SELECT id FROM t; CREATE VIEW v2 AS SELECT id FROM u`,
    );
    const model = await reflect();
    const written = new Map([
      ['v1', 'select id, added_later from t'],
      ['v2', 'select u.id from u'],
    ]);
    const views = model.views.map((view) => {
      return { ...view, definition: written.get(view.name) ?? view.definition };
    });
    const { target } = await canonicalizePostgres(connection, {
      current: model,
      target: { ...model, views },
    });
    expect(target.views).toEqual([views[0], model.views[1]]);
  });
});

describe('types of the same diff', () => {
  const columns = (type: string, value: string): Column[] => [
    { name: 'c', type, nullable: true, default: value },
  ];

  it('uses a label that the diff adds, also in another schema', async () => {
    const { model } = await made(
      `CREATE TABLE t (c kind DEFAULT 'a', d audit."Odd kind" DEFAULT 'x')`,
    );
    const enums = model.enums.map((type) => ({ ...type, labels: [...type.labels, 'new'] }));
    const target = withTable(
      { ...model, enums },
      {
        columns: [
          ...columns('kind', `'new'::kind`),
          { name: 'd', type: 'audit."Odd kind"', nullable: true, default: `'new'` },
        ],
        checks: [{ name: 'k', expression: `c = 'new'` }],
      },
    );
    const spelled = await canonicalizePostgres(connection, { current: model, target });
    expect(tableOf(spelled.target).columns).toEqual([
      { name: 'c', type: 'kind', nullable: true, default: `'new'::kind` },
      { name: 'd', type: 'audit."Odd kind"', nullable: true, default: `'new'::audit."Odd kind"` },
    ]);
    expect((await reflect()).enums).toEqual(model.enums);
  });

  it('uses an enum and a schema that the diff makes', async () => {
    const { model } = await made(`CREATE TABLE t (c text DEFAULT 'a')`);
    const target = withTable(
      {
        ...model,
        schemas: ['audit', 'fresh'],
        enums: [...model.enums, { schema: 'fresh', name: 'Mood', labels: ['ok', `it's`] }],
      },
      { columns: columns('"fresh"."Mood"', `'it''s'`) },
    );
    const spelled = await canonicalizePostgres(connection, { current: model, target });
    expect(tableOf(spelled.target).columns).toEqual(
      columns('fresh."Mood"', `'it''s'::fresh."Mood"`),
    );
    expect((await reflect()).schemas).toEqual(['audit']);
  });
});
