import type { ColumnOptions } from 'typeorm';
import { createSchema } from './compare-schemas.fixture.js';
import { oneColumn } from './one-column.fixture.js';
import type { TestedDriver } from './tested-driver.fixture.js';

/** What, reason, options of the column, the value of the default in our schema and in TypeORM's. */
export type DefaultRow = readonly [string, string, ColumnOptions, string, string];

/** The text of the value that a row of a table with one column gets, or `fails` where the table cannot be made. */
export async function defaultValueOn(
  driver: TestedDriver,
  options: ColumnOptions,
  by: 'ours' | 'synchronize',
): Promise<string> {
  return driver.withDataSource({ entities: [oneColumn(options)] }, async (dataSource) => {
    try {
      await (by === 'ours' ? createSchema(dataSource) : dataSource.synchronize());
    } catch (error) {
      if (by === 'ours') throw error;
      return 'fails';
    }
    await dataSource.query('INSERT INTO t (id) VALUES (1)');
    const [row] = await dataSource.query(
      options.type === 'bit' ? 'SELECT c + 0 AS value FROM t' : 'SELECT c AS value FROM t',
    );
    const { value } = row;
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  });
}
