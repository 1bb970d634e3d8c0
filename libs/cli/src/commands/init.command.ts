import { Option, SubCommand } from '../commander/commander-parts.js';
import { AlembicBeginCommand } from './alembic-begin-command.js';
import type { Invocation } from './alembic-sub-command.js';

interface Options {
  readonly template?: string;
}

/** `migrate init [directory] [-t TEMPLATE]`. */
@SubCommand({
  name: 'init',
  arguments: '[directory]',
  argsDescription: { directory: 'Folder to make, if not the one of the module options.' },
  description: 'Make the migrations folder and show what to add to the app.',
})
export class AlembicInitCommand extends AlembicBeginCommand<Options> {
  protected override async execute({ args, options, globals }: Invocation<Options>): Promise<0> {
    const [directory] = args;
    const { migrator, imported } = await this.beginner(globals);
    const result = await migrator.init({
      ...options,
      imported,
      ...(directory !== undefined && { directory }),
    });
    this.print(globals, {
      document: result,
      text: () => {
        this.context.terminal.say(`\n${result.next}`);
      },
    });
    return 0;
  }

  @Option({
    flags: '-t, --template <name>',
    description: 'Template of the folder: generic, or multidb for several databases.',
  })
  template(value: string): string {
    return value;
  }
}
