import type { Dialect } from '../dialects/common/dialect.js';
import { newValuesOf } from '../operations/new-values.js';
import { transactionClassOf } from '../operations/operation-definitions.js';
import type { Operation } from '../operations/operation.js';

/**
 * Values that were added to types in the open transaction. The server lets a transaction add them, and refuses to use them
 * before its COMMIT; so it is committed when a later statement names one, and only then.
 */
export class PendingValues {
  readonly #dialect: Dialect;
  #values: readonly string[] = [];

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  /** Notes what an operation has added. */
  add(operation: Operation): void {
    const added = this.#addedBy(operation);
    if (added.length > 0) this.#values = [...this.#values, ...added];
  }

  /** Whether a statement can only run after a commit. One that adds a value itself may name another as its neighbour. */
  areUsedBy(sql: string, parameters: readonly unknown[] = [], operation?: Operation): boolean {
    if (this.#values.length === 0) return false;
    if (operation !== undefined && this.#addedBy(operation).length > 0) return false;
    const { literal } = this.#dialect.quoting;
    return this.#values.some((value) => sql.includes(literal(value)) || parameters.includes(value));
  }

  /** The transaction was committed. */
  clear(): void {
    this.#values = [];
  }

  #addedBy(operation: Operation): readonly string[] {
    const isAdding = transactionClassOf(operation, this.#dialect.capabilities) === 'needsCommit';
    return isAdding ? newValuesOf(operation) : [];
  }
}
