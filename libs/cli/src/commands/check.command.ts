import type { CheckResult } from '@nest-alembic/core';
import { Option, SubCommand } from '../commander/commander-parts.js';
import { untouchedLines } from '../output/describe-untouched.js';
import { checkDocument } from '../output/documents.js';
import type { ExitCode } from '../parse-and-run.js';
import { AlembicSubCommand } from './alembic-sub-command.js';
import type { Invocation } from './alembic-sub-command.js';

interface Options {
  readonly verbose?: boolean;
  readonly load?: boolean;
}

/** `migrate check [--load] [-v]`: exit code 0 when models and database are equal, 2 when they differ. */
@SubCommand({
  name: 'check',
  description: 'Tell whether models and database differ (exit code 2).',
})
export class AlembicCheckCommand extends AlembicSubCommand<Options> {
  protected override async execute({ options, globals }: Invocation<Options>): Promise<ExitCode> {
    const migrator = await this.migrator(globals);
    const result = await migrator.check({ load: options.load ?? false });
    this.print(globals, {
      document: checkDocument(result),
      text: () => {
        this.#printText(result);
        if (options.verbose) this.#printUntouched(result.diff.untouched);
      },
    });
    return result.upToDate ? 0 : 2;
  }

  #printText({ upToDate, changes, doubtful, diff }: CheckResult): void {
    const { terminal } = this.context;
    if (upToDate)
      return terminal.say(terminal.style.success('No new upgrade operations detected.'));
    terminal.say(terminal.style.warning('New upgrade operations detected:'));
    for (const change of changes) {
      const doubt = doubtful?.includes(change) ? ' (may only be spelled otherwise)' : '';
      terminal.say(`  - ${change}${doubt}`);
    }
    for (const { text } of diff.questions) terminal.say(`  ? ${text}`);
  }

  #printUntouched(untouched: CheckResult['diff']['untouched']): void {
    const { terminal } = this.context;
    if (untouched.length === 0) return;
    terminal.say('Left alone, because it did not come from the models:');
    for (const line of untouchedLines(untouched)) terminal.say(`  - ${line}`);
  }

  @Option({
    flags: '--load',
    description: 'Load every revision file too, and tell what that does; tell type errors.',
  })
  load(): boolean {
    return true;
  }

  @Option({ flags: '-v, --verbose', description: 'List what is left alone, too.' })
  verbose(): boolean {
    return true;
  }
}
