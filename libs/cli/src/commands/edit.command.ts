import { Option, SubCommand } from '../commander/commander-parts.js';
import { shownPath } from '../output/shown-path.js';
import { AlembicSubCommand } from './alembic-sub-command.js';
import type { Invocation } from './alembic-sub-command.js';

interface Options {
  readonly editor?: string;
}

/** `migrate edit REVISION [--editor PROGRAM]`; needs no database unless it is `current`. */
@SubCommand({
  name: 'edit',
  arguments: '<revision>',
  argsDescription: {
    revision: 'A revision id or its beginning, head, heads, a branch label, current.',
  },
  description: 'Open the file of a revision in $EDITOR or $VISUAL.',
})
export class AlembicEditCommand extends AlembicSubCommand<Options> {
  protected override async execute({ args, options, globals }: Invocation<Options>): Promise<0> {
    const { terminal } = this.context;
    const migrator = await this.migrator(globals);
    const { files } = await migrator.edit(args[0] ?? '', options);
    this.print(globals, {
      document: { files },
      text: () => files.forEach((file) => terminal.say(`edited ${shownPath(file)}`)),
    });
    return 0;
  }

  @Option({ flags: '--editor <program>', description: 'Another editor, such as "code --wait".' })
  editor(value: string): string {
    return value;
  }
}
