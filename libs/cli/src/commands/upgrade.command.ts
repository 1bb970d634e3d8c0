import { Option, SubCommand } from '../commander/commander-parts.js';
import { AlembicDirectedCommand } from './alembic-directed-command.js';

/** `migrate upgrade TARGET [--sql [--idempotent]] [--dry-run]`. */
@SubCommand({
  name: 'upgrade',
  arguments: '<target>',
  argsDescription: {
    target: 'head, heads, +1, a revision id or its beginning; with --sql also from:to.',
  },
  description: 'Bring the database to a later revision.',
})
export class AlembicUpgradeCommand extends AlembicDirectedCommand {
  protected override readonly direction = 'upgrade';

  @Option({ flags: '--sql', description: 'Print the SQL instead of running it.' })
  sql(): boolean {
    return true;
  }

  @Option({
    flags: '--idempotent',
    description: 'With --sql: each revision only where it is not applied.',
  })
  idempotent(): boolean {
    return true;
  }

  @Option({ flags: '--dry-run', description: 'Show what would be done, and run nothing.' })
  dryRun(): boolean {
    return true;
  }
}
