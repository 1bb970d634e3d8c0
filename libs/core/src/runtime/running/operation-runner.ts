import { isMigrationError, MigrationError } from '../../errors/migration-error.js';
import type { TableRebuild } from '../../dialects/common/table-rebuild.js';
import { operationsIn } from '../../operations/batch-operations.js';
import { PendingBatches } from '../../operations/batch/pending-batches.js';
import type { Operation } from '../../operations/operation.js';

/** Runs one operation, called at a line. */
export type RunOperation = (operation: Operation, line: LineOf) => Promise<void>;

/** The line of the call that an operation came from. */
export type LineOf = () => number | undefined;

/**
 * Runs the operations of a revision in call order; where tables are made anew, those of one table wait for each other, until something comes
 * that could see the difference.
 */
export class OperationRunner {
  readonly #run: RunOperation;
  readonly #pending: PendingBatches | undefined;
  readonly #lines = new WeakMap<object, LineOf>();

  /** @param rebuild absent where ALTER TABLE does everything: then nothing waits */
  constructor(run: RunOperation, rebuild: TableRebuild | undefined) {
    this.#run = run;
    this.#pending = rebuild && new PendingBatches((one) => rebuild.needs(one) !== 'alter');
  }

  /** Takes the next operation; it has run when the promise resolves, or it will before anything that could tell. */
  async take(operation: Operation, line: LineOf): Promise<void> {
    if (this.#pending === undefined) return this.#run(operation, line);
    for (const one of [operation, ...operationsIn(operation)]) this.#lines.set(one, line);
    for (const ready of this.#pending.take(operation)) await this.#runOne(ready);
  }

  /** Runs what waits. */
  async flush(): Promise<void> {
    for (const ready of this.#pending?.flush() ?? []) await this.#runOne(ready);
  }

  /** What fails later than it was called still names its own line. */
  async #runOne(operation: Operation): Promise<void> {
    const known = [operation, ...operationsIn(operation)].find((one) => this.#lines.has(one));
    const line = (): number | undefined => known && this.#lines.get(known)?.();
    try {
      await this.#run(operation, line);
    } catch (error) {
      throw withLine(error, line());
    }
  }
}

/** The error with the line of a revision; one that has a line keeps it. */
export function withLine(error: unknown, line: number | undefined): unknown {
  if (line === undefined || !isMigrationError(error)) return error;
  const { code, problem, advice, facts, cause } = error;
  if (facts['line'] !== undefined) return error;
  const init = { problem, facts: { ...facts, line }, cause };
  return new MigrationError(code, advice === undefined ? init : { ...init, advice });
}
