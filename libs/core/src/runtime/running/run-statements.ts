import { performance } from 'node:perf_hooks';
import { MigrationError, isMigrationError } from '../../errors/migration-error.js';
import type { Dialect } from '../../dialects/common/dialect.js';
import type { BoundStatement } from '../../dialects/common/parameters.js';
import type { MigrationStep } from '../../graph/step.js';
import type { Operation } from '../../operations/operation.js';
import { describeOperation } from '../../operations/operation-definitions.js';
import { displayName, type ObjectName } from '../../schema/object-name.js';
import type { MigrationEvent } from '../events.js';
import type { RevisionTarget } from './execute-revision.js';
import type { LineOf } from './operation-runner.js';
import { withLine } from './operation-runner.js';
import { redactSql, statementFailed } from './revision-errors.js';

/** What an operation of a revision came to. */
export interface CompiledOperation {
  readonly operation: Operation;
  readonly statements: readonly BoundStatement[];
  readonly step: MigrationStep;
  /** Of the call. */
  readonly line: LineOf;
  readonly target: RevisionTarget;
}

/**
 * Runs the statements of one operation in order, or has them kept back.
 * @throws MigrationError E6003 with the statement, and those of the target
 */
export async function runStatements({
  operation,
  statements,
  step,
  line,
  target,
}: CompiledOperation): Promise<void> {
  for (const { sql, parameters } of statements) {
    const failedWith = (error: unknown): unknown =>
      isMigrationError(error)
        ? error
        : (refusedRebuild(operation, error, target) ??
          failed(sql, error, { operation, session: target.dialect.session }));
    const isHeld =
      mayWait(operation, parameters) &&
      (await target.hold?.(
        {
          sql,
          failed: (error) => withLine(failedWith(error), line()),
          ran: (durationMs, together) =>
            target.emit(statementExecuted(step, sql, { durationMs, together })),
        },
        operation,
      ));
    if (isHeld) continue;
    // To wait for its turn is no time of a statement's.
    await target.ready?.();
    const started = performance.now();
    try {
      await target.statement(sql, parameters, operation);
    } catch (error) {
      throw failedWith(error);
    }
    const durationMs = performance.now() - started;
    target.emit(statementExecuted(step, sql, { durationMs, together: 1 }));
  }
}

/** SQL of the user's own may be anything, and may take long: it is seen by itself, in the server's views and in what is told of it. */
const mayWait = (operation: Operation, parameters: readonly unknown[]): boolean =>
  operation.kind !== 'execute' && parameters.length === 0;

/** A statement that does not say what it is about, such as EXECUTE, with what it is for. */
function withSubject(sql: string, operation: Operation): string {
  const isNamed = !('table' in operation) || sql.includes((operation.table as ObjectName).name);
  return isNamed ? sql : `${sql} (${describeOperation(operation)})`;
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
function statementExecuted(
  step: MigrationStep,
  sql: string,
  { durationMs, together }: { readonly durationMs: number; readonly together: number },
): MigrationEvent {
  return {
    type: 'statementExecuted',
    revision: step.revision.id,
    get sql() {
      return redactSql(sql);
    },
    durationMs,
    together,
  };
}

interface FailedOperation {
  readonly operation: Operation;
  readonly session: Dialect['session'];
}

/** What only a commit helps against says so. */
function failed(sql: string, error: unknown, what: FailedOperation): MigrationError {
  const { operation, session } = what;
  const subject = withSubject(sql, operation);
  const told = statementFailed(subject, error, {
    hint: session.hintFor?.(error),
    leftBehind: session.leftBehind?.(subject),
  });
  const advice = adviceOf(error, what);
  if (advice === undefined) return told;
  const { code, problem, facts, cause } = told;
  return new MigrationError(code, { problem, facts, cause, advice });
}

const ROWS_IN_THE_WAY =
  'Rows are in the way: change them first. "plan --check-data" finds such rows before anything is run.';

function adviceOf(error: unknown, { operation, session }: FailedOperation): string | undefined {
  const kind = session.errorKind(error);
  // What a person says about rows is not foreseen.
  const isForeseen = operation.kind !== 'execute' && operation.kind !== 'bulkInsert';
  if (kind === 'constraint' && isForeseen) return session.adviceFor?.(error) ?? ROWS_IN_THE_WAY;
  if (kind !== 'outsideOnly' && kind !== 'newValue') return session.adviceFor?.(error);
  const what = kind === 'newValue' ? 'the operation that adds the value' : 'it';
  return `Put op.autocommitBlock around ${what}: what came before is then committed first.`;
}
