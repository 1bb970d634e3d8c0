import { Option, SubCommand } from '../commander/commander-parts.js';
import { AlembicMovingCommand } from './alembic-moving-command.js';
import type { MovingOptions } from './alembic-moving-command.js';
import type { Invocation } from './alembic-sub-command.js';

interface Options extends MovingOptions {
  readonly purge?: boolean;
}

/** `migrate stamp TARGET… [--sql] [--purge]`. */
@SubCommand({
  name: 'stamp',
  arguments: '<targets...>',
  argsDescription: { targets: 'Revisions that the database shall be at: head, heads, base, ids.' },
  description: 'Set the version of the database without running a revision.',
})
export class AlembicStampCommand extends AlembicMovingCommand<Options> {
  protected override execute(invocation: Invocation<Options>): Promise<0> {
    const { args, options } = invocation;
    const { purge = false } = options;
    return this.move(
      invocation,
      (migrator, moveOptions) => migrator.stamp(args, { ...moveOptions, purge }),
      purge,
    );
  }

  @Option({ flags: '--tag <word>', description: 'A word for the revisions, as ctx.tag.' })
  tag(value: string): string {
    return value;
  }

  @Option({ flags: '--sql', description: 'Print the SQL instead of running it.' })
  sql(): boolean {
    return true;
  }

  @Option({
    flags: '--purge',
    description: 'Forget what the version table says, also unknown revisions.',
  })
  purge(): boolean {
    return true;
  }
}
