import type { RevisionResult } from '@nest-alembic/core';
import { Option, SubCommand } from 'nest-commander';
import type { ExitCode } from '../parse-and-run.js';
import type { Invocation } from './alembic-sub-command.js';
import type { WritingOptions } from './alembic-writing-command.js';
import { AlembicWritingCommand, writtenDocument } from './alembic-writing-command.js';

interface Options extends WritingOptions {
  readonly autogenerate?: boolean;
  readonly head?: readonly string[];
  readonly allowDestructive?: boolean;
  readonly sql?: boolean;
}

/** `migrate revision [-m MESSAGE] [--autogenerate] [--head TARGET]… [--splice] [--branch-label LABEL]… …`. */
@SubCommand({ name: 'revision', description: 'Write a new revision file.' })
export class AlembicRevisionCommand extends AlembicWritingCommand<Options> {
  protected override async execute(invocation: Invocation<Options>): Promise<ExitCode> {
    const { options, globals } = invocation;
    const { autogenerate, head, allowDestructive, sql } = options;
    const migrator = await this.migrator(globals);
    const result = await migrator.revision({
      ...this.engineOptions(invocation),
      ...(autogenerate !== undefined && { autogenerate }),
      ...(head !== undefined && { head }),
      ...(allowDestructive !== undefined && { allowDestructive }),
      ...(sql !== undefined && { sql }),
    });
    this.print(globals, {
      document: writtenDocument(result),
      text: () => this.#printText(result),
    });
    return result.questions.length > 0 ? 2 : 0;
  }

  #printText({ file, questions, cancelled }: RevisionResult): void {
    const { terminal } = this.context;
    if (questions.length > 0) {
      terminal.say('Nothing was written, because these questions are open:');
      for (const { text } of questions) terminal.say(`  - ${text}`);
    } else if (cancelled) {
      terminal.say('processRevisionDirectives left nothing to write.');
    } else if (file === undefined) {
      terminal.say('No new upgrade operations detected: nothing was written.');
    }
  }

  @Option({ flags: '--autogenerate', description: 'Write the difference of models and database.' })
  autogenerate(): boolean {
    return true;
  }

  @Option({
    flags: '--head <target>',
    description: 'Revision to build on (default: head); may be repeated, which makes a merge.',
  })
  head(value: string, previous: readonly string[] = []): readonly string[] {
    return [...previous, value];
  }

  @Option({
    flags: '--allow-destructive',
    description: 'Also drop tables and columns that the models lack.',
  })
  allowDestructive(): boolean {
    return true;
  }

  @Option({
    flags: '--sql',
    description: 'Without a database; needs the option revisionEnvironment.',
  })
  sql(): boolean {
    return true;
  }
}
