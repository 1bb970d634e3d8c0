import type { BranchInfo } from '@nest-alembic/core';
import { Option, SubCommand } from '../commander/commander-parts.js';
import { branchesDocument } from '../output/documents.js';
import { formatBlock, formatChild, formatPlace } from '../output/format-revision.js';
import { AlembicSubCommand } from './alembic-sub-command.js';
import type { Invocation } from './alembic-sub-command.js';

interface Options {
  readonly verbose?: boolean;
}

/** `migrate branches [-v]`; needs no database. */
@SubCommand({ name: 'branches', description: 'Show where revisions branch, and into what.' })
export class AlembicBranchesCommand extends AlembicSubCommand<Options> {
  protected override async execute({ options, globals }: Invocation<Options>): Promise<0> {
    const migrator = await this.migrator(globals);
    const branches = await migrator.branches();
    this.print(globals, {
      document: branchesDocument(branches),
      text: () => {
        if (branches.length === 0) this.context.terminal.talk('There is no branch point.');
        for (const branch of branches) this.#printText(branch, options.verbose ?? false);
      },
    });
    return 0;
  }

  #printText({ branchPoint, children }: BranchInfo, verbose: boolean): void {
    const { terminal } = this.context;
    const { style } = terminal;
    terminal.answer((verbose ? formatBlock : formatPlace)(branchPoint, style));
    const padding = ' '.repeat(branchPoint.id.length);
    for (const child of children)
      terminal.answer(`${padding} -> ${(verbose ? formatChild : formatPlace)(child, style)}`);
    terminal.answer('');
  }

  @Option({ flags: '-v, --verbose', description: 'Show each branch point in full.' })
  verbose(): boolean {
    return true;
  }
}
