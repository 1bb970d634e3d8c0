import type { EnsureVersionResult } from '@nest-alembic/core';
import { Option, SubCommand } from '../commander/commander-parts.js';
import { AlembicSubCommand } from './alembic-sub-command.js';
import type { Invocation } from './alembic-sub-command.js';

interface Options {
  readonly sql?: boolean;
}

/** `migrate ensure-version [--sql]`. */
@SubCommand({
  name: 'ensure-version',
  aliases: ['ensure_version'],
  description: 'Make the version table where it is missing.',
})
export class AlembicEnsureVersionCommand extends AlembicSubCommand<Options> {
  protected override async execute({ options, globals }: Invocation<Options>): Promise<0> {
    const migrator = await this.migrator(globals);
    const result = await migrator.ensureVersion({ sql: options.sql ?? false });
    const { created = null, sql } = result;
    this.print(globals, {
      document: { created, ...(sql !== undefined && { sql }) },
      text: () => this.#printText(result),
    });
    return 0;
  }

  #printText({ created, sql }: EnsureVersionResult): void {
    const { terminal } = this.context;
    if (sql !== undefined) return terminal.answerRaw(sql);
    terminal.say(
      created ? 'The version table was made.' : 'Nothing to do: the version table is there.',
    );
  }

  @Option({ flags: '--sql', description: 'Print the SQL instead of running it.' })
  sql(): boolean {
    return true;
  }
}
