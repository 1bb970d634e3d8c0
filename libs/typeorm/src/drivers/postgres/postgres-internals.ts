import type { DataSource } from 'typeorm';

/** What TypeORM's PostgresDriver has besides the common Driver interface; its class is not exported by the package. */
export interface PostgresInternals {
  /** `current_schema()` of the connection; known once connected. */
  readonly searchSchema?: string;
  /** Default of generated uuids: `uuid_generate_v4()`, or `gen_random_uuid()` with the extension pgcrypto. */
  readonly uuidGenerator: string;
  readonly spatialTypes: readonly string[];
  readonly withLengthColumnTypes: readonly string[];
  readonly withPrecisionColumnTypes: readonly string[];
}

/** The driver of a DataSource of type `postgres`. */
export function postgresInternals(dataSource: DataSource): PostgresInternals {
  return dataSource.driver as unknown as PostgresInternals;
}
