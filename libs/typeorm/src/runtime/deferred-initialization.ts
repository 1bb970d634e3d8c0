import { DataSource, type Logger } from 'typeorm';
import { supportedDriver } from '../drivers/supported-drivers.js';
import { allowQueries, refuseEarlyQueries } from './refuse-early-queries.js';
import { replaceOptions, withoutSchemaSideEffects } from './schema-side-effects.js';

/** Deferral of initialization that is on until it is restored. */
export interface DeferredInitialization {
  /** The DataSources whose initialization was asked for meanwhile, in that order. */
  readonly dataSources: readonly DataSource[];
  /** Lets DataSources connect again when they are initialized. Those that were deferred stay so. */
  restore(): void;
  /** Closes the connections that {@link connectDeferred} opened. Never throws. */
  close(): Promise<void>;
}

/** Settings of {@link deferDataSourceInitialization}. */
export interface DeferOptions {
  /** TypeORM's class, where the app has another copy of the package. @default the one that this package imports */
  readonly DataSource?: typeof DataSource;
}

/** Settings of {@link connectDeferred}. */
export interface ConnectDeferredOptions {
  /**
   * How long connecting may take, in milliseconds; a limit of the DataSource's own (`connectTimeoutMS`) wins.
   * @default 2_000
   */
  readonly connectTimeoutMs?: number;
}

type Initialize = DataSource['initialize'];

/** TypeORM's own method, by the one that stands in for it. */
const originals = new WeakMap<Initialize, Initialize>();
/** The method of TypeORM for DataSources that were initialized while deferral was on. */
const deferred = new WeakMap<DataSource, Initialize>();
const metadataBuilt = new WeakSet<DataSource>();
const connecting = new WeakMap<DataSource, Promise<void>>();

/**
 * Makes `DataSource.initialize` not connect (design D13): a command that needs no database must work while it is down.
 * Entity metadata is built nevertheless, as it needs no connection: providers may ask for repositories and metadata. What
 * queries at once fails with E6006. `synchronize`, `migrationsRun` and `dropSchema` never run. {@link connectDeferred} connects.
 * TypeORM's logger is replaced: stdout is for the answer of a command (design D14).
 *
 * For the CLI, before the app's modules are built; `restore()` when they are.
 */
export function deferDataSourceInitialization(options: DeferOptions = {}): DeferredInitialization {
  const { prototype } = options.DataSource ?? DataSource;
  const previous = prototype.initialize;
  const initialize = originals.get(previous) ?? previous;
  const dataSources: DataSource[] = [];
  const replacement: Initialize = async function (this: DataSource) {
    if (this.isInitialized) return initialize.call(this);
    if (!dataSources.includes(this)) dataSources.push(this);
    deferred.set(this, deferred.get(this) ?? initialize);
    withoutSchemaSideEffects(this);
    refuseEarlyQueries(this);
    Object.assign(this, { logger: quietLogger });
    await buildMetadata(this);
    return this;
  };
  originals.set(replacement, initialize);
  prototype.initialize = replacement;
  return {
    dataSources,
    restore: () => {
      if (prototype.initialize === replacement) prototype.initialize = previous;
    },
    close: async () => {
      for (const dataSource of dataSources.filter((one) => one.isInitialized)) {
        await dataSource.destroy().catch(() => undefined);
      }
    },
  };
}

/** Says what TypeORM warns of, on stderr; its own loggers write to stdout. */
const quietLogger: Logger = {
  log: (level, message: unknown) => {
    if (level === 'warn') process.stderr.write(`${String(message)}\n`);
  },
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
};

/**
 * Builds what TypeORM knows of the entities. An error waits until a command needs the entities: it is thrown again when
 * {@link connectDeferred} initializes the DataSource.
 */
async function buildMetadata(dataSource: DataSource): Promise<void> {
  if (metadataBuilt.has(dataSource)) return;
  try {
    await internalsOf(dataSource).buildMetadatas();
    metadataBuilt.add(dataSource);
  } catch {
    Object.assign(dataSource, { entityMetadatas: [], entityMetadatasMap: new Map() });
  }
}

/** A method that is protected in TypeORM's types (0.3.27 to 1.1). */
interface DataSourceInternals {
  buildMetadatas(): Promise<void>;
}

function internalsOf(dataSource: DataSource): DataSourceInternals {
  return dataSource as unknown as DataSourceInternals;
}

/**
 * Connects a DataSource whose initialization was deferred, without `synchronize`, `migrationsRun` and `dropSchema`, with
 * one attempt and a limit on its time. Does nothing for one that is connected. The error is the driver's own.
 */
export async function connectDeferred(
  dataSource: DataSource,
  options: ConnectDeferredOptions = {},
): Promise<void> {
  if (dataSource.isInitialized) return;
  const running = connecting.get(dataSource) ?? initializeForReal(dataSource, options);
  connecting.set(dataSource, running);
  try {
    await running;
  } finally {
    connecting.delete(dataSource);
  }
}

async function initializeForReal(
  dataSource: DataSource,
  { connectTimeoutMs = 2_000 }: ConnectDeferredOptions,
): Promise<void> {
  const { session } = supportedDriver(dataSource);
  withoutSchemaSideEffects(dataSource);
  // Deferral may be on without having met this DataSource: then this call makes it known.
  if (!deferred.has(dataSource)) await dataSource.initialize();
  const initialize = deferred.get(dataSource);
  if (dataSource.isInitialized || !initialize) return;
  replaceOptions(dataSource, session.withConnectTimeout(dataSource.options, connectTimeoutMs));
  allowQueries(dataSource);
  await keepingMetadata(dataSource, () => initialize.call(dataSource));
}

/**
 * Initializes without building the metadata a second time: that would cost as much again, make subscribers twice and
 * forget those that providers have added meanwhile.
 */
async function keepingMetadata(
  dataSource: DataSource,
  initialize: () => Promise<unknown>,
): Promise<void> {
  if (!metadataBuilt.has(dataSource)) return void (await initialize());
  const nothing: DataSourceInternals['buildMetadatas'] = () => Promise.resolve();
  Object.assign(dataSource, { buildMetadatas: nothing });
  try {
    await initialize();
  } finally {
    delete (dataSource as unknown as Partial<DataSourceInternals>).buildMetadatas;
  }
}
