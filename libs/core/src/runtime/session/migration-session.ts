import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMigrationError } from '../../errors/migration-error.js';
import type { Connection } from '../../dialects/common/connection.js';
import type { Dialect } from '../../dialects/common/dialect.js';
import type { KeptGuard } from '../../dialects/common/revision-texts.js';
import type { Glance, ServerInfo, Survey, SurveyRequest } from '../../dialects/common/session.js';
import type { ObjectName } from '../../schema/object-name.js';
import { connectDatabase, endSession } from './connect-database.js';
import { defaultSchemaOf } from './default-schema-of.js';
import type { Environment } from '../options/environment.js';
import { interrupted } from './interruption.js';
import { acquireLock } from './migration-lock.js';
import { checkedRows, readError, readRows } from './read-rows.js';
import type { RunIdentity } from './run-identity.js';
import { RunTexts } from './run-texts.js';

/** Pauses before the tries to connect again, in milliseconds: a restarted server is back within some seconds. */
const RECONNECT_PAUSES_MS = [0, 250, 500, 1_000, 2_000, 4_000, 8_000];

/** How one run migrates. */
export interface SessionSettings {
  readonly identity: RunIdentity;
  readonly lockTimeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * The one session that a run migrates on: lock, version rows and DDL all go through it (reliability.md P2). It can be
 * opened anew when the connection is lost; the lock is then taken again, which the server allows only when the old
 * session is gone, so that its last COMMIT has been decided.
 */
export class MigrationSession {
  readonly environment: Environment;
  readonly settings: SessionSettings;
  readonly dialect: Dialect;
  readonly texts: RunTexts;
  #connection: Connection;
  #versionTable: ObjectName;
  #isLocked = false;
  #isOpen = true;
  /** Its settings were changed: nobody else should get it from a pool. */
  #isPrepared = false;
  /** Its settings were undone. */
  #isReset = false;
  #glance: Glance | undefined;
  /** The ledger is there: it is made by the first revision that needs it, where the version table is older than it. */
  hasLedger = false;

  constructor(environment: Environment, settings: SessionSettings, connection: Connection) {
    this.environment = environment;
    this.settings = settings;
    this.dialect = environment.dialect();
    this.texts = new RunTexts(this.dialect);
    this.#connection = this.#forRun(connection);
    this.#versionTable = environment.versionTable;
  }

  #forRun(connection: Connection): Connection {
    const lockTimeoutMs = this.environment.statementLockTimeoutMs;
    return this.dialect.session.forRun?.(connection, { lockTimeoutMs }) ?? connection;
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** The version table with its schema, once prepared: what is written must not depend on a search path (E15). */
  get versionTable(): ObjectName {
    return this.#versionTable;
  }

  /** The server at the other end, once it has been looked at. */
  get server(): ServerInfo | undefined {
    return this.#glance?.info;
  }

  /** What the transactions of this run have in common. */
  get guard(): KeptGuard {
    const { statementLockTimeoutMs, statementTimeoutMs } = this.environment;
    return {
      lockName: this.#versionTable,
      versionTable: this.#versionTable,
      lockTimeoutMs: statementLockTimeoutMs,
      ...(statementTimeoutMs > 0 && { statementTimeoutMs }),
    };
  }

  /** Prepares for a run of so many revisions. @throws the driver's error when the connection is lost */
  async expect(revisions: number): Promise<void> {
    const { runId: id } = this.settings.identity;
    await this.texts.keep(this.#connection, this.guard, { id, revisions });
  }

  readRows(): Promise<readonly string[]> {
    return readRows(this);
  }

  /**
   * Looks at the database before anything is locked or changed; one round trip where our tables are there.
   * @throws MigrationError E4003, E4004, E4005, E4008 for a version table that cannot be used
   */
  async look(): Promise<Pick<Survey, 'ledger'> & { readonly rows: readonly string[] }> {
    const { rows = [], ledger } = await this.#look();
    return { rows: checkedRows(this.#versionTable, rows), ledger };
  }

  /**
   * Sets the session up, waits for the migration lock, and looks at the database under it.
   * @param stillNeeded asked while waiting; false ends the wait
   * @returns undefined when the wait ended because there was nothing left to do
   * @throws MigrationError E5001, E5003, E5008, E5012, E6013
   */
  async lock(stillNeeded: () => Promise<boolean> = async () => true): Promise<Survey | undefined> {
    const glance = this.#glance ?? (await this.#look());
    const { schema, name } = this.environment.versionTable;
    this.#versionTable = { schema: schema ?? defaultSchemaOf(glance.info), name };
    const survey =
      (await this.#lockAtOnce(requestOf(this.#versionTable, glance))) ??
      (await this.#waitForLock(stillNeeded));
    if (survey !== undefined) this.#isLocked = true;
    return survey;
  }

  /** In the usual case the lock is free, and all takes one round trip. */
  async #lockAtOnce(request: SurveyRequest): Promise<Survey | undefined> {
    const { signal } = this.settings;
    if (signal?.aborted) throw interrupted(signal, 'waiting for the migration lock');
    const started = performance.now();
    const survey = await this.#asking(() => {
      this.#isPrepared = true;
      return this.dialect.session.prepareAndLock(
        this.#connection,
        {
          application: this.settings.identity.application,
          // A statement that hangs outlives the time of its revision: only the server can end it.
          statementTimeoutMs: this.environment.revisionTimeoutMs,
        },
        request,
      );
    });
    if (survey === undefined) return undefined;
    const waitedMs = Math.round(performance.now() - started);
    this.environment.emit({ type: 'lockAcquired', waitedMs });
    return this.#current(survey, request);
  }

  async #waitForLock(stillNeeded: () => Promise<boolean>): Promise<Survey | undefined> {
    const isFree = await acquireLock({
      session: this.dialect.session,
      connection: this.#connection,
      lockName: this.#versionTable,
      timeoutMs: this.settings.lockTimeoutMs,
      signal: this.settings.signal,
      emit: this.environment.emit,
      stillNeeded,
    });
    return isFree ? this.#lookUnderLock() : undefined;
  }

  async #lookUnderLock(): Promise<Survey> {
    const request = requestOf(this.#versionTable, await this.#look());
    return this.#asking(() => this.dialect.session.survey(this.#connection, request));
  }

  /** Someone may have made our tables between the glance and the lock. */
  async #current(survey: Survey, request: SurveyRequest): Promise<Survey> {
    const isSame = survey.form.present === request.hasRows;
    if (isSame || !survey.form.present) return survey;
    return this.#lookUnderLock();
  }

  async #look(): Promise<Glance> {
    const { session } = this.dialect;
    this.#glance = await this.#asking(() => session.glance(this.#connection, this.#versionTable));
    this.hasLedger = this.#glance.tables.ledger;
    return this.#glance;
  }

  async #asking<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw isMigrationError(error) ? error : readError(this, error);
    }
  }

  /** The lock was given back and the settings undone, together with the last statement. @param released false when it was not held any more */
  wasUnlocked(released: boolean): void {
    this.#isLocked = false;
    this.#isReset = true;
    if (!released) this.#warn('it was not held any more');
  }

  /** Takes back what a revision left open. Never throws. */
  async rollBackQuietly(): Promise<void> {
    await this.dialect.session.rollback(this.#connection).catch(() => undefined);
  }

  /**
   * Connects again after the connection was lost, and takes the lock again.
   * @throws the last error when the server does not come back, MigrationError E5001, E6013
   */
  async reopen(): Promise<void> {
    await this.#end();
    let failure: unknown;
    for (const pause of RECONNECT_PAUSES_MS) {
      await sleep(pause);
      const { signal } = this.settings;
      if (signal?.aborted) throw interrupted(signal, 'connecting again');
      try {
        this.#connection = this.#forRun(await connectDatabase(this.environment));
        this.#isOpen = true;
        this.#glance = undefined;
        await this.lock();
        return;
      } catch (error) {
        failure = error;
        await this.#end();
        if (!this.#mayComeBack(error)) break;
      }
    }
    throw failure;
  }

  /** Gives the lock back and ends the session; one that has only read goes back to its pool. Never throws. */
  async close(): Promise<void> {
    if (this.#isLocked) await this.#unlock();
    await this.#end();
  }

  async #end(): Promise<void> {
    this.#isLocked = false;
    if (!this.#isOpen) return;
    this.#isOpen = false;
    // Only a session that was reset can be of use to someone else.
    if (this.#isReset) await this.texts.forget(this.#connection);
    this.texts.drop();
    await (this.#isPrepared
      ? endSession(this.#connection, this.#isReset)
      : this.#connection.close());
    this.#isReset = false;
  }

  async #unlock(): Promise<void> {
    const { session } = this.dialect;
    try {
      if (await session.unlock(this.#connection, this.#versionTable)) return;
      this.#warn('it was not held any more');
    } catch (error) {
      // The server frees the locks of a session that is gone.
      if (session.isConnectionLost(error)) return;
      this.#warn(error instanceof Error ? error.message : String(error));
    }
  }

  #warn(reason: string): void {
    const message = `E5005: the migration lock was not released properly: ${reason}; the session was ended`;
    this.environment.emit({ type: 'warning', message });
  }

  #mayComeBack(error: unknown): boolean {
    const isUnreachable = isMigrationError(error) && error.code === 'E5010';
    return isUnreachable || this.dialect.session.isConnectionLost(error);
  }
}

const requestOf = (versionTable: ObjectName, { rows, tables }: Glance): SurveyRequest => ({
  versionTable,
  hasRows: rows !== undefined,
  tables,
});
