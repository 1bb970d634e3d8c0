import { MigrationError, createMigrator } from '@nest-alembic/core';
import type { MigrationListener, Migrator } from '@nest-alembic/core';
import { describeProgress } from '../output/describe-progress.js';
import { AlembicFilesCommand } from './alembic-files-command.js';
import type { GlobalOptions } from './global-options.js';

/** Base of the commands that come first: the app need not import `MigrationsModule` yet. */
export abstract class AlembicBeginCommand<
  Options = Record<string, never>,
> extends AlembicFilesCommand<Options> {
  /** The verbs of the environment, or of none where the app has none. */
  protected async beginner(
    globals: GlobalOptions,
  ): Promise<{ readonly migrator: Migrator; readonly imported: boolean }> {
    const imported = await this.#hasModule(globals);
    const migrator = imported
      ? await this.migrator(globals)
      : withoutModule(describeProgress(this.context.terminal, { tasks: !globals.json }));
    return { migrator, imported };
  }

  /** Also true where `-n` or `-c` speaks of a module: that none is there is then an error. */
  async #hasModule({ name, configFiles }: GlobalOptions): Promise<boolean> {
    if (name !== undefined || configFiles.length > 0) return true;
    return (await this.context.app.environments()).length > 0;
  }
}

function withoutModule(onEvent: MigrationListener): Migrator {
  const noDatabase = (): never => {
    throw new MigrationError('E9007', { problem: 'the app does not import MigrationsModule' });
  };
  return createMigrator({
    importSource: '@nest-alembic/nestjs',
    dialect: noDatabase,
    connect: noDatabase,
    onEvent,
  });
}
