import { MigrationService } from '@nest-alembic/nestjs';
import type { MigrationsModuleOptions } from '@nest-alembic/nestjs';
import { DataSource } from 'typeorm';
import { DOWN } from './project.fixture.js';
import type { Project } from './project.fixture.js';
import { Account } from './shop.fixture.js';

/** What is not as in an app of one environment. */
export interface ServiceOptions {
  readonly name?: string;
  /** @default one that nobody answers */
  readonly url?: string;
  readonly options?: MigrationsModuleOptions;
}

/** The service of one environment as `MigrationsModule` makes it, for commands in this process. */
export function createService(
  project: Project,
  { name = 'default', url = DOWN, options = {} }: ServiceOptions = {},
): MigrationService {
  return new MigrationService({
    name,
    dataSource: new DataSource({ type: 'postgres', url, entities: [Account] }),
    options: { rootDirectory: project.root, ...options },
    onEvent: () => undefined,
  });
}
