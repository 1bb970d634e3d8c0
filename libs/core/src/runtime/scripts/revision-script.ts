import type { ScriptBeginning } from '../../dialects/common/script-guards.js';
import type { LogEntry } from '../../dialects/common/version-tables.js';
import type { MigrationStep, Step } from '../../graph/step.js';
import type { ObjectEffect } from '../../operations/object-effect.js';
import type { RevisionTarget, RunPlace } from '../running/execute-revision.js';
import { executeRevision } from '../running/execute-revision.js';
import type { Environment } from '../options/environment.js';
import { KnownTables } from './known-tables.js';
import { OfflineConnection } from './offline-connection.js';
import { inRevision } from '../running/revision-errors.js';
import type { LoadedRevision } from '../running/revision-function.js';
import { loadStep } from '../running/revision-function.js';
import { logEntryOf } from '../running/revision-unit.js';
import type { RunIdentity } from '../session/run-identity.js';
import { newRunIdentity } from '../session/run-identity.js';
import { scriptTarget } from './script-target.js';
import { stampEntries } from '../running/stamp-database.js';
import { stepText } from './step-text.js';
import { cannotLeave } from '../running/whole-run-unit.js';
import { writesOf } from '../running/write-version.js';

/**
 * The script of a run, written step by step (design D10): a transaction for each revision or for all of them, left where a
 * statement needs it and entered again before the next one.
 */
export class RevisionScript {
  readonly #environment: Environment;
  readonly #place: RunPlace;
  readonly #connection: OfflineConnection;
  readonly #identity: RunIdentity = newRunIdentity();
  readonly #known = new KnownTables();
  /** To be verified ahead of the first step. */
  #beginning: ScriptBeginning | undefined;
  #hasLog = false;
  #isOpen = false;

  constructor(environment: Environment, place: RunPlace, beginning: ScriptBeginning | undefined) {
    this.#environment = environment;
    this.#beginning = beginning;
    this.#place = place;
    const { script } = environment.dialect().session;
    this.#connection = new OfflineConnection(script?.terminated);
    this.#connection.lines(script?.head ?? []);
  }

  /** The script, complete. */
  async end(): Promise<string> {
    await this.#commit();
    return this.#connection.text;
  }

  /** @throws MigrationError E6006 where the revision asks the database, E6014, and whatever it throws */
  async write(step: Step): Promise<void> {
    if (step.direction === 'stamp') await this.#writeStamp(step);
    else await this.#writeRevision(step, await loadStep(this.#environment, step));
    if (this.#environment.transactionPerRevision) await this.#commit();
  }

  async #writeStamp(step: Step & { readonly direction: 'stamp' }): Promise<void> {
    await this.#begin();
    await this.#announce(step);
    await this.#recordVersion(step, stampEntries([step], [], this.#identity));
  }

  async #writeRevision(step: MigrationStep, loaded: LoadedRevision): Promise<void> {
    if (loaded.transactional) await this.#begin();
    else if (!this.#environment.transactionPerRevision)
      throw inRevision({ ...step, advice: ADVICE }, cannotLeave('it'));
    await this.#announce(step);
    const effects = await this.#execute(step, loaded);
    await this.#begin();
    const outcome = { loaded, effects, durationMs: 0 };
    await this.#recordVersion(step, [logEntryOf(step, outcome, this.#identity)]);
  }

  /** MIG-09: our tables where they may be missing, then the comment, without the message. */
  async #announce(step: Step): Promise<void> {
    const wasOpen = this.#isOpen;
    const statements = [...this.#missingTables(step), ...this.#atBeginning()];
    if (statements.length > 0) await this.#begin();
    for (const sql of statements) await this.#connection.query(sql);
    if (!wasOpen) await this.#commit();
    this.#connection.comment(`Running ${stepText(step)}`);
  }

  /** OFF-06: the version table where nothing is applied yet. The log once: a database of Alembic's own has none. */
  #missingTables({ rowsBefore }: Step): readonly string[] {
    const { dialect, versionTable } = this.#environment;
    const { create, createLog, ledger } = dialect().versionTables;
    const onlyLog = this.#hasLog ? [] : [createLog(versionTable)];
    this.#hasLog = true;
    return rowsBefore.length === 0
      ? [...create(versionTable), ledger.create(versionTable)]
      : onlyLog;
  }

  /** A script for another place than the one where the database is would leave version rows that lie. */
  #atBeginning(): readonly string[] {
    const { dialect, versionTable } = this.#environment;
    const beginning = this.#beginning;
    this.#beginning = undefined;
    return beginning === undefined
      ? []
      : dialect().session.scriptGuards.begin(versionTable, beginning);
  }

  async #begin(): Promise<void> {
    if (this.#isOpen) return;
    this.#isOpen = true;
    await this.#connection.query(this.#environment.dialect().session.beginStatement);
  }

  async #commit(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const { script } = this.#environment.dialect().session;
    for (const sql of script?.beforeCommit ?? []) await this.#connection.query(sql);
    await this.#connection.query(this.#environment.dialect().session.commitStatement);
  }

  async #execute(step: MigrationStep, loaded: LoadedRevision): Promise<readonly ObjectEffect[]> {
    try {
      return await executeRevision(step, loaded, this.#target(!loaded.transactional));
    } catch (error) {
      throw inRevision({ ...step, advice: ADVICE }, error);
    }
  }

  #target(isAutocommit: boolean): RevisionTarget {
    const isWhole = !this.#environment.transactionPerRevision;
    return scriptTarget(this.#environment, {
      place: this.#place,
      known: this.#known,
      leave: () => {
        if (isWhole) throw cannotLeave('an operation');
        return this.#commit();
      },
      write: async (sql, isOutside) => {
        if (!isOutside && !isAutocommit) await this.#begin();
        await this.#connection.query(sql);
      },
    });
  }

  async #recordVersion({ changes }: Step, entries: readonly LogEntry[]): Promise<void> {
    const { versionTable, dialect } = this.#environment;
    for (const sql of writesOf(dialect().versionTables, { versionTable, changes, entries }))
      await this.#connection.query(sql);
  }
}

const ADVICE = 'No script was written.';
