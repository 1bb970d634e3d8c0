import { MigrationError, isMigrationError } from '../../errors/migration-error.js';
import { shown } from '../directives/place.js';

/** A part of an own operation, such as `compile`, and what it must give. */
export interface OwnPart<T> {
  /** As messages name it: `op.grantRole`. */
  readonly method: string;
  readonly part: string;
  /** Ends the sentence "… must give". */
  readonly expected: string;
  readonly accepts: (answer: unknown) => answer is T;
}

/**
 * Asks code that is not ours, and checks what it gives.
 * @throws MigrationError E3018 when it throws, or gives something else; an error of ours goes through
 */
export function answerOf<T>(asked: OwnPart<T>, ask: () => unknown): T {
  const answer = called(asked, ask);
  if (asked.accepts(answer)) return answer;
  throw faulty(asked.method, {
    problem: `"${asked.part}" of ${asked.method} gives ${shown(answer)}, but must give ${asked.expected}`,
    part: asked.part,
  });
}

function called({ method, part }: OwnPart<unknown>, ask: () => unknown): unknown {
  try {
    return ask();
  } catch (error) {
    if (isMigrationError(error)) throw error;
    const text = error instanceof Error ? error.message : String(error);
    throw faulty(method, { problem: `"${part}" of ${method} threw: ${text}`, part, cause: error });
  }
}

/** E3018: an own operation is not as it must be. */
export function faulty(
  method: string,
  fault: { readonly problem: string; readonly part: string; readonly cause?: unknown },
): MigrationError {
  return new MigrationError('E3018', {
    problem: fault.problem,
    advice: `Correct it where ${method} is defined.`,
    facts: { method, part: fault.part },
    cause: fault.cause,
  });
}
