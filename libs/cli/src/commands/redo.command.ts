import { Option, SubCommand } from '../commander/commander-parts.js';
import { AlembicMovingCommand } from './alembic-moving-command.js';
import type { MovingOptions } from './alembic-moving-command.js';
import type { Invocation } from './alembic-sub-command.js';

/** `migrate redo [TARGET]`. */
@SubCommand({
  name: 'redo',
  arguments: '[target]',
  argsDescription: { target: 'Where to go back to, as with downgrade (default: -1).' },
  description: 'Take the database back, then up again to where it was.',
})
export class AlembicRedoCommand extends AlembicMovingCommand {
  protected override execute(invocation: Invocation<MovingOptions>): Promise<0> {
    return this.move(invocation, (migrator, options) =>
      migrator.redo(invocation.args[0] ?? '-1', options),
    );
  }

  @Option({ flags: '--tag <word>', description: 'A word for the revisions, as ctx.tag.' })
  tag(value: string): string {
    return value;
  }
}
