import { postgresDialect } from '../dialects/postgres/postgres-dialect.js';
import { describeOperation, effectsOf } from '../operations/operation-definitions.js';
import type { Operation } from '../operations/operation.js';
import { reverseAll } from '../operations/reverse-all.js';
import type { Column, SchemaModel, View } from '../schema/schema-model.js';
import { diffSchema } from './diff-schema.js';
import { column, model, table } from './model.fixture.js';
import { NO_MEMORY, replayLog } from './replay-log.js';

const t = { schema: null, name: 't' };
const view = (name: string, rest: Partial<View> = {}): View => ({
  schema: null,
  name,
  definition: `SELECT ${name}`,
  materialized: false,
  dependsOn: [],
  indexes: [],
  ...rest,
});
const reading = (name: string, rest: Partial<View> = {}): View =>
  view(name, { reads: [{ table: t, column: 'c' }], ...rest });
const above = view('above', { dependsOn: [{ schema: null, name: 'v' }] });

const withColumn = (c: Column, views: readonly View[], rest: Partial<SchemaModel> = {}) =>
  model([table('t', [c, column('other', 'int')])], { views, ...rest });
const short = column('c', 'character varying(10)');
const long = column('c', 'character varying(20)');
const halved = (expression: string) =>
  column('c', 'int', { generated: { expression, stored: true } });

function found(current: SchemaModel, target: SchemaModel, memory = NO_MEMORY) {
  const input = { current, target, memory, dialect: postgresDialect, allowDestructive: true };
  const { operations, questions } = diffSchema(input);
  return {
    operations,
    words: operations.map(describeOperation),
    asked: questions.map(({ id }) => id),
  };
}

describe('views around a column that changes', () => {
  it.each<[string, SchemaModel, SchemaModel, readonly string[]]>([
    [
      'PG-V2: its type, with what stands on the view',
      withColumn(short, [above, reading('v')]),
      withColumn(long, [above, reading('v')]),
      [
        'drop view above',
        'drop view v',
        'alter column t.c: type',
        'create view v',
        'create view above',
      ],
    ],
    [
      'its generated expression',
      withColumn(halved('other / 2'), [reading('v')]),
      withColumn(halved('other / 3'), [reading('v')]),
      ['drop view v', 'alter column t.c: generated', 'create view v'],
    ],
    [
      'DL-19: an enum that is replaced',
      withColumn(column('c', 'kind'), [reading('v')], {
        enums: [{ ...t, name: 'kind', labels: ['a', 'b'] }],
      }),
      withColumn(column('c', 'kind'), [reading('v')], {
        enums: [{ ...t, name: 'kind', labels: ['b'] }],
      }),
      ['drop view v', 'alter enum kind: -a', 'create view v'],
    ],
    [
      'nothing that a view minds',
      withColumn(short, [reading('v')]),
      withColumn({ ...short, nullable: false, default: `'x'` }, [reading('v')]),
      ['alter column t.c: nullable, default'],
    ],
    [
      'another column than the one that is read',
      withColumn(short, [view('v', { reads: [{ table: t, column: 'other' }] })]),
      withColumn(long, [view('v')]),
      ['alter column t.c: type'],
    ],
    [
      'a view that is another one anyway',
      withColumn(short, [reading('v')]),
      withColumn(long, [reading('v', { definition: 'SELECT 2' })]),
      ['drop view v', 'alter column t.c: type', 'create view v'],
    ],
  ])('%s', (_, current, target, words) => {
    expect(found(current, target)).toMatchObject({ words, asked: [] });
  });

  it('follows the names of tables and columns that are renamed in the same revision', () => {
    const effects = effectsOf({
      kind: 'createTable',
      table: {
        ...table('t', [{ ...short, entity: 'T', property: 'c' }]),
        entity: 'T',
      },
    });
    const target = model(
      [{ ...table('t2', [{ ...long, name: 'c2', entity: 'T', property: 'c' }]), entity: 'T' }],
      { views: [view('v')] },
    );
    const { words } = found(
      model([table('t', [short])], { views: [reading('v')] }),
      target,
      replayLog(effects),
    );
    expect(words).toEqual([
      'drop view v',
      'rename table t to t2',
      'rename column t2.c to c2',
      'alter column t2.c2: type',
      'create view v',
    ]);
  });

  it('asks about a view that did not come from the model', () => {
    const { words, asked } = found(withColumn(short, [above, reading('v')]), withColumn(long, []));
    expect(words).toEqual(['alter column t.c: type']);
    expect(asked).toEqual(['dependent-view:above', 'dependent-view:v']);
  });

  it('asks about a view of somebody else on a view or a table that goes', () => {
    const managed = replayLog([
      { action: 'made', kind: 'view', schema: null, name: 'v', entity: 'V' },
      { action: 'made', kind: 'table', schema: null, name: 't', entity: 'T' },
    ]);
    const current = withColumn(short, [above, reading('v')]);
    expect(found(current, model([table('u', [])]), managed)).toMatchObject({
      words: ['drop view v', 'create table u', 'drop table t'],
      asked: ['dependent-view:above'],
    });
  });

  it('leaves the indexes of others on a materialized view to the server, which knows them', () => {
    const own = { name: 'own', elements: [{ column: 'c' }], unique: true };
    const foreign = { name: 'foreign', elements: [{ column: 'c' }], unique: false };
    const { operations } = found(
      withColumn(short, [reading('v', { materialized: true, indexes: [own, foreign] })]),
      withColumn(long, [view('v', { materialized: true, indexes: [own] })]),
    );
    const marks = { anew: true, except: ['own'] };
    expect(operations.at(-1)).toMatchObject({
      kind: 'createView',
      view: { indexes: [own] },
      ...marks,
    });
    expect(operations[0]).toMatchObject({
      kind: 'dropView',
      dropped: { indexes: [own] },
      ...marks,
    });
  });

  it('leads back, and what a view reads is in no operation', () => {
    const current = withColumn(short, [reading('v')]);
    const { operations } = found(current, withColumn(long, [view('v')]));
    const back: readonly Operation[] = reverseAll(operations).operations;
    expect(back.map(({ kind }) => kind)).toEqual(['dropView', 'alterColumn', 'createView']);
    expect(JSON.stringify([operations, back])).not.toContain('reads');
  });
});

describe('what is left to the database', () => {
  it('a table whose name a foreign table, a partition or a child has is neither made nor changed', () => {
    const current = model([], { apart: [t] });
    const target = model([table('t', [short]), table('u', [short])]);
    const input = { current, target, memory: NO_MEMORY, dialect: postgresDialect };
    const { operations, untouched } = diffSchema(input);
    expect(operations.map(describeOperation)).toEqual(['create table u']);
    expect(untouched).toEqual([{ kind: 'table', ...t, state: 'foreign' }]);
  });

  it('PG-S2: a default stays where the model only says that there is one', () => {
    const generated = column('c', 'uuid', { default: 'uuid_generate_v4()' });
    const unmanaged = [{ kind: 'default', schema: null, table: 't', name: 'c' }] as const;
    const target = withColumn(generated, [], { unmanaged });
    expect(found(withColumn({ ...generated, default: 'uuid7()' }, []), target).words).toEqual([]);
    expect(found(withColumn(column('c', 'uuid'), []), target).words).toEqual([
      'alter column t.c: default',
    ]);
  });

  it('PostgreSQL 18: that a constraint is not enforced or over a period, which no entity says', () => {
    const columns = [column('c', 'int4range', { nullable: false })];
    const keys = {
      checks: [{ name: 'ck', expression: 'c > 0' }],
      uniques: [{ name: 'uq', columns: ['c'] }],
      primaryKey: { name: 'pk', columns: ['c'] },
      foreignKeys: [
        { name: 'fk', columns: ['c'], referencedTable: t, referencedColumns: ['c'] },
        { name: 'of', columns: ['c'], referencedTable: t, referencedColumns: ['c'] },
      ],
    };
    const [plainKey, other] = keys.foreignKeys;
    const kept = {
      checks: keys.checks.map((one) => ({ ...one, notEnforced: true as const })),
      uniques: keys.uniques.map((one) => ({ ...one, withoutOverlaps: true as const })),
      primaryKey: { ...keys.primaryKey, withoutOverlaps: true as const },
      foreignKeys: [
        { ...plainKey!, notEnforced: true as const },
        { ...other!, period: true as const },
      ],
    };
    const { words } = found(model([table('t', columns, kept)]), model([table('t', columns, keys)]));
    expect(words).toEqual([]);
  });

  it('PG-M7: what was added NOT VALID is proven, and stays so on the way back', () => {
    const checks = (notValid?: true) => [
      { name: 'ck', expression: 'c > 0', ...(notValid && { notValid }) },
    ];
    const { operations, words } = found(
      model([table('t', [column('c', 'int')], { checks: checks(true) })]),
      model([table('t', [column('c', 'int')], { checks: checks() })]),
    );
    expect(words).toEqual(['validate check constraint ck of t']);
    expect(reverseAll(operations)).toEqual({ operations: [], irreversible: [] });
  });
});
