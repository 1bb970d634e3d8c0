import { SubCommand } from '../commander/commander-parts.js';
import { revisionsDocument } from '../output/documents.js';
import { formatBlock } from '../output/format-revision.js';
import { AT_BASE, NO_REVISIONS } from '../output/no-revisions.js';
import { AlembicSubCommand } from './alembic-sub-command.js';
import type { Invocation } from './alembic-sub-command.js';

/** `migrate show REVISION`; needs no database unless it is `current`. */
@SubCommand({
  name: 'show',
  arguments: '<revision>',
  argsDescription: {
    revision: 'A revision id or its beginning, head, heads, a branch label, current.',
  },
  description: 'Show one revision in full.',
})
export class AlembicShowCommand extends AlembicSubCommand {
  protected override async execute({ args, globals }: Invocation<object>): Promise<0> {
    const { terminal } = this.context;
    const migrator = await this.migrator(globals);
    const [target = ''] = args;
    const revisions = await migrator.show(target);
    this.print(globals, {
      document: revisionsDocument(revisions),
      text: () => {
        if (revisions.length === 0 && /^heads?$/.test(target)) terminal.talk(NO_REVISIONS);
        if (revisions.length === 0 && target === 'current') terminal.talk(AT_BASE);
        revisions.forEach((one) => terminal.answer(formatBlock(one, terminal.style)));
      },
    });
    return 0;
  }
}
