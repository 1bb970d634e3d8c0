import type { Connection } from '@nest-alembic/core';
import type { DataSource } from 'typeorm';
import { supportedDriver } from '../drivers/supported-drivers.js';

/**
 * Takes one session out of the pool of a connected DataSource, for migrating: of the master where there is replication,
 * and not of TypeORM's query runner but of the client underneath, which tells row counts and every result of a script.
 * `close` gives the session back to the pool; `destroy` undoes what was set and makes the pool close the connection, so
 * that nothing leaks into the app. A session that is broken or in a transaction is never given back.
 *
 * The session sends TCP keep-alives, so that a statement of hours outlives firewalls that forget silent connections, and
 * a server that is gone is noticed.
 *
 * @throws MigrationError E3012 for a driver that is not supported; the driver's own error where it cannot connect
 */
export async function typeormConnection(dataSource: DataSource): Promise<Connection> {
  return supportedDriver(dataSource).session.open(dataSource);
}
