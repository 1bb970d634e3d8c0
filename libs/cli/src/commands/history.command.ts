import { Option, SubCommand } from '../commander/commander-parts.js';
import { revisionsDocument } from '../output/documents.js';
import { formatBlock, formatLine } from '../output/format-revision.js';
import { NO_REVISIONS } from '../output/no-revisions.js';
import { AlembicSubCommand } from './alembic-sub-command.js';
import type { Invocation } from './alembic-sub-command.js';

interface Options {
  readonly revRange?: string;
  readonly verbose?: boolean;
  readonly indicateCurrent?: boolean;
}

/**
 * `migrate history [-r START:END] [-v] [-i]`; needs no database unless the range, `-i` or the option
 * `revisionEnvironment` asks for it.
 */
@SubCommand({ name: 'history', description: 'List revisions, newest first.' })
export class AlembicHistoryCommand extends AlembicSubCommand<Options> {
  protected override async execute({ options, globals }: Invocation<Options>): Promise<0> {
    const { terminal } = this.context;
    const { indicateCurrent, revRange, verbose } = options;
    const migrator = await this.migrator(globals);
    const revisions = await migrator.history({
      ...(indicateCurrent !== undefined && { indicateCurrent }),
      ...(revRange !== undefined && { range: revRange }),
    });
    const format = verbose ? formatBlock : formatLine;
    this.print(globals, {
      document: revisionsDocument(revisions),
      text: () => {
        if (revisions.length === 0)
          terminal.talk(revRange === undefined ? NO_REVISIONS : 'No revision is in this range.');
        revisions.forEach((one) => terminal.answer(format(one, terminal.style)));
      },
    });
    return 0;
  }

  @Option({
    flags: '-r, --rev-range <start:end>',
    description: 'Part to list, both ends included.',
  })
  revRange(value: string): string {
    return value;
  }

  @Option({ flags: '-v, --verbose', description: 'Show each revision in full.' })
  verbose(): boolean {
    return true;
  }

  @Option({
    flags: '-i, --indicate-current',
    description: 'Mark the revisions that the database is at.',
  })
  indicateCurrent(): boolean {
    return true;
  }
}
