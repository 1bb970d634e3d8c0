import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * The operations of one revision (design D17): run in call order, one after another, whether they are awaited or not. The
 * first failure ends the revision: nothing that was or will be submitted runs any more. Promises of work that failed
 * or did not run stay pending, so that a forgotten `await`, even of a helper of the user's own, never becomes an
 * unhandled rejection; the failure is told once, by {@link OpQueue.failed} and {@link OpQueue.drain}.
 */
export class OpQueue {
  #last: Promise<void> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;
  #closed = false;
  readonly #onLate: () => void;
  #fail: (error: unknown) => void = () => undefined;

  /** Rejects with the first failure; pending as long as there is none. */
  readonly failed: Promise<never>;

  /** @param onLate called for work that is submitted after the queue was drained, which does not run */
  constructor(onLate: () => void = () => undefined) {
    this.#onLate = onLate;
    this.failed = new Promise<never>((_, reject) => {
      this.#fail = reject;
    });
    this.failed.catch(() => undefined);
  }

  /** Appends work; resolves with its result when it has run. */
  submit<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) {
      this.#onLate();
      return new Promise<T>(() => undefined);
    }
    return new Promise<T>((resolve) => {
      this.#last = this.#last.then(() => this.#run(work, resolve));
    });
  }

  /** Ends the queue with an error that came from elsewhere, unless it has failed already. */
  stop(error: unknown): void {
    if (this.#failure !== undefined) return;
    this.#failure = { error };
    this.#fail(error);
  }

  /**
   * Waits until everything has run, also what was submitted meanwhile, then closes the queue.
   * @throws the first failure
   */
  async drain(): Promise<void> {
    let seen: Promise<void>;
    do {
      seen = this.#last;
      await seen;
      // Code that waits for the last operation goes on now, and may submit more.
      await nextTurn();
    } while (seen !== this.#last);
    this.#closed = true;
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async #run<T>(work: () => Promise<T>, resolve: (value: T) => void): Promise<void> {
    if (this.#failure !== undefined) return;
    try {
      resolve(await work());
    } catch (error) {
      this.stop(error);
    }
  }
}

/**
 * Calls a revision's function and waits for all that it submitted.
 * @throws the first failure: of an operation, or of the function itself
 */
export async function runWithQueue(queue: OpQueue, call: () => unknown): Promise<void> {
  // A synchronous throw becomes a rejection like any other.
  const returned = (async () => call())();
  returned.catch((error: unknown) => queue.stop(error));
  await Promise.race([returned, queue.failed]).catch(() => undefined);
  await queue.drain();
}
