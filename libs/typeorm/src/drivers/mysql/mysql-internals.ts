import type { DataSource } from 'typeorm';
import type { ColumnMetadata } from '../../schema/metadata-types.js';

/** What TypeORM's MysqlDriver has besides the common Driver interface; its class is not exported by the package. */
export interface MysqlInternals {
  /** The database of the connection; known once connected. */
  readonly database?: string;
  /** Version as the server says it; known once connected. */
  readonly version?: string;
}

/** The driver of a DataSource of type `mysql` or `mariadb`. */
export function mysqlInternals(dataSource: DataSource): MysqlInternals {
  return dataSource.driver as unknown as MysqlInternals;
}

/** Options of columns that TypeORM 1 has no longer: `int(5) zerofill`. */
export interface OldNumberOptions {
  readonly width?: number;
  readonly zerofill?: boolean;
}

/** What TypeORM 0.3 knows of a column besides. */
export const oldNumberOptions = (column: ColumnMetadata): OldNumberOptions =>
  column as unknown as OldNumberOptions;
