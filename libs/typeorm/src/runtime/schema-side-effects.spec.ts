import { DataSource } from 'typeorm';
import { assertNotSynchronizing, withoutSchemaSideEffects } from './schema-side-effects.js';

const dataSourceOf = (options: object): DataSource =>
  new DataSource({ type: 'postgres', schema: 'kept', ...options });

describe('schema side effects', () => {
  it.each([
    [{ synchronize: true }, ['synchronize'], /TypeORM's synchronize is on/],
    [{ migrationsRun: true }, ['migrationsRun'], /migrationsRun is on/],
    [{ dropSchema: true }, ['dropSchema'], /dropSchema is on/],
    [
      { synchronize: true, dropSchema: true },
      ['synchronize', 'dropSchema'],
      /synchronize, dropSchema are on/,
    ],
  ])('B139: %j is refused', (options, named, message) => {
    const dataSource = dataSourceOf(options);
    expect(() => assertNotSynchronizing(dataSource)).toThrow(
      expect.objectContaining({
        code: 'E9004',
        facts: { options: named },
        message: expect.stringMatching(message),
      }),
    );
    withoutSchemaSideEffects(dataSource);
    expect(() => assertNotSynchronizing(dataSource)).not.toThrow();
    expect(dataSource.options).toMatchObject({ schema: 'kept' });
    expect(dataSource.driver.options).toBe(dataSource.options);
  });

  it('B139: a DataSource that leaves the schema alone is accepted', () => {
    expect(() => assertNotSynchronizing(dataSourceOf({}))).not.toThrow();
    expect(() => assertNotSynchronizing(dataSourceOf({ synchronize: false }))).not.toThrow();
  });
});
