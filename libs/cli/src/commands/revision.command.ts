import type { RevisionResult } from '@nest-alembic/core';
import { Option, SubCommand } from '../commander/commander-parts.js';
import { describeQuestion } from '../output/describe-question.js';
import type { ExitCode } from '../parse-and-run.js';
import type { Invocation } from './alembic-sub-command.js';
import { askUntilSettled } from './ask-questions.js';
import { readAnswersFile } from './read-answers-file.js';
import type { WritingOptions } from './alembic-writing-command.js';
import { AlembicWritingCommand, writtenDocument } from './alembic-writing-command.js';

interface Options extends WritingOptions {
  readonly autogenerate?: boolean;
  readonly head?: readonly string[];
  readonly allowDestructive?: boolean;
  readonly answers?: string;
  readonly rename?: readonly string[];
  readonly sql?: boolean;
}

/** `migrate revision [-m MESSAGE] [--autogenerate] [--head TARGET]… [--splice] [--branch-label LABEL]… …`. */
@SubCommand({ name: 'revision', description: 'Write a new revision file.' })
export class AlembicRevisionCommand extends AlembicWritingCommand<Options> {
  protected override async execute(invocation: Invocation<Options>): Promise<ExitCode> {
    const { options, globals } = invocation;
    const { autogenerate, head, allowDestructive, rename, sql } = options;
    const given = options.answers === undefined ? {} : readAnswersFile(options.answers);
    const migrator = await this.migrator(globals);
    const write = (answers: Readonly<Record<string, string>>): Promise<RevisionResult> =>
      migrator.revision({
        ...this.engineOptions(invocation),
        ...(autogenerate !== undefined && { autogenerate }),
        ...(head !== undefined && { head }),
        ...(allowDestructive !== undefined && { allowDestructive }),
        ...(rename !== undefined && { renames: isNone(rename) ? 'none' : rename }),
        ...(Object.keys(answers).length > 0 && { answers }),
        ...(sql !== undefined && { sql }),
      });
    const result = globals.json
      ? await write(given)
      : await askUntilSettled(this.terminal, given, write);
    this.print(globals, {
      document: writtenDocument(result),
      text: () => this.#printText(result),
    });
    return result.questions.length > 0 ? 2 : 0;
  }

  #printText({ rowsInTheWay = [], ...result }: RevisionResult): void {
    const { terminal } = this.context;
    this.#printOutcome(result);
    if (rowsInTheWay.length === 0) return;
    terminal.say('Rows of this database are in the way; see to them, in the revision or before:');
    for (const { text, rows, sql } of rowsInTheWay) {
      terminal.say(`  - ${text} (${rows})\n    ${sql}`);
    }
  }

  #printOutcome({ file, questions, cancelled }: RevisionResult): void {
    const { terminal } = this.context;
    if (questions.length > 0) {
      terminal.say('Nothing was written, because these questions are open:');
      for (const question of questions) terminal.say(describeQuestion(question));
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
    description: 'Also write what can lose data: drops of tables and columns, narrower types.',
  })
  allowDestructive(): boolean {
    return true;
  }

  @Option({
    flags: '--answers <file>',
    description: 'JSON file that answers the questions, by the ids that --json lists.',
  })
  answers(value: string): string {
    return value;
  }

  @Option({
    flags: '--rename <names>',
    description:
      'What was renamed: account.email:address, table:a:b, enum:a:b, label:mood.a:b; may be repeated. none: nothing was.',
  })
  rename(value: string, previous: readonly string[] = []): readonly string[] {
    return [...previous, value];
  }

  @Option({
    flags: '--sql',
    description: 'Without a database; needs the option revisionEnvironment.',
  })
  sql(): boolean {
    return true;
  }
}

const isNone = (renames: readonly string[]): boolean => renames.every((one) => one === 'none');
