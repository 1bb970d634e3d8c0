import { ALL_ENVIRONMENTS, chooseEnvironments } from '../app/choose-environment.js';
import type { ExitCode } from '../parse-and-run.js';
import { AlembicSubCommand } from './alembic-sub-command.js';
import type { Invocation } from './alembic-sub-command.js';
import { inEachHistory } from './in-each-history.js';

/** Base of the commands that write into the migrations folder, which several environments may share. */
export abstract class AlembicFilesCommand<
  Options = Record<string, never>,
> extends AlembicSubCommand<Options> {
  protected override async executeInAll(invocation: Invocation<Options>): Promise<ExitCode> {
    const { globals } = invocation;
    const environments = chooseEnvironments(
      await this.context.app.environments(),
      ALL_ENVIRONMENTS,
    );
    const migrators = await Promise.all(
      environments.map(({ name }) => this.migrator({ ...globals, name })),
    );
    return inEachHistory(this.context, { globals, migrators }, (history) =>
      this.execute({ ...invocation, ...history }),
    );
  }
}
