import { AsyncLocalStorage } from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';

/** Called when guarded code asks for the end of the process. Its error is thrown at the caller. */
type OnExit = (code: unknown) => Error;

const guarded = new AsyncLocalStorage<OnExit>();
let guards = 0;
let realExit: typeof process.exit = process.exit;

/**
 * Runs work that must not end the process: while it runs, `process.exit()` called by it, and by what it started, throws
 * the error of `onExit` instead. Everybody else, such as a signal handler, ends the process as ever. `process.exit` is
 * replaced only meanwhile.
 */
export async function withoutProcessExit<T>(onExit: OnExit, work: () => Promise<T>): Promise<T> {
  return withExitReplaced(() => guarded.run(onExit, work));
}

/**
 * Keeps `process.exit` replaced while work runs, which may be guarded in parts: replacing it for each of a thousand
 * parts takes longer than they do. Outside of those parts it ends the process as ever.
 */
export async function withExitReplaced<T>(work: () => Promise<T>): Promise<T> {
  if (guards++ === 0) {
    realExit = process.exit;
    replaceExit(exitUnlessGuarded);
  }
  try {
    return await work();
  } finally {
    // Someone may have replaced it once more: then it is not ours to put back.
    if (--guards === 0 && process.exit === exitUnlessGuarded) replaceExit(realExit);
  }
}

/** Also for ES modules that say `import { exit } from 'node:process'`. */
function replaceExit(exit: typeof process.exit): void {
  process.exit = exit;
  syncBuiltinESMExports();
}

function exitUnlessGuarded(code?: number | string | null): never {
  const onExit = guarded.getStore();
  if (onExit !== undefined) throw onExit(code);
  return realExit.call(process, code);
}
