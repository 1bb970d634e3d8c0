import type { RebaseResult } from '@nest-alembic/core';
import { Option, SubCommand } from '../commander/commander-parts.js';
import { shownPath } from '../output/shown-path.js';
import { AlembicFilesCommand } from './alembic-files-command.js';
import type { Invocation } from './alembic-sub-command.js';

interface Options {
  readonly onto?: string;
  readonly from?: string;
}

/** `migrate rebase REVISION [--onto TARGET] [--from TARGET]`; needs no database. */
@SubCommand({
  name: 'rebase',
  arguments: '<revision>',
  argsDescription: { revision: 'Revision that is to get another down revision.' },
  description: 'Put a revision, with what follows it, onto another one.',
})
export class AlembicRebaseCommand extends AlembicFilesCommand<Options> {
  protected override async execute(invocation: Invocation<Options>): Promise<0> {
    const { args, options, globals } = invocation;
    const migrator = await this.migrator(globals);
    const result = await migrator.rebase(args[0] ?? '', options);
    this.print(globals, {
      document: result,
      text: () => this.context.terminal.say(inWords(result)),
    });
    return 0;
  }

  @Option({
    flags: '--onto <target>',
    description: 'New down revision (default: the only other head); base for none.',
  })
  onto(value: string): string {
    return value;
  }

  @Option({
    flags: '--from <target>',
    description: 'Of a merge revision, the down revision that gives way.',
  })
  from(value: string): string {
    return value;
  }
}

function inWords({ revision, file, from, onto, changed }: RebaseResult): string {
  const names = (ids: readonly string[]): string => ids.join(', ') || '<base>';
  return changed
    ? `Rebased ${revision}: ${names(from)} -> ${names(onto)}, in ${shownPath(file)}`
    : `Nothing to do: ${revision} is on ${names(onto)}.`;
}
