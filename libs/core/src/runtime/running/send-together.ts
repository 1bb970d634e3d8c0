import type { Connection, QueryResult } from '../../dialects/common/connection.js';
import type { TogetherTexts } from '../../dialects/common/session.js';
import type { HeldStatement } from './held-statements.js';
import { statementFailed } from './revision-errors.js';

/** A piece of a text: statements of ours, or one of a revision. */
export interface TextPart {
  readonly text: string;
  /** Of a revision. */
  readonly held?: HeldStatement;
}

/** A text that failed, with what is known of where. */
export class TextFailed extends Error {
  override readonly name = 'TextFailed';
  /** Undefined where the server has not said so. */
  readonly part: TextPart | undefined;

  /** @param cause the driver's own error */
  constructor(cause: unknown, part: TextPart | undefined) {
    super('a text of several statements failed', { cause });
    this.part = part;
  }
}

/**
 * Sends parts as one text, in one round trip.
 * @throws TextFailed for a text with statements that were held back, else the driver's own error
 */
export async function sendTogether(
  connection: Connection,
  together: TogetherTexts | undefined,
  parts: readonly TextPart[],
): Promise<readonly QueryResult[]> {
  const texts = parts.map(({ text }) => text);
  const isHeld = parts.some(({ held }) => held !== undefined);
  if (!isHeld || connection.attempt === undefined || together === undefined)
    return connection.script(texts.join(';\n'));
  const { results, error } = await connection.attempt(together.join(texts));
  if (error === undefined) return results;
  const at = together.failedAt(texts, error, results.length);
  throw new TextFailed(error, at === undefined ? undefined : parts[at]);
}

/** What to tell when any of some statements may have failed: all of them, where there are several. */
export function oneOfThemFailed(held: readonly HeldStatement[], error: unknown): unknown {
  const [only, second] = held;
  if (only !== undefined && second === undefined) return only.failed(error);
  return statementFailed(held.map(({ sql }) => sql).join(';\n'), error);
}
