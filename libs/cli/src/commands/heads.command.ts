import { MigrationError } from '@nest-alembic/core';
import type { HeadsCheck, Migrator, RevisionInfo } from '@nest-alembic/core';
import { Option, SubCommand } from '../commander/commander-parts.js';
import { revisionsDocument } from '../output/documents.js';
import { formatBlock, formatHead } from '../output/format-revision.js';
import { NO_REVISIONS } from '../output/no-revisions.js';
import { AlembicSubCommand } from './alembic-sub-command.js';
import type { Invocation } from './alembic-sub-command.js';

interface Options {
  readonly verbose?: boolean;
  readonly resolveDependencies?: boolean;
  readonly check?: boolean;
}

/** `migrate heads [-v] [--resolve-dependencies] [--check]`; needs no database. */
@SubCommand({ name: 'heads', description: 'Show the newest revision of each branch.' })
export class AlembicHeadsCommand extends AlembicSubCommand<Options> {
  protected override async execute({ options, globals }: Invocation<Options>): Promise<0> {
    const { terminal } = this.context;
    const heads = await this.#read(await this.migrator(globals), options);
    const format = options.verbose ? formatBlock : formatHead;
    this.print(globals, {
      document: revisionsDocument(heads),
      text: () => {
        if (heads.length === 0) terminal.talk(NO_REVISIONS);
        heads.forEach((head) => terminal.answer(format(head, terminal.style)));
      },
    });
    return 0;
  }

  async #read(
    migrator: Migrator,
    { check, resolveDependencies = false }: Options,
  ): Promise<readonly RevisionInfo[]> {
    if (!check) return migrator.heads({ resolveDependencies });
    const result = await migrator.checkHeads({ resolveDependencies });
    if (result.problems.length > 0) throw headsProblem(result);
    return result.heads;
  }

  @Option({ flags: '-v, --verbose', description: 'Show each revision in full.' })
  verbose(): boolean {
    return true;
  }

  @Option({
    flags: '--resolve-dependencies',
    description: 'Leave out heads that another revision depends on.',
  })
  resolveDependencies(): boolean {
    return true;
  }

  @Option({
    flags: '--check',
    description: 'Exit code 1 unless there is one head and heads.lock, if kept, is true.',
  })
  check(): boolean {
    return true;
  }
}

function headsProblem({ heads, problems }: HeadsCheck): MigrationError {
  const isSplit = heads.length > 1;
  return new MigrationError(isSplit ? 'E1007' : 'E7031', {
    problem: problems.map((problem) => problem.replace(/\.$/, '')).join('; '),
    advice: isSplit
      ? 'Join them with "merge heads", or put one onto the other with "rebase".'
      : 'The next "revision", "merge" or "rebase" writes it anew; a line in it that is no revision id must go before.',
    facts: { heads: heads.map(({ id }) => id), problems },
  });
}
