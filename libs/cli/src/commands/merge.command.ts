import { Option, SubCommand } from '../commander/commander-parts.js';
import type { Invocation } from './alembic-sub-command.js';
import type { WritingOptions } from './alembic-writing-command.js';
import { AlembicWritingCommand, writtenDocument } from './alembic-writing-command.js';

interface Options extends WritingOptions {
  readonly auto?: boolean;
}

/** `migrate merge REVISION… | heads | --auto [-m MESSAGE] [--branch-label LABEL]… …`; needs no database. */
@SubCommand({
  name: 'merge',
  arguments: '[revisions...]',
  argsDescription: { revisions: 'Revisions to merge, or heads for all of them.' },
  description: 'Write a revision that joins branches.',
})
export class AlembicMergeCommand extends AlembicWritingCommand<Options> {
  protected override async execute(invocation: Invocation<Options>): Promise<0> {
    const { args, options, globals } = invocation;
    const { auto } = options;
    const migrator = await this.migrator(globals);
    const result = await migrator.merge(args, {
      ...this.engineOptions(invocation),
      ...(auto !== undefined && { auto }),
    });
    this.print(globals, {
      document: writtenDocument(result),
      text: () => {
        if (result.file !== undefined) return;
        const [head = 'none'] = result.downRevisions;
        this.context.terminal.say(`Nothing to do: the only head is ${head}.`);
      },
    });
    return 0;
  }

  @Option({
    flags: '--auto',
    description:
      'All heads, if their branches touch other objects; refused where order may matter.',
  })
  auto(): boolean {
    return true;
  }
}
