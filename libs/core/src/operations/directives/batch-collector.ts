import { MigrationError } from '../../errors/migration-error.js';
import type { BatchAlterTable } from '../batch-operations.js';
import type { BatchedOperation } from '../batch/batched-operation.js';
import { isBatched } from '../batch/batched-operation.js';
import type { ColumnPlace } from '../batch/column-order.js';
import type { Operation } from '../operation.js';

/** Takes the operations of a batch while its function runs. */
export class BatchCollector {
  readonly #operations: BatchedOperation[] = [];
  readonly #places: ColumnPlace[] = [];
  #isClosed = false;

  /** @throws MigrationError E3013 when the function has returned */
  add(operation: Operation): void {
    if (this.#isClosed) throw tooLate();
    if (!isBatched(operation)) throw new TypeError(`a batch cannot hold ${operation.kind}`);
    this.#operations.push(operation);
  }

  place(place: ColumnPlace): void {
    this.#places.push(place);
  }

  close(): void {
    this.#isClosed = true;
  }

  get collected(): Pick<BatchAlterTable, 'operations' | 'places'> {
    const places = this.#places;
    return { operations: this.#operations, ...(places.length > 0 && { places }) };
  }
}

const tooLate = (): MigrationError =>
  new MigrationError('E3013', {
    problem: 'a batch was given a change after its function had returned',
    advice: 'Say every change within the function of op.batchAlterTable.',
  });
