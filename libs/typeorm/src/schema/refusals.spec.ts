import {
  Column,
  type ColumnOptions,
  type DataSource,
  Entity,
  Generated,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  ViewColumn,
  ViewEntity,
} from 'typeorm';
import { schemaFromEntities } from './schema-from-entities.js';
import { type Entities, modelOf, withDataSource } from '../testing/compare-schemas.fixture.js';
import { oneColumn } from '../testing/one-column.fixture.js';

jest.setTimeout(60_000);

describe('what no schema can express', () => {
  it.each<[string, ColumnOptions, RegExp]>([
    [
      'precision of an integer',
      { type: 'int', precision: 5 },
      /has precision 5, which type integer/,
    ],
    ['precision of a date', { type: 'date', precision: 3 }, /precision 3/],
    ['precision of a float', { type: 'float', precision: 3 }, /precision 3/],
    ['a charset', { type: 'text', charset: 'latin1' }, /charset/],
    ['a label that is too long', { type: 'enum', enum: ['é'.repeat(32)] }, /at most 63 bytes/],
    [
      'a default that is no label',
      { type: 'enum', enum: ['a'], default: 'b' },
      /"b".*labels.*Choose one of a/,
    ],
    [
      'a default function without SQL',
      { type: 'int', default: () => '' },
      /gives "" instead of SQL/,
    ],
    [
      'a default function that throws',
      {
        type: 'int',
        default: () => {
          throw new Error('oops');
        },
      },
      /cannot be read: oops/,
    ],
    [
      'a generated column with a default',
      { type: 'int', asExpression: 'id', generatedType: 'STORED', default: 1 },
      /generated and has a default/,
    ],
    ['NUL in a default', { type: 'text', default: 'a\0b' }, /NUL/],
  ])('%s is refused, naming entity and property', async (_, options, message) => {
    const error: unknown = await modelOf([oneColumn(options)]).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: expect.stringMatching(message) });
    expect(error).toMatchObject(
      /NUL/.test(String(message))
        ? { code: 'E3005' }
        : { code: 'E3015', facts: { entity: 'T', property: 'c' } },
    );
  });

  it.each<[string, Entities, string, RegExp]>([
    ['a counter that is a text', [textCounter()], 'E3015', /"c" of entity "T".*type text cannot/],
    [
      'a view with parameters',
      [viewWithParameters()],
      'E3015',
      /"ParameterView".*parameters \(least\)/,
    ],
    [
      'a foreign key to a view',
      [plainView(), referenceToView()],
      'E3015',
      /"view" of entity "ToView".*refers to the view "PlainView"/,
    ],
    [
      'one enum with two lists of labels',
      [
        oneColumn({ type: 'enum', enum: ['a', 'b'], enumName: 'e' }, 't1'),
        oneColumn({ type: 'enum', enum: ['b', 'a'], enumName: 'e' }, 't2'),
      ],
      'E3015',
      /enum "e" other labels than property "c"/,
    ],
    [
      'two indexes of one name in a table',
      [sameIndexTwice()],
      'E3015',
      /name "ix" to two different/,
    ],
    [
      'one index name in two tables',
      [indexed('t1'), indexed('t2')],
      'E3002',
      /name "ix" is given to an index of entity "Indexed@t1" and to an index/,
    ],
    [
      'a table with the name of an enum',
      [
        oneColumn({ type: 'int' }, 'kind'),
        oneColumn({ type: 'enum', enum: ['a'], enumName: 'kind' }, 't'),
      ],
      'E3002',
      /"kind" is given to a table of entity "T@kind" and to an enum/,
    ],
    ['a dot in a table name beside a schema', [dotted()], 'E3015', /"a.b".*dot/],
    ['no entity at all', [], 'E9006', /entities are not known/],
  ])('%s is refused', async (_, entities, code, message) => {
    await expect(modelOf(entities)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it('a DataSource that is connected and has no entity is refused', async () => {
    await withDataSource({}, async (dataSource) => {
      expect(() => schemaFromEntities(dataSource)).toThrow(
        expect.objectContaining({ code: 'E9006', message: expect.stringMatching(/no entity/) }),
      );
    });
  });
});

function textCounter() {
  @Entity()
  class T {
    @PrimaryColumn('int') id!: number;
    @Column('text') @Generated('increment') c!: string;
  }
  return T;
}

function viewWithParameters() {
  @ViewEntity({
    expression: (dataSource: DataSource) =>
      dataSource
        .createQueryBuilder()
        .select('oid')
        .from('pg_class', 'c')
        .where('oid > :least', { least: 1 }) as never,
  })
  class ParameterView {
    @ViewColumn() oid!: number;
  }
  return ParameterView;
}

function plainView() {
  @ViewEntity({ expression: 'SELECT 1 AS id' })
  class PlainView {
    @PrimaryColumn('int') id!: number;
  }
  return PlainView;
}

function referenceToView() {
  @Entity()
  class ToView {
    @PrimaryGeneratedColumn() id!: number;
    @ManyToOne('PlainView') @JoinColumn() view!: unknown;
  }
  return ToView;
}

function sameIndexTwice() {
  @Entity()
  class Twice {
    @PrimaryGeneratedColumn() id!: number;
    @Column('int') @Index('ix') a!: number;
    @Column('int') @Index('ix') b!: number;
  }
  return Twice;
}

function indexed(table: string) {
  @Entity(table)
  class Indexed {
    @PrimaryGeneratedColumn() id!: number;
    @Column('int') @Index('ix') a!: number;
  }
  return Indexed;
}

function dotted() {
  @Entity({ name: 'a.b', schema: 's' })
  class Dotted {
    @PrimaryGeneratedColumn() id!: number;
  }
  return Dotted;
}
