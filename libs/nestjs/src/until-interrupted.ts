/** Signals that ask a process to end; what waits for a lock obeys at once. */
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * Runs something with a signal that is aborted when the process is asked to end. The first signal only aborts; a second
 * one ends the process as if nobody listened.
 *
 * @param onInterrupt hears of the first signal, to say what happens now
 *
 * @internal shared with `@nest-alembic/cli`
 */
export async function untilInterrupted<Result>(
  run: (signal: AbortSignal) => Promise<Result>,
  onInterrupt: (name: NodeJS.Signals) => void = () => undefined,
): Promise<Result> {
  const controller = new AbortController();
  const interrupt = (name: NodeJS.Signals): void => {
    stopListening();
    onInterrupt(name);
    controller.abort(new Error(`interrupted by ${name}`));
  };
  const stopListening = (): void => SIGNALS.forEach((name) => process.off(name, interrupt));
  SIGNALS.forEach((name) => process.on(name, interrupt));
  try {
    return await run(controller.signal);
  } finally {
    stopListening();
  }
}
