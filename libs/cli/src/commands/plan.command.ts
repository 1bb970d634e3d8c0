import { Option, SubCommand } from '../commander/commander-parts.js';
import { AlembicDirectedCommand } from './alembic-directed-command.js';
import type { DirectedOptions } from './alembic-directed-command.js';
import type { ExitCode } from '../parse-and-run.js';
import type { Invocation } from './alembic-sub-command.js';

interface Options extends DirectedOptions {
  readonly downgrade?: boolean;
}

/** `migrate plan [TARGET] [--downgrade] [--check-data]`: exit code 2 when rows are in the way. */
@SubCommand({
  name: 'plan',
  arguments: '[target]',
  argsDescription: {
    target: 'As of upgrade, heads if it is left out; a range from:to asks no database.',
  },
  description: 'Show what an upgrade would do, and run nothing.',
})
export class AlembicPlanCommand extends AlembicDirectedCommand {
  protected override readonly direction = 'upgrade';

  protected override execute(invocation: Invocation<Options>): Promise<ExitCode> {
    const direction = invocation.options.downgrade ? 'downgrade' : 'upgrade';
    return this.showPlan(invocation, invocation.args[0], direction);
  }

  @Option({ flags: '--downgrade', description: 'Plan a downgrade; target -1 if it is left out.' })
  downgrade(): boolean {
    return true;
  }

  @Option({
    flags: '--check-data',
    description: 'Count the rows that it would fail on, without writing (exit code 2).',
  })
  checkData(): boolean {
    return true;
  }
}
