import type { Connection } from '../dialects/common/connection.js';
import type { Dialect } from '../dialects/common/dialect.js';
import type { KeptGuard, KeptTexts, RevisionTexts } from '../dialects/common/revision-texts.js';

/** Revisions of a run from which on keeping texts costs less than it saves. */
const WORTH_KEEPING = 5;

/** The texts that the transactions of a run repeat: kept by its session where that pays, else in full. */
export class RunTexts {
  /** In full: they need nothing that a session could forget. */
  readonly plain: RevisionTexts;
  readonly #dialect: Dialect;
  #kept: KeptTexts | undefined;

  constructor(dialect: Dialect) {
    const { begin, stillOpen } = dialect.session.guards;
    const { changeOne, insertLog } = dialect.versionTables;
    this.plain = { begin, stillOpen, changeOne, insertLog };
    this.#dialect = dialect;
  }

  get current(): RevisionTexts {
    return this.#kept ?? this.plain;
  }

  /** What makes the session forget the texts, if it keeps any. */
  get forgetting(): readonly string[] {
    return this.#kept === undefined ? [] : [this.#kept.forget];
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
    this.drop();
    return true;
  }

  /** The session is gone. */
  drop(): void {
    this.#kept = undefined;
  }
}
