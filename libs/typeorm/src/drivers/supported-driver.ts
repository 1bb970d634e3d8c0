import type { Dialect } from '@nest-alembic/core';
import type { SchemaMapping } from './schema-mapping.js';
import type { SessionAdapter } from './session-adapter.js';

/** Everything that this package knows about one TypeORM driver. */
export interface SupportedDriver {
  readonly dialect: Dialect;
  readonly schema: SchemaMapping;
  readonly session: SessionAdapter;
}
