import { SubCommand } from '../commander/commander-parts.js';
import { AlembicBeginCommand } from './alembic-begin-command.js';
import type { Invocation } from './alembic-sub-command.js';
import { programName } from './usage.js';

/** `migrate list-templates`. */
@SubCommand({
  name: 'list-templates',
  aliases: ['list_templates'],
  description: 'Show the templates of init.',
})
export class AlembicListTemplatesCommand extends AlembicBeginCommand {
  protected override async execute({ globals }: Invocation<Record<string, never>>): Promise<0> {
    const { migrator } = await this.beginner(globals);
    const templates = await migrator.listTemplates();
    this.print(globals, {
      document: { templates },
      text: () => {
        const { terminal } = this.context;
        terminal.answer('Available templates:\n');
        for (const { name, description } of templates) terminal.answer(`${name} - ${description}`);
        terminal.say('\nTemplates are used via the init command, such as:');
        terminal.say(`\n  ${programName()} migrate init --template generic ./migrations`);
      },
    });
    return 0;
  }
}
