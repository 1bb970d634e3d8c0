import { AsyncLocalStorage } from 'node:async_hooks';
import { MigrationError, isMigrationError } from '../../errors/migration-error.js';
import type { Dialect } from '../../dialects/common/dialect.js';
import type { Ask } from '../../dialects/common/table-rebuild.js';
import type { BoundStatement } from '../../dialects/common/parameters.js';
import type { MigrationStep, Step } from '../../graph/step.js';
import type { NamingConvention } from '../../operations/naming-convention.js';
import type { ObjectEffect } from '../../operations/object-effect.js';
import { effectsOf, kindOf, transactionClassOf } from '../../operations/operation-definitions.js';
import type { Operation, OperationOf } from '../../operations/operation.js';
import type { RevisionContext } from '../../operations/operations-api.js';
import type { OwnDefinition } from '../../operations/own/own-operation.js';
import { runBatch } from './batch-statements.js';
import type { HeldStatement } from './held-statements.js';
import type { Emit } from '../emit-event.js';
import { withoutProcessExit } from '../../revisions/guard-process-exit.js';
import type { KnownTables } from '../scripts/known-tables.js';
import { OpQueue, runWithQueue } from './op-queue.js';
import { OperationRunner, withLine } from './operation-runner.js';
import type { LineOf } from './operation-runner.js';
import { operationsOf } from './revision-operations.js';
import { redactSql, statementFailed } from './revision-errors.js';
import { runStatements } from './run-statements.js';
import { lineIn } from './revision-line.js';
import type { LoadedRevision } from './revision-function.js';
import type { TimeLimit } from './time-limit.js';
import { stoppedInTime } from './time-limit.js';

/** Where a run as a whole begins and goes, for `ctx`. */
export interface RunPlace {
  readonly isOffline: boolean;
  readonly startingRevisions: readonly string[];
  readonly destinations: readonly string[];
}

/** The place of a run that takes steps. */
export const placeOf = (steps: readonly Step[], isOffline: boolean): RunPlace => ({
  isOffline,
  startingRevisions: steps[0]?.rowsBefore ?? [],
  destinations: steps.at(-1)?.rowsAfter ?? [],
});

/** What a revision's function runs against: a database, or a script. */
export interface RevisionTarget {
  readonly dialect: Dialect;
  readonly x: Readonly<Record<string, string>>;
  readonly tag: string | undefined;
  /** @default that of a run that takes this step alone, on a database */
  readonly place?: RunPlace | undefined;
  readonly emit: Emit;
  /** How long the function may take, in milliseconds; 0 for any time. */
  readonly timeoutMs: number;
  /** Told of each operation before it runs. */
  readonly operation?: (operation: Operation) => void;
  /** The server that runs it; absent for a script, which is for the newest. */
  readonly server?: { readonly version: string } | undefined;
  /** Names of constraints and indexes (OP-04). */
  readonly namingConvention: NamingConvention | undefined;
  /** Operations of the app's own. */
  readonly operations: readonly OwnDefinition[];
  /** The connection takes parameters beside the text (OP-37). */
  readonly binds?: true;
  /** Asks the database for the engine itself; absent where there is none. */
  readonly look?: Ask;
  /** What a script knows of its tables; absent for what is not written as one. */
  readonly known?: KnownTables;
  /**
   * Waits for the right to act on the database.
   * @default at once
   */
  ready?(): Promise<void> | undefined;
  /**
   * Keeps a statement back until something can see the difference: it fails later than it was called, and says so by
   * itself. @returns false for one that is to be run at once
   * @default nothing is held back
   */
  hold?(statement: HeldStatement, operation: Operation): Promise<boolean>;
  /** Sends what is held back. @throws what the statement that failed tells */
  flush?(): Promise<void>;
  /** Runs one statement of an operation. */
  statement(
    sql: string,
    parameters: readonly unknown[] | undefined,
    operation: Operation,
  ): Promise<void>;
  /** Runs work whose statements are committed one by one. */
  outside(work: () => Promise<void>): Promise<void>;
  /** Answers `ctx.query`; called when the operations before it have run. */
  query(sql: string, parameters: readonly unknown[]): Promise<readonly object[]>;
}

/**
 * Calls one direction of a revision and runs all its operations in call order (design D17).
 * @returns what they made, dropped and renamed, for the log
 * @throws MigrationError E2005 for process.exit(), E6012 after its time, E6003 with the statement, E6007 for transaction control in a revision's SQL, and whatever the function throws
 */
export async function executeRevision(
  step: MigrationStep,
  loaded: LoadedRevision,
  target: RevisionTarget,
): Promise<readonly ObjectEffect[]> {
  const effects: ObjectEffect[] = [];
  const queue = new OpQueue(() => target.emit({ type: 'warning', message: lateMessage(step) }));
  const calls = new RevisionCalls(step.revision.file, queue);
  let outside = 0;
  const runner = new OperationRunner(async (operation, line) => {
    await runOperation(operation, loaded, { step, target, line, isOutside: outside > 0 });
    effects.push(...effectsOf(operation));
  }, target.dialect.tableRebuild);
  const operations = operationsOf(target, {
    submit: (operation) => calls.submit((line) => runner.take(operation, line)),
    autocommitBlock: (body) =>
      calls.submit(async () => {
        await runner.flush();
        outside += 1;
        await target.outside(async () => {
          await calls.runBlock(body);
          await runner.flush();
        });
        outside -= 1;
      }),
    refused: (error) => calls.stop(error),
  });
  const context = contextOf({ step, loaded, calls, runner }, target);
  const call = () => loaded.run(operations, context);
  await stoppedInTime(
    limitOf(step, target),
    (error) => queue.stop(error),
    () =>
      withoutProcessExit(exitStops(step, queue), async () => {
        await soFarFirst(target, async () => {
          await runWithQueue(queue, call);
          await runner.flush();
        });
        // What may take only so long has to be known to have run in time.
        if (target.timeoutMs > 0) {
          await target.flush?.();
          await queue.drain();
        }
      }),
  );
  return effects;
}

/** What fails among the statements that are held back came first: it is told, as if it had been sent when it was called. */
async function soFarFirst(target: RevisionTarget, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const isStopped = isMigrationError(error) && ['E2005', 'E6012'].includes(error.code);
    if (!isStopped) await target.flush?.();
    throw error;
  }
}

const limitOf = ({ direction, revision }: MigrationStep, target: RevisionTarget): TimeLimit => ({
  milliseconds: target.timeoutMs,
  what: direction,
  facts: { file: revision.file },
});

/** `process.exit()` would end the process with an open transaction and the lock held, and look like success (B033). */
function exitStops({ direction }: MigrationStep, queue: OpQueue): (code: unknown) => Error {
  return (code) => {
    const error = new MigrationError('E2005', {
      problem: `${direction} calls process.exit(${code === undefined ? '' : String(code)})`,
      advice: 'Take it out; to stop, throw an error. Nothing of this revision was kept.',
    });
    queue.stop(error);
    return error;
  };
}

const lateMessage = (step: MigrationStep): string =>
  `revision "${step.revision.id}" called op or ctx after its ${step.direction}() had returned; that call was not run. Await what makes it.`;

/** Submits the calls of a revision, and puts the line of the call on what fails. */
class RevisionCalls {
  readonly #file: string | undefined;
  readonly #outermost: OpQueue;
  /** The block that a call stands in, wherever it is awaited. */
  readonly #block = new AsyncLocalStorage<OpQueue>();

  constructor(file: string | undefined, queue: OpQueue) {
    this.#file = file;
    this.#outermost = queue;
  }

  /** Runs the body of a block as a queue of its own: the one around it waits for it. */
  async runBlock(body: () => unknown): Promise<void> {
    const queue = new OpQueue(() => undefined);
    this.#queue.failed.catch((error: unknown) => queue.stop(error));
    await this.#block.run(queue, () => runWithQueue(queue, body));
  }

  get #queue(): OpQueue {
    return this.#block.getStore() ?? this.#outermost;
  }

  submit<T>(work: (line: LineOf) => Promise<T>): Promise<T> {
    // The stack of now has the revision's line; when the queue gets there, it is gone.
    const place = new Error('called here');
    const line = () => lineIn(this.#file, place.stack);
    return this.#queue.submit(async () => {
      try {
        return await work(line);
      } catch (error) {
        throw withLine(error, line());
      }
    });
  }

  /** Ends the revision, or the block that the call stands in. */
  stop(error: unknown): void {
    this.#queue.stop(error);
  }
}

async function runOperation(
  operation: Operation,
  loaded: LoadedRevision,
  place: OperationPlace,
): Promise<void> {
  const { target } = place;
  const way = operation.kind === 'batchAlterTable' ? wayOfBatches(target.dialect) : 'statements';
  if (operation.kind === 'batchAlterTable' && way === 'inPlace')
    return runInPlace(operation, loaded, place);
  target.operation?.(operation);
  if (operation.kind === 'batchAlterTable' && way === 'newTable')
    return runTableBatch(operation, loaded, place);
  return runCompiled(operation, loaded, place);
}

/** How a batch is made: by a new table where it needs one, by the statements of all of it, or by each of its operations. */
function wayOfBatches({ tableRebuild, capabilities }: Dialect) {
  if (tableRebuild) return 'newTable';
  return capabilities.altersAtOnce ? 'statements' : 'inPlace';
}

async function runCompiled(
  operation: Operation,
  loaded: LoadedRevision,
  place: OperationPlace,
): Promise<void> {
  const { target } = place;
  const statements = statementsOf(operation, target);
  if (loaded.transactional) {
    const caller = `op.${kindOf(operation)} was`;
    for (const { sql } of statements) refuseTransactionControl(sql, caller, target.dialect);
  }
  const leaves = loaded.transactional && hasToLeave(operation, statements, target.dialect);
  const run = (): Promise<void> => runStatements({ ...place, operation, statements });
  await (leaves ? target.outside(run) : run());
  target.known?.after(operation);
}

/** Where ALTER TABLE does everything, a batch is its operations, each with what it needs by itself (BATCH-07). */
async function runInPlace(
  batch: OperationOf<'batchAlterTable'>,
  loaded: LoadedRevision,
  place: OperationPlace,
): Promise<void> {
  // What only a new table can do is refused before anything runs.
  statementsOf(batch, place.target);
  for (const operation of batch.operations) await runOperation(operation, loaded, place);
}

async function runTableBatch(
  operation: OperationOf<'batchAlterTable'>,
  { transactional }: LoadedRevision,
  place: OperationPlace,
): Promise<void> {
  const { target, isOutside } = place;
  const isAlone = isOutside || !transactional;
  await runBatch(operation, target, async (statements, isWhole) => {
    const all = isAlone && isWhole ? atOnce(statements, target.dialect) : statements;
    await runStatements({ ...place, operation, statements: plain(all) });
  });
  target.known?.after(operation);
}

interface OperationPlace {
  readonly step: MigrationStep;
  readonly target: RevisionTarget;
  /** Of the call. */
  readonly line: LineOf;
  /** In a block that commits each statement. */
  readonly isOutside: boolean;
}

const plain = (statements: readonly string[]): readonly BoundStatement[] =>
  statements.map((sql) => ({ sql, parameters: [] }));

/** A table is never left half made: where each statement commits by itself, those of a new table get a transaction of their own. */
function atOnce(statements: readonly string[], { session }: Dialect): readonly string[] {
  if (statements.length < 2) return statements;
  return [session.beginStatement, ...statements, session.commitStatement];
}

/** By its kind, or because the database would commit what came before (`op.execute` with a change of the schema). */
const hasToLeave = (
  operation: Operation,
  statements: readonly BoundStatement[],
  { capabilities, session }: Dialect,
): boolean =>
  transactionClassOf(operation, capabilities) === 'autocommit' ||
  statements.some(({ sql }) => session.commitsImplicitly?.(sql) ?? false);

function statementsOf(
  operation: Operation,
  { dialect, binds, server }: RevisionTarget,
): readonly BoundStatement[] {
  if (operation.kind === 'execute' && operation.parameters && binds) return dialect.bind(operation);
  return plain(dialect.compile(operation, server));
}

/** Found in the text it costs nothing; where it hides from us, the check at the end of the transaction finds it. */
function refuseTransactionControl(sql: string, caller: string, dialect: Dialect): void {
  const statement = dialect.session.transactionControl(sql);
  if (statement === undefined) return;
  throw new MigrationError('E6007', {
    problem: `${caller} given transaction control: ${redactSql(statement)}`,
    advice:
      "Each revision runs in a transaction of the engine's own, so take it out; or export `transaction = 'none'` from a revision that must commit by itself.",
    facts: { statement: redactSql(statement) },
  });
}

interface CalledRevision {
  readonly step: MigrationStep;
  readonly loaded: LoadedRevision;
  readonly calls: RevisionCalls;
  readonly runner: OperationRunner;
}

function contextOf(
  { step, loaded, calls, runner }: CalledRevision,
  target: RevisionTarget,
): RevisionContext {
  return Object.freeze({
    revision: step.revision.id,
    direction: step.direction,
    dialect: target.dialect.name,
    x: target.x,
    tag: target.tag,
    ...(target.place ?? placeOf([step], false)),
    query: <Row extends object>(sql: string, parameters: readonly unknown[] = []) =>
      calls.submit(async () => {
        if (loaded.transactional) refuseTransactionControl(sql, 'ctx.query was', target.dialect);
        await runner.flush();
        try {
          return (await target.query(sql, parameters)) as readonly Row[];
        } catch (error) {
          throw error instanceof MigrationError ? error : statementFailed(sql, error);
        }
      }),
  });
}
