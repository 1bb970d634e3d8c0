import { performance } from 'node:perf_hooks';

/** The right of a unit of work to act on the database: what is called ahead waits for it, everything else has it from the start. */
export class Turn {
  /** Of {@link performance.now}, in milliseconds; undefined before. */
  #cameAt: number | undefined;
  #resolve: () => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;
  readonly #came: Promise<void>;

  constructor() {
    this.#came = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#came.catch(() => undefined);
  }

  /** A turn that has come. */
  static now(): Turn {
    const turn = new Turn();
    turn.come();
    return turn;
  }

  /** Undefined where nothing has to be waited for. @throws CalledOff when it never comes */
  wait(): Promise<void> | undefined {
    return this.#cameAt === undefined ? this.#came : undefined;
  }

  /** Those who wait go on. */
  come(): void {
    this.#cameAt ??= performance.now();
    this.#resolve();
  }

  /** Those who wait end: nothing that they do is wanted. */
  callOff(): void {
    this.#reject(new CalledOff());
  }

  /** Milliseconds since a beginning, or since the turn came. */
  msSince(started: number): number {
    return performance.now() - Math.max(started, this.#cameAt ?? started);
  }
}

/** What was called ahead is not to run. */
export class CalledOff extends Error {
  override readonly name = 'CalledOff';
}
