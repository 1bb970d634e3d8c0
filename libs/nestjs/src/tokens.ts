import type { InjectionToken } from '@nestjs/common';
import { MigrationService } from './migration.service.js';

/** Name of the environment when there is only one. */
export const DEFAULT_ENVIRONMENT = 'default';

/**
 * Token of the service of one environment, for apps with several: `@Inject(getMigrationServiceToken('reports'))`.
 *
 * @param name as given to `forRoot`. @default 'default', whose token is the class `MigrationService` itself
 */
export function getMigrationServiceToken(name: string = DEFAULT_ENVIRONMENT): InjectionToken {
  return name === DEFAULT_ENVIRONMENT ? MigrationService : `${name}MigrationService`;
}

/**
 * Token under which every environment provides its service: `app.get(token, { each: true })` finds them all.
 *
 * @internal for `@nest-alembic/cli`
 */
export const MIGRATION_ENVIRONMENT = Symbol.for('@nest-alembic/nestjs:environment');
