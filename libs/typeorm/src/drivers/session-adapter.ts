import type { Connection } from '@nest-alembic/core';
import type { DataSource, DataSourceOptions } from 'typeorm';

/** How one TypeORM driver gives a session of its own. */
export interface SessionAdapter {
  /** Takes one session of the writable server (the master of a replication) out of the pool. */
  open(dataSource: DataSource): Promise<Connection>;
  /** The absolute path of the database; undefined where it is no file. Absent: it never is. */
  fileOf?(dataSource: DataSource): string | undefined;
  /** The options with a limit on the time that connecting may take, unless the user set one. */
  withConnectTimeout(options: DataSourceOptions, timeoutMs: number): DataSourceOptions;
}
