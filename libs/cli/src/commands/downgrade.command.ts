import { Option, SubCommand } from '../commander/commander-parts.js';
import { AlembicDirectedCommand } from './alembic-directed-command.js';

/** `migrate downgrade TARGET [--sql [--idempotent]] [--dry-run]`. */
@SubCommand({
  name: 'downgrade',
  arguments: '<target>',
  argsDescription: { target: '-1, base, a revision id or its beginning; with --sql from:to.' },
  description: 'Take the database back to an earlier revision.',
})
export class AlembicDowngradeCommand extends AlembicDirectedCommand {
  protected override readonly direction = 'downgrade';

  @Option({ flags: '--sql', description: 'Print the SQL instead of running it.' })
  sql(): boolean {
    return true;
  }

  @Option({
    flags: '--idempotent',
    description: 'With --sql: each revision only where it is applied.',
  })
  idempotent(): boolean {
    return true;
  }

  @Option({ flags: '--dry-run', description: 'Show what would be done, and run nothing.' })
  dryRun(): boolean {
    return true;
  }
}
