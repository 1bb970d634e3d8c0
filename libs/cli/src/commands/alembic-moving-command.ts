import type { MigrateOptions, MigrateResult, Migrator } from '@nest-alembic/core';
import { untilInterrupted } from '@nest-alembic/nestjs';
import { AlembicSubCommand } from './alembic-sub-command.js';
import type { Invocation } from './alembic-sub-command.js';
import { moveDocument } from '../output/documents.js';

/** Options of the commands that change where a database is. */
export interface MovingOptions {
  readonly sql?: boolean;
  readonly tag?: string;
}

/** Base of `upgrade`, `downgrade`, `redo` and `stamp`. */
export abstract class AlembicMovingCommand<
  Options extends MovingOptions = MovingOptions,
> extends AlembicSubCommand<Options> {
  /**
   * Runs one move and prints where the database is then, or the script. Ctrl+C stops between two revisions.
   * @param writes true for a move that writes even where it has no step
   */
  protected async move(
    { options, globals }: Invocation<Options>,
    run: (migrator: Migrator, options: MigrateOptions) => Promise<MigrateResult>,
    writes = false,
  ): Promise<0> {
    const migrator = await this.migrator(globals);
    const { sql = false, tag } = options;
    const result = await untilInterrupted(
      (signal) => run(migrator, { sql, signal, ...(tag !== undefined && { tag }) }),
      () => this.context.terminal.talk(INTERRUPTED),
    );
    const isDone = writes || result.steps.length > 0 || result.settled !== undefined;
    this.print(globals, {
      document: moveDocument(result),
      text: () => this.#printText(result, isDone),
    });
    return 0;
  }

  #printText({ sql, rows, settled }: MigrateResult, isDone: boolean): void {
    const { terminal } = this.context;
    if (sql !== undefined) return terminal.answerRaw(sql);
    const place = rows.map((row) => terminal.style.revision(row)).join(', ') || 'base';
    terminal.say(`${isDone ? 'The' : 'Nothing to do: the'} database is at ${place}.`);
    if (settled !== undefined)
      terminal.say('What was left unfinished counts as settled: its lines in the ledger are gone.');
  }
}

const INTERRUPTED =
  'Stopping: a revision that runs is finished first. Interrupt again to end at once.';
