import { createMigrator } from '@nest-alembic/core';
import type {
  BranchInfo,
  CheckSchemaOptions,
  CheckResult,
  CurrentResult,
  EditResult,
  EnsureVersionResult,
  HeadsCheck,
  HeadsOptions,
  HistoryOptions,
  InitOptions,
  InitResult,
  MergeOptions,
  MigrateOptions,
  MigrateResult,
  MigrationListener,
  Migrator,
  MigratorOptions,
  PlanOptions,
  PlanResult,
  RedoResult,
  RebaseOptions,
  RebaseResult,
  RevisionInfo,
  RevisionOptions,
  RevisionResult,
  TemplateInfo,
} from '@nest-alembic/core';
import { describeDatabase, migratorOptionsFor } from '@nest-alembic/typeorm';
import type { DataSource } from 'typeorm';
import type { MigrationsModuleOptions } from './migrations-module-options.js';
import { validateOptions } from './validate-options.js';

/** What a {@link MigrationService} works with: one environment. */
export interface MigrationEnvironment {
  readonly name: string;
  readonly dataSource: DataSource;
  readonly options: MigrationsModuleOptions;
  /** Tells Nest's logger what happens, besides the listener of the options. */
  readonly onEvent: MigrationListener;
}

/** What one run may set for itself; its `onEvent` takes the place of Nest's logger. */
export type MigratorOverrides = Partial<Pick<MigratorOptions, 'x' | 'onEvent' | 'lockTimeoutMs'>>;

/**
 * The verbs of nest-alembic inside the app: `migrate upgrade head` is `service.upgrade('head')`. The database is
 * asked only by verbs that need it, over a session of its own.
 */
export class MigrationService implements Migrator {
  readonly name: string;
  readonly #environment: MigrationEnvironment;
  #migrator: Migrator | undefined;

  constructor(environment: MigrationEnvironment) {
    this.name = environment.name;
    this.#environment = environment;
  }

  /** The same environment with other values of `x`, `onEvent` or `lockTimeoutMs`. */
  with(overrides: MigratorOverrides): Migrator {
    const { name, dataSource, options, onEvent } = this.#environment;
    const { autoUpgrade: _mode, onUnknownRevision: _policy, ...migratorOptions } = options;
    return createMigrator(
      migratorOptionsFor(dataSource, {
        importSource: '@nest-alembic/nestjs',
        ...migratorOptions,
        name,
        ...overrides,
        onEvent: both(overrides.onEvent ?? onEvent, options.onEvent),
      }),
    );
  }

  /** Where its database is, for people: `postgres://db.internal:5432/shop`, `better-sqlite3:/data/shop.sqlite`; without user and password. */
  get database(): string {
    return describeDatabase(this.#environment.dataSource);
  }

  /**
   * The same environment with other options in place of the module's, as `migrate -c FILE` has it.
   *
   * @param place where the options stand, for messages. @default 'MigrationService.withOptions'
   * @throws MigrationError E9001, E9002, E9003 for wrong options
   */
  withOptions(options: unknown, place = 'MigrationService.withOptions'): MigrationService {
    const changed = validateOptions(options, place);
    const all = { ...this.#environment.options, ...changed };
    return new MigrationService({ ...this.#environment, options: all });
  }

  init(options?: InitOptions): Promise<InitResult> {
    return this.#own.init({ imported: true, ...options });
  }

  revision(options?: RevisionOptions): Promise<RevisionResult> {
    return this.#own.revision(options && plain(options));
  }

  listTemplates(): Promise<readonly TemplateInfo[]> {
    return this.#own.listTemplates();
  }

  merge(targets: readonly string[], options?: MergeOptions): Promise<RevisionResult> {
    return this.#own.merge(targets, options && plain(options));
  }

  rebase(target: string, options?: RebaseOptions): Promise<RebaseResult> {
    return this.#own.rebase(target, options);
  }

  upgrade(target: string, options?: MigrateOptions): Promise<MigrateResult> {
    return this.#own.upgrade(target, options);
  }

  downgrade(target: string, options?: MigrateOptions): Promise<MigrateResult> {
    return this.#own.downgrade(target, options);
  }

  plan(target?: string, options?: PlanOptions): Promise<PlanResult> {
    return this.#own.plan(target, options);
  }

  stamp(
    targets: readonly string[],
    options?: Parameters<Migrator['stamp']>[1],
  ): Promise<MigrateResult> {
    return this.#own.stamp(targets, options);
  }

  redo(target?: string, options?: MigrateOptions): Promise<RedoResult> {
    return this.#own.redo(target, options);
  }

  ensureVersion(options?: Parameters<Migrator['ensureVersion']>[0]): Promise<EnsureVersionResult> {
    return this.#own.ensureVersion(options);
  }

  current(options?: Parameters<Migrator['current']>[0]): Promise<CurrentResult> {
    return this.#own.current(options);
  }

  heads(options?: HeadsOptions): Promise<readonly RevisionInfo[]> {
    return this.#own.heads(options);
  }

  checkHeads(options?: HeadsOptions): Promise<HeadsCheck> {
    return this.#own.checkHeads(options);
  }

  branches(): Promise<readonly BranchInfo[]> {
    return this.#own.branches();
  }

  history(options?: HistoryOptions): Promise<readonly RevisionInfo[]> {
    return this.#own.history(options);
  }

  graph(options?: HistoryOptions): Promise<readonly RevisionInfo[]> {
    return this.#own.graph(options);
  }

  show(target: string): Promise<readonly RevisionInfo[]> {
    return this.#own.show(target);
  }

  edit(target: string, options?: Parameters<Migrator['edit']>[1]): Promise<EditResult> {
    return this.#own.edit(target, options);
  }

  check(options?: CheckSchemaOptions): Promise<CheckResult> {
    return this.#own.check(options);
  }

  isAtHead(): Promise<boolean> {
    return this.#own.isAtHead();
  }

  /** Made at the first verb: a DataSource that was never connected may still stand behind this service. */
  get #own(): Migrator {
    return (this.#migrator ??= this.with({}));
  }
}

/** Other services of this app, given as `alongside`, as the migrators that the engine knows. */
function plain<Options extends Pick<MergeOptions, 'alongside'>>(options: Options): Options {
  if (options.alongside === undefined) return options;
  const migrators = options.alongside.map((one) =>
    one instanceof MigrationService ? one.with({}) : one,
  );
  return { ...options, alongside: migrators };
}

/** What the second returns is returned: it may be the promise of an async listener, whose rejection is to be ignored. */
function both(first: MigrationListener, second: MigrationListener | undefined): MigrationListener {
  return (event) => {
    first(event);
    return second?.(event);
  };
}
