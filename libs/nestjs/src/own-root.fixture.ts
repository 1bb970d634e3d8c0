import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { MigrationService } from './migration.service.js';
import type { MigrationsModuleRootOptions } from './migrations-module-options.js';
import { MigrationsModule } from './migrations.module.js';
import { typeOrm } from './shop.fixture.js';

/** An app in a folder of its own, as long as one spec takes. */
export interface OwnRoot {
  /** The folder, which is another for each spec; it has a package.json. */
  readonly path: string;
  /** Does something with the service of an app in the folder, which is closed then. */
  withService(app: OwnApp, use: (service: MigrationService) => Promise<void>): Promise<void>;
}

/** What the app is made of. */
export interface OwnApp {
  readonly url: string;
  readonly options?: MigrationsModuleRootOptions;
  /** More options of the DataSource. */
  readonly dataSource?: object;
}

/** Makes a folder before each spec of the file, and takes it away behind. */
export function useOwnRoot(): OwnRoot {
  let path = '';
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'module-spec-'));
    writeFileSync(join(path, 'package.json'), '{}');
  });
  afterEach(() => rmSync(path, { recursive: true }));
  return {
    get path() {
      return path;
    },
    withService: (app, use) => withService({ ...app, root: path }, use),
  };
}

async function withService(
  { url, options, dataSource, root }: OwnApp & { readonly root: string },
  use: (service: MigrationService) => Promise<void>,
): Promise<void> {
  class AppModule {}
  const imports = [
    typeOrm(url, dataSource),
    MigrationsModule.forRoot({ rootDirectory: root, ...options }),
  ];
  const app = await NestFactory.createApplicationContext(
    { module: AppModule, imports },
    { logger: false, abortOnError: false },
  );
  try {
    await use(app.get(MigrationService));
  } finally {
    await app.close();
  }
}
