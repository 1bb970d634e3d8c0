import { Option, SubCommand } from '../commander/commander-parts.js';
import { currentDocument } from '../output/documents.js';
import { formatBlock, formatPlace } from '../output/format-revision.js';
import { AT_BASE } from '../output/no-revisions.js';
import { AlembicSubCommand } from './alembic-sub-command.js';
import type { Invocation } from './alembic-sub-command.js';

interface Options {
  readonly verbose?: boolean;
  readonly checkHeads?: boolean;
}

/** `migrate current [-v] [-c]`; exit code 1 with `-c` when the database is not at all heads. */
@SubCommand({ name: 'current', description: 'Show which revisions the database is at.' })
export class AlembicCurrentCommand extends AlembicSubCommand<Options> {
  protected override async execute({ options, globals }: Invocation<Options>): Promise<0> {
    const { terminal } = this.context;
    const migrator = await this.migrator(globals);
    const result = await migrator.current({ checkHeads: options.checkHeads ?? false });
    const format = options.verbose ? formatBlock : formatPlace;
    const { database } = await this.environment(globals);
    this.print(globals, {
      document: currentDocument(result),
      text: () => {
        if (options.verbose) terminal.say(`Current revision(s) for ${database}:`);
        if (result.revisions.length === 0) terminal.talk(AT_BASE);
        for (const revision of result.revisions) terminal.answer(format(revision, terminal.style));
      },
    });
    return 0;
  }

  @Option({ flags: '-v, --verbose', description: 'Show each revision in full.' })
  verbose(): boolean {
    return true;
  }

  @Option({
    flags: '-c, --check-heads',
    description: 'Exit code 1 unless the database is at all heads.',
  })
  checkHeads(): boolean {
    return true;
  }
}
