import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { logEvents } from './log-events.js';
import type { MigrationEnvironment } from './migration.service.js';
import { validateOptions } from './validate-options.js';

/** What an environment is made of. */
export interface EnvironmentParts {
  readonly name: string;
  readonly dataSource: DataSource;
  /** As the app gave them, not validated. */
  readonly options: unknown;
}

/**
 * Puts name, DataSource and options together.
 *
 * @throws MigrationError E9001, E9002, E9003 for wrong options
 */
export function createEnvironment(parts: EnvironmentParts): MigrationEnvironment {
  const options = validateOptions(parts.options, 'MigrationsModule.forRoot');
  return { ...parts, options, onEvent: logEvents(new Logger('Migrations')) };
}
