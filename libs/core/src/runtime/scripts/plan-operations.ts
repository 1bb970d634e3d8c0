import { MigrationError, isMigrationError } from '../../errors/migration-error.js';
import {
  describeOperation,
  isDestructive,
  kindOf,
} from '../../operations/operation-definitions.js';
import type { Operation } from '../../operations/operation.js';
import type { Environment } from '../options/environment.js';
import { executeRevision } from '../running/execute-revision.js';
import type { RevisionTarget, RunPlace } from '../running/execute-revision.js';
import type { PlannedOperation } from '../migrator-results.js';
import { PendingValues } from '../running/pending-values.js';
import { inRevision, redactSql } from '../running/revision-errors.js';
import type { RevisionToRun } from '../running/revision-unit.js';

/** The operations of one direction of a revision, as far as they do not depend on data. */
export interface PlannedRevision {
  readonly operations: readonly PlannedOperation[];
  /** The same as they were called, also those without a statement. */
  readonly called: readonly Operation[];
  /** The query that the rest depends on: its line in the file, where that is known; absent when all is told. */
  readonly stoppedAt?: { readonly line: number | undefined; readonly sql: string };
}

/**
 * Calls a revision's function without a database: nothing is executed. Statements are those for the server, where one is known. At the first `ctx.query` it stops (design D17).
 * @throws MigrationError what the function itself throws, with its revision
 */
export async function planOperations(
  environment: Environment,
  { step, loaded, place }: RevisionToRun,
  server?: RevisionTarget['server'],
): Promise<PlannedRevision> {
  const recorder = new OperationRecorder(environment, loaded.transactional);
  const { operations, called } = recorder;
  try {
    await executeRevision(step, loaded, { ...recorder.target(environment, place), server });
  } catch (error) {
    if (isMigrationError(error) && error.code === 'E6006' && recorder.query !== undefined) {
      const line = error.facts['line'];
      const known = typeof line === 'number' ? line : undefined;
      return { operations, called, stoppedAt: { line: known, sql: recorder.query } };
    }
    throw inRevision({ ...step, advice: 'Nothing was run.' }, error);
  }
  return { operations, called };
}

class OperationRecorder {
  readonly operations: (PlannedOperation & { statements: string[] })[] = [];
  readonly called: Operation[] = [];
  query: string | undefined;
  #last: Operation | undefined;
  #outside = 0;
  readonly #newValues: PendingValues;
  readonly #transactional: boolean;

  constructor(environment: Environment, transactional: boolean) {
    this.#newValues = new PendingValues(environment.dialect());
    this.#transactional = transactional;
  }

  target(environment: Environment, place: RunPlace): RevisionTarget {
    return {
      dialect: environment.dialect(),
      x: environment.x,
      tag: environment.tag,
      namingConvention: environment.namingConvention,
      operations: environment.operations.own,
      timeoutMs: environment.revisionTimeoutMs,
      emit: () => undefined,
      place: { ...place, isOffline: true },
      operation: (operation) => this.called.push(operation),
      statement: async (sql, _parameters, operation) => this.#record(sql, operation),
      outside: async (work) => {
        this.#outside += 1;
        try {
          await work();
        } finally {
          this.#outside -= 1;
        }
      },
      query: async (sql) => {
        this.query = redactSql(sql);
        throw new MigrationError('E6006', { problem: 'ctx.query asks the database' });
      },
    };
  }

  #record(sql: string, operation: Operation): void {
    const usesNewValue = this.#newValues.areUsedBy(sql, [], operation);
    const commitsBefore = usesNewValue || this.#outside > 0;
    if (commitsBefore) this.#newValues.clear();
    if (this.#last === operation) {
      this.operations.at(-1)?.statements.push(redactSql(sql));
      return;
    }
    this.#last = operation;
    if (this.#outside === 0) this.#newValues.add(operation);
    this.operations.push({
      kind: kindOf(operation),
      words: describeOperation(operation),
      statements: [redactSql(sql)],
      destructive: isDestructive(operation),
      leaves: this.#transactional && commitsBefore,
    });
  }
}
