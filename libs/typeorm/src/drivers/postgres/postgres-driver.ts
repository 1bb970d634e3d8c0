import { postgresDialect } from '@nest-alembic/core';
import type { SupportedDriver } from '../supported-driver.js';
import { postgresMapping } from './postgres-mapping.js';
import { postgresSessionAdapter } from './postgres-session.js';

/** TypeORM's driver `postgres`. */
export const postgresDriver: SupportedDriver = Object.freeze({
  dialect: postgresDialect,
  schema: postgresMapping,
  session: postgresSessionAdapter,
});
