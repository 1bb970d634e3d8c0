import { AsyncLocalStorage } from 'node:async_hooks';
import { performance } from 'node:perf_hooks';
import { MigrationError } from '../errors/migration-error.js';
import type { Dialect } from '../dialects/common/dialect.js';
import type { Ask } from '../dialects/common/table-rebuild.js';
import type { BoundStatement } from '../dialects/common/parameters.js';
import type { MigrationStep, Step } from '../graph/step.js';
import type { NamingConvention } from '../operations/naming-convention.js';
import type { ObjectEffect } from '../operations/object-effect.js';
import { effectsOf, kindOf, transactionClassOf } from '../operations/operation-definitions.js';
import type { Operation, OperationOf } from '../operations/operation.js';
import type { RevisionContext } from '../operations/operations-api.js';
import { displayName } from '../schema/object-name.js';
import type { OwnDefinition } from '../operations/own/own-operation.js';
import { runBatch } from './batch-statements.js';
import type { Emit } from './emit-event.js';
import type { MigrationEvent } from './events.js';
import { withoutProcessExit } from '../revisions/guard-process-exit.js';
import type { KnownTables } from './known-tables.js';
import { OpQueue, runWithQueue } from './op-queue.js';
import { OperationRunner, withLine } from './operation-runner.js';
import type { LineOf } from './operation-runner.js';
import { operationsOf } from './revision-operations.js';
import { redactSql, statementFailed } from './revision-errors.js';
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
  const runner = new OperationRunner(async (operation) => {
    await runOperation(operation, loaded, { step, target, isOutside: outside > 0 });
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
        await runWithQueue(queue, call);
        await runner.flush();
      }),
  );
  return effects;
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
  { step, target, isOutside }: OperationPlace,
): Promise<void> {
  const way = operation.kind === 'batchAlterTable' ? wayOfBatches(target.dialect) : 'statements';
  if (operation.kind === 'batchAlterTable' && way === 'inPlace')
    return runInPlace(operation, loaded, { step, target, isOutside });
  target.operation?.(operation);
  if (operation.kind === 'batchAlterTable' && way === 'newTable')
    return runTableBatch(operation, loaded, { step, target, isOutside });
  return runCompiled(operation, loaded, { step, target });
}

/** How a batch is made: by a new table where it needs one, by the statements of all of it, or by each of its operations. */
function wayOfBatches({ tableRebuild, capabilities }: Dialect) {
  if (tableRebuild) return 'newTable';
  return capabilities.altersAtOnce ? 'statements' : 'inPlace';
}

async function runCompiled(
  operation: Operation,
  loaded: LoadedRevision,
  { step, target }: Omit<OperationPlace, 'isOutside'>,
): Promise<void> {
  const statements = statementsOf(operation, target);
  if (loaded.transactional) {
    const caller = `op.${kindOf(operation)} was`;
    for (const { sql } of statements) refuseTransactionControl(sql, caller, target.dialect);
  }
  const leaves = loaded.transactional && hasToLeave(operation, statements, target.dialect);
  const run = (): Promise<void> => runStatements({ operation, statements, step }, target);
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
  { step, target, isOutside }: OperationPlace,
): Promise<void> {
  const isAlone = isOutside || !transactional;
  await runBatch(operation, target, async (statements, isWhole) => {
    const all = isAlone && isWhole ? atOnce(statements, target.dialect) : statements;
    await runStatements({ operation, statements: plain(all), step }, target);
  });
  target.known?.after(operation);
}

interface OperationPlace {
  readonly step: MigrationStep;
  readonly target: RevisionTarget;
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

interface CompiledOperation {
  readonly operation: Operation;
  readonly statements: readonly BoundStatement[];
  readonly step: MigrationStep;
}

async function runStatements(
  { operation, statements, step }: CompiledOperation,
  target: RevisionTarget,
): Promise<void> {
  for (const { sql, parameters } of statements) {
    const started = performance.now();
    try {
      await target.statement(sql, parameters, operation);
    } catch (error) {
      if (error instanceof MigrationError) throw error;
      throw refusedRebuild(operation, error, target) ?? failed(sql, error, target.dialect);
    }
    const durationMs = performance.now() - started;
    target.emit(statementExecuted(step, sql, durationMs));
  }
}

/** What a check of a new table says reads better without the statement that it stands in. */
function refusedRebuild(
  operation: Operation,
  error: unknown,
  { dialect }: RevisionTarget,
): MigrationError | undefined {
  const words = dialect.tableRebuild?.refusal(error);
  if (words === undefined || operation.kind !== 'batchAlterTable') return undefined;
  const table = displayName(operation.table);
  return new MigrationError('E6003', {
    problem: `table "${table}" was not made anew: ${words}`,
    facts: { table },
    cause: error,
  });
}

/** Most listeners do not look at the text, and hiding what is secret in it takes longer than all else of the event. */
function statementExecuted(step: MigrationStep, sql: string, durationMs: number): MigrationEvent {
  return {
    type: 'statementExecuted',
    revision: step.revision.id,
    get sql() {
      return redactSql(sql);
    },
    durationMs,
  };
}

/** What only a commit helps against says so. */
function failed(sql: string, error: unknown, { session }: Dialect): MigrationError {
  const told = statementFailed(sql, error);
  const advice = adviceOf(error, session);
  if (advice === undefined) return told;
  const { code, problem, facts, cause } = told;
  return new MigrationError(code, { problem, facts, cause, advice });
}

function adviceOf(error: unknown, session: Dialect['session']): string | undefined {
  const kind = session.errorKind(error);
  if (kind !== 'outsideOnly' && kind !== 'newValue') return session.adviceFor?.(error);
  const what = kind === 'newValue' ? 'the operation that adds the value' : 'it';
  return `Put op.autocommitBlock around ${what}: what came before is then committed first.`;
}

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
