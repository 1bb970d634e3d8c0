import { MigrationError, isMigrationError } from '@nest-alembic/core';
import type { DataSource, QueryRunner } from 'typeorm';

/**
 * Makes the queries of a DataSource that is not connected yet fail with an error that says why; TypeORM's own is "Driver
 * not Connected". A query runner that is only made, and queries later, works once the DataSource is connected.
 */
export function refuseEarlyQueries(dataSource: DataSource): void {
  allowQueries(dataSource);
  const create = dataSource.createQueryRunner.bind(dataSource);
  const createQueryRunner: typeof create = (mode) => refusing(create(mode), dataSource);
  Object.assign(dataSource, { createQueryRunner });
}

/** Undoes {@link refuseEarlyQueries}; query runners that exist follow the DataSource. */
export function allowQueries(dataSource: DataSource): void {
  delete (dataSource as Partial<DataSource>).createQueryRunner;
}

/** True for the error of {@link refuseEarlyQueries}. */
export function isEarlyQuery(error: unknown): error is MigrationError {
  return isMigrationError(error) && error.code === 'E6006' && error.facts['whileBuilding'] === true;
}

/** Every query of a query runner connects it first. */
function refusing(runner: QueryRunner, dataSource: DataSource): QueryRunner {
  const connect = runner.connect.bind(runner);
  return Object.assign(runner, {
    connect: (): Promise<unknown> =>
      dataSource.isInitialized ? connect() : Promise.reject(earlyQuery()),
  });
}

function earlyQuery(): MigrationError {
  return new MigrationError('E6006', {
    problem: 'the app queries its database while it is built, before the command has connected',
    advice:
      'Move the query from the constructor or the factory of the provider into onModuleInit, which commands do not run, or leave it out when process.argv[2] is "migrate".',
    facts: { whileBuilding: true },
  });
}
