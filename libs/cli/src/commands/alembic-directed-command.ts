import { MigrationError } from '@nest-alembic/core';
import type { MigrateOptions, Migrator, PlanOptions, PlanResult } from '@nest-alembic/core';
import { Option } from '../commander/commander-parts.js';
import { planDocument } from '../output/documents.js';
import { formatPlan } from '../output/format-plan.js';
import { AlembicMovingCommand } from './alembic-moving-command.js';
import type { MovingOptions } from './alembic-moving-command.js';
import type { ExitCode } from '../parse-and-run.js';
import type { Invocation } from './alembic-sub-command.js';

/** Options of `upgrade` and `downgrade`. */
export interface DirectedOptions extends MovingOptions {
  readonly dryRun?: boolean;
  readonly checkData?: boolean;
  readonly idempotent?: boolean;
  readonly transaction?: 'revision' | 'run';
}

/** Base of `upgrade` and `downgrade`. */
export abstract class AlembicDirectedCommand extends AlembicMovingCommand<DirectedOptions> {
  /** Which of the two it is. */
  protected abstract readonly direction: 'upgrade' | 'downgrade';

  protected override async execute(invocation: Invocation<DirectedOptions>): Promise<ExitCode> {
    const { args, options } = invocation;
    const target = args[0] ?? '';
    if (options.dryRun && options.sql) throw eitherOr();
    if (options.dryRun) return this.showPlan(invocation, target, this.direction);
    const own: Partial<MigrateOptions> = {
      ...perRevision(options),
      ...(options.idempotent && { idempotent: true }),
    };
    return this.move(invocation, (migrator, given) =>
      this.#run(migrator, target, { ...given, ...own }),
    );
  }

  #run(migrator: Migrator, target: string, options: MigrateOptions) {
    return this.direction === 'upgrade'
      ? migrator.upgrade(target, options)
      : migrator.downgrade(target, options);
  }

  /** Prints what a run would do. */
  protected async showPlan(
    { options, globals }: Invocation<DirectedOptions>,
    target: string | undefined,
    direction: PlanOptions['direction'] & string,
  ): Promise<ExitCode> {
    const migrator = await this.migrator(globals);
    const { tag, checkData = false } = options;
    const plan = await migrator.plan(target, {
      direction,
      ...perRevision(options),
      checkData,
      ...(tag !== undefined && { tag }),
    });
    const { terminal } = this.context;
    this.print(globals, {
      document: planDocument(plan),
      text: () => {
        const text = formatPlan(plan, terminal.style);
        if (text !== '') terminal.answer(text);
        terminal.say(placeOf(plan, target?.includes(':') === true));
        if (plan.fitsData)
          terminal.say(terminal.style.success('No row of the database is in the way.'));
      },
    });
    return plan.fitsData === false ? 2 : 0;
  }

  @Option({ flags: '--tag <word>', description: 'A word for the revisions, as ctx.tag.' })
  tag(value: string): string {
    return value;
  }

  @Option({
    flags: '--transaction <scope>',
    choices: ['revision', 'run'],
    description: 'One transaction for each revision, or for the whole run.',
  })
  transaction(value: string): string {
    return value;
  }
}

const perRevision = ({ transaction }: DirectedOptions) =>
  transaction === undefined ? {} : { transactionPerRevision: transaction === 'revision' };

/** Where the database is, and would be; of a range nobody has asked. */
function placeOf({ steps, rowsBefore, rowsAfter }: PlanResult, isRange: boolean): string {
  const [now, then] = [rowsBefore, rowsAfter].map((rows) => rows.join(', ') || 'base');
  if (isRange)
    return `Nothing was run, and no database was asked: this leads from ${now} to ${then}.`;
  return steps.length === 0
    ? `Nothing to do: the database is at ${now}.`
    : `Nothing was run. The database is at ${now}; it would be at ${then}.`;
}

const eitherOr = (): MigrationError =>
  new MigrationError('E7007', {
    problem: '--sql writes a script, and --dry-run shows a plan',
    advice: 'Leave out one of them.',
  });
