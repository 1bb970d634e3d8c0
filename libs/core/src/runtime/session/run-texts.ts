import type { Connection } from '../../dialects/common/connection.js';
import type { Dialect } from '../../dialects/common/dialect.js';
import type { KeptGuard, KeptTexts, RevisionTexts } from '../../dialects/common/revision-texts.js';

/** Revisions of a run from which on keeping texts costs less than it saves. */
const WORTH_KEEPING = 5;

/** The texts that the transactions of a run repeat: kept by its session where that pays, else in full. */
export class RunTexts {
  /** In full: they need nothing that a session could forget. */
  readonly plain: RevisionTexts;
  readonly #dialect: Dialect;
  #kept: KeptTexts | undefined;
  /** The session still knows the texts, or may. */
  #forget: string | undefined;

  constructor(dialect: Dialect) {
    const { begin, stillOpen } = dialect.session.guards;
    const { changeOne, insertLog } = dialect.versionTables;
    this.plain = { begin, stillOpen, changeOne, insertLog };
    this.#dialect = dialect;
  }

  get current(): RevisionTexts {
    return this.#kept ?? this.plain;
  }

  /** Makes the session forget the texts, if it may still keep any. Never throws: it may have forgotten them by itself. */
  async forget(connection: Connection): Promise<void> {
    if (this.#forget === undefined) return;
    await connection.script(this.#forget).catch(() => undefined);
    this.drop();
  }

  /**
   * Makes a session keep the texts, where there are enough revisions. Should it refuse, they are sent in full.
   * @throws the driver's error when the connection is lost
   */
  async keep(
    connection: Connection,
    guard: KeptGuard,
    run: { readonly id: string; readonly revisions: number },
  ): Promise<void> {
    if (run.revisions < WORTH_KEEPING) return;
    const kept = this.#dialect.session.keptTexts(guard, run.id.slice(0, 8));
    try {
      await connection.script(kept.keep);
      this.#kept = kept;
      this.#forget = kept.forget;
    } catch (error) {
      if (this.#dialect.session.isConnectionLost(error)) throw error;
    }
  }

  /**
   * Whether an error says that the session does not know what it was to keep: a pooler mixes sessions, or a revision made it
   * forget. From then on texts are sent in full.
   */
  hasForgotten(error: unknown): boolean {
    if (!this.#kept?.isForgotten(error)) return false;
    this.#kept = undefined;
    return true;
  }

  /** Called ahead of a statement of a revision: after one that may make the session forget, texts are sent in full. */
  expect(sql: string): void {
    if (this.#kept?.mayForget(sql)) this.#kept = undefined;
  }

  /** The session is gone. */
  drop(): void {
    this.#kept = undefined;
    this.#forget = undefined;
  }
}
