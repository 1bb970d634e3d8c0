import { createTestDatabase, type TestDatabase } from '@nest-alembic/testing';
import type { Connection } from '@nest-alembic/core';
import * as fc from 'fast-check';
import { type ColumnOptions, DataSource } from 'typeorm';
import { createModelContext } from '../../schema/model-context.js';
import { oneColumn } from '../../testing/one-column.fixture.js';
import { postgresDefault } from './postgres-defaults.js';

jest.setTimeout(60_000);

/** The SQL of a column's default; no server is asked. */
async function defaultOf(options: ColumnOptions): Promise<string | undefined> {
  const dataSource = new DataSource({ type: 'postgres', entities: [oneColumn(options)] });
  await (dataSource as unknown as { buildMetadatas(): Promise<void> }).buildMetadatas();
  const column = dataSource.getMetadata('T').findColumnWithPropertyName('c');
  return column && postgresDefault(column, createModelContext(dataSource));
}

describe('postgresDefault', () => {
  it.each<[ColumnOptions, string | undefined]>([
    [{ type: 'int', default: 5 }, '5'],
    [{ type: 'int', default: -5 }, '-5'],
    [{ type: 'int', default: 1.5 }, `'1.5'`],
    [{ type: 'bigint', default: 5 }, `'5'`],
    [{ type: 'bigint', default: 5n as never }, '5'],
    [{ type: 'boolean', default: true }, 'true'],
    [{ type: 'jsonb', default: true }, `'true'`],
    [{ type: 'jsonb', default: 5 }, `'5'`],
    [{ type: 'jsonb', default: { a: "it's" } as never }, `'{"a":"it''s"}'`],
    [{ type: 'jsonb', default: '{"a":"it\'\'s"}' }, `'{"a":"it''s"}'`],
    [
      { type: 'jsonb', array: true, default: [[1], { a: 'x' }, null] as never },
      String.raw`E'{"[1]","{\\"a\\":\\"x\\"}",NULL}'`,
    ],
    [
      {
        type: 'int',
        array: true,
        default: [
          [1, 2],
          [3, 4],
        ] as never,
      },
      `'{{1,2},{3,4}}'`,
    ],
    [{ type: 'boolean', array: true, default: [true, false] }, `'{true,false}'`],
    [{ type: 'hstore', default: { a: 'x', b: null } as never }, `'"a"=>"x","b"=>NULL'`],
    [{ type: 'point', default: { x: 1, y: 2 } as never }, `'(1,2)'`],
    [{ type: 'simple-json', default: { a: 1 } as never }, `'{"a":1}'`],
    [{ type: 'date', default: new Date(0) as never }, `'1970-01-01'`],
    [{ type: 'time', default: new Date(0) as never }, `'00:00:00.000'`],
    [{ type: 'timetz', default: new Date(0) as never }, `'00:00:00.000Z'`],
    [{ type: 'timestamptz', default: new Date(0) as never }, `'1970-01-01T00:00:00.000Z'`],
    [{ type: 'timestamp', default: new Date(0) as never }, `'1970-01-01T00:00:00.000'`],
    [{ type: 'enum', enum: [0, 1], default: 0 }, `'0'`],
    [{ type: 'enum', enum: ["it''s"], default: "it''s" }, `'it''''s'`],
    [{ type: 'text', nullable: true, default: null }, undefined],
    [{ type: 'text', nullable: true, default: () => ' null ' }, undefined],
    [{ type: 'text', default: () => ' upper(current_user) ' }, 'upper(current_user)'],
    [{ type: 'timestamp', default: () => 'current_timestamp' }, 'now()'],
    [{ type: 'date', default: () => 'CURRENT_DATE' }, `('now'::text)::date`],
    // A transformer is for values of rows; TypeORM does not use it here either.
    [{ type: 'text', default: 'x', transformer: { to: () => 'y', from: () => 'z' } }, `'x'`],
    [
      { type: 'simple-array', default: ['x'], transformer: { to: () => 'y', from: () => 'z' } },
      `'x'`,
    ],
  ])('%j', async (options, expected) => {
    expect(await defaultOf(options)).toBe(expected);
  });

  describe('on a server', () => {
    let database: TestDatabase;
    let connection: Connection;
    beforeAll(async () => {
      database = await createTestDatabase();
      connection = await database.connect();
    });
    afterAll(async () => database.drop());

    const valueOf = async (options: ColumnOptions, type: string): Promise<unknown> => {
      const { rows } = await connection.query(
        `SELECT ${await defaultOf(options)}::${type} AS value`,
      );
      return rows[0]?.['value'];
    };
    /** Any text that the server stores. */
    const text = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0'));
    const hostile = fc
      .array(
        fc.constantFrom("'", "''", '\\', '"', '{', '}', ',', ' ', 'NULL', '$1', '--', ';', 'x'),
      )
      .map((parts) => parts.join(''));
    const anyText = fc.oneof(text, hostile);

    it('a text is kept, but that paired quotes are one, as TypeORM users write them', async () => {
      await fc.assert(
        fc.asyncProperty(anyText, async (value) => {
          const hasOnlyPairs = !value.replaceAll("''", '').includes("'");
          const expected = hasOnlyPairs ? value.replaceAll("''", "'") : value;
          expect(await valueOf({ type: 'text', default: value }, 'text')).toBe(expected);
        }),
        { numRuns: 150 },
      );
    });

    it('every element of an array is kept', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.option(anyText)), async (values) => {
          const options: ColumnOptions = { type: 'text', array: true, default: values as never };
          expect(await valueOf(options, 'text[]')).toEqual(values);
        }),
        { numRuns: 150 },
      );
    });

    it('every JSON object is kept', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.dictionary(text, fc.oneof(anyText, fc.integer(), fc.boolean())),
          async (value) => {
            const plain = { ...value };
            expect(await valueOf({ type: 'jsonb', default: plain as never }, 'jsonb')).toEqual(
              plain,
            );
          },
        ),
        { numRuns: 150 },
      );
    });
  });
});
