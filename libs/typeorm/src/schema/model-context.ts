import type { DataSource } from 'typeorm';
import type { ModelContext } from '../drivers/schema-mapping.js';
import { supportedDriver } from '../drivers/supported-drivers.js';
import { entityMarks } from './entity-marks.js';

/**
 * What the reading of a DataSource's metadata needs.
 *
 * @throws MigrationError E3012 for a driver that is not supported
 */
export function createModelContext(dataSource: DataSource): ModelContext {
  const { dialect, schema } = supportedDriver(dataSource);
  return {
    dataSource,
    dialect,
    mapping: schema,
    markOf: entityMarks(dataSource.entityMetadatas),
    spelledTypes: new Map(),
  };
}
