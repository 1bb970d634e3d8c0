import * as columns from '../testing/columns.fixture.js';
import * as relations from '../testing/relations.fixture.js';
import * as structure from '../testing/structure.fixture.js';
import * as trees from '../testing/trees.fixture.js';
import * as views from '../testing/views.fixture.js';
import { SnakeNaming } from '../testing/snake-naming.fixture.js';
import { MemberSchema, TeamSchema } from '../testing/entity-schemas.fixture.js';
import { isTypeOrm1 } from '../testing/typeorm-version.fixture.js';
import { oneColumn } from '../testing/one-column.fixture.js';
import {
  bothSchemas,
  modelOf,
  type Entities,
  type Options,
  type SetUp,
} from '../testing/compare-schemas.fixture.js';

jest.setTimeout(60_000);

const { Colour, Level, ExtensionTypes, EnumBySql, ...plainColumns } = columns;
const { DeferredExclusion, ...plainStructure } = structure;

interface Case {
  readonly entities: Entities;
  readonly options?: Options & SetUp & { readonly before?: string };
}

const sinceTypeOrm1: [string, Case][] = isTypeOrm1
  ? [['what TypeORM makes since version 1', { entities: [DeferredExclusion, EnumBySql] }]]
  : [];

const entitiesOf = (module: object): Entities =>
  Object.values(module).filter((value) => typeof value === 'function') as never;

describe('schemaFromEntities', () => {
  it.each<[string, Case]>([
    ['all types, generation, enums and defaults', { entities: entitiesOf(plainColumns) }],
    ['types of extensions', { entities: [ExtensionTypes] }],
    ['all kinds of relations', { entities: entitiesOf(relations) }],
    ['all kinds of trees', { entities: entitiesOf(trees) }],
    ['embeddeds, inheritance, constraints and indexes', { entities: entitiesOf(plainStructure) }],
    ...sinceTypeOrm1,
    [
      'a prefix, a naming strategy and a default schema of the entities',
      {
        entities: entitiesOf(relations),
        options: {
          entityPrefix: 'app_',
          schema: 'shop',
          namingStrategy: new SnakeNaming(),
          before: 'CREATE SCHEMA shop',
        },
      },
    ],
    [
      'trees, enums and inheritance in a schema',
      {
        entities: [...entitiesOf(trees), ...entitiesOf(plainStructure), columns.EnumUser],
        options: { schema: 'shop', before: 'CREATE SCHEMA shop' },
      },
    ],
    [
      'a search path of the connection',
      {
        entities: [...entitiesOf(relations), columns.EnumUser],
        options: {
          extra: { options: '-c search_path=shop,public' },
          setUp: 'CREATE SCHEMA shop',
        },
      },
    ],
    ['entities without classes', { entities: [TeamSchema, MemberSchema] }],
    ['the query cache', { entities: [columns.SerialBig], options: { cache: true } }],
    [
      'the query cache by another name in a schema',
      {
        entities: [columns.SerialBig],
        options: {
          schema: 'shop',
          cache: { type: 'database', tableName: 'results' },
          before: 'CREATE SCHEMA shop',
        },
      },
    ],
    [
      'views, materialized views and another schema',
      { entities: entitiesOf(views), options: { before: 'CREATE SCHEMA audit' } },
    ],
  ])('makes of %s what synchronize makes', async (_, { entities, options }) => {
    const { typeorm, ours, again } = await bothSchemas(entities, options);
    expect(ours).toEqual(typeorm);
    expect(again).toEqual([]);
    expect(ours.length).toBeGreaterThan(5);
  });

  it('leaves out entities, views and indexes with synchronize: false', async () => {
    const model = await modelOf([...entitiesOf(plainStructure), ...entitiesOf(views)]);
    const names = [...model.tables, ...model.views].map(({ name }) => name);
    expect(names).toContain('constrained');
    expect(names.filter((name) => name.startsWith('legacy'))).toEqual([]);
    const indexes = model.tables.flatMap((table) => table.indexes.map(({ name }) => name));
    expect(indexes).toContain('partial_idx');
    expect(indexes).not.toContain('gin_idx');
    expect(model.unmanaged).toEqual([
      { kind: 'index', schema: null, table: 'constrained', name: 'gin_idx' },
      { kind: 'table', schema: null, name: 'legacy' },
      { kind: 'view', schema: null, name: 'legacy_view' },
    ]);
  });

  it('says null for the default schema, also where an entity names it', async () => {
    const model = await modelOf([columns.SerialBig, columns.EnumUser], { schema: 'public' });
    expect(model.schemas).toEqual([]);
    expect(model.tables.map(({ schema }) => schema)).toEqual([null, null]);
    expect(model.enums.map(({ schema }) => schema)).toEqual(model.enums.map(() => null));
  });

  it('takes a schema from a table name with a dot, as synchronize does', async () => {
    const model = await modelOf([oneColumn({ type: 'enum', enum: ['a'] }, 'sales.order')]);
    expect(model.schemas).toEqual(['sales']);
    expect(model.tables[0]).toMatchObject({ schema: 'sales', name: 'order' });
    expect(model.tables[0]?.columns[1]?.type).toBe('sales.order_c_enum');
  });

  it('PG-N1: cuts names as the server does, between characters', async () => {
    const long = 'é'.repeat(40);
    const model = await modelOf([oneColumn({ type: 'int', name: `c${long}` }, long)]);
    expect(model.tables[0]?.name).toBe('é'.repeat(31));
    expect(model.tables[0]?.columns[1]?.name).toBe(`c${'é'.repeat(31)}`);
    const { typeorm, ours } = await bothSchemas([oneColumn({ type: 'int', unique: true }, long)]);
    expect(ours).toEqual(typeorm);
  });

  it('is sorted, and the same for any order of the entities', async () => {
    const entities = [...entitiesOf(relations), ...entitiesOf(trees), columns.EnumUser];
    const model = await modelOf(entities);
    expect(await modelOf([...entities].reverse())).toEqual(model);
    const names = model.tables.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    expect(model.enums.length).toBeGreaterThan(3);
  });
});
