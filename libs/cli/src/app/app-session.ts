import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DynamicModule, INestApplicationContext, InjectionToken, Type } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { MIGRATION_ENVIRONMENT, withoutAutoUpgrade } from '@nest-alembic/nestjs';
import type { MigrationService } from '@nest-alembic/nestjs';
import { deferDataSourceInitialization, isEarlyQuery } from '@nest-alembic/typeorm';
import type { DeferredInitialization } from '@nest-alembic/typeorm';
import { withCommander } from '../commander/command-context.js';
import { StderrLogger } from '../output/stderr-logger.js';
import type { Terminal } from '../output/terminal.js';
import { IdleHttpAdapter } from './idle-http-adapter.js';

/**
 * The user's app as a command sees it: built at the first question, never started. Its DataSources are made but not
 * connected until a command needs the database; no hook of the app runs, neither to start nor to stop.
 */
export class AppSession {
  readonly #rootModule: Type | DynamicModule;
  readonly #terminal: Terminal;
  #app: INestApplicationContext | undefined;
  #deferral: DeferredInitialization | undefined;

  constructor(rootModule: Type | DynamicModule, terminal: Terminal) {
    this.#rootModule = rootModule;
    this.#terminal = terminal;
  }

  /** The services of all environments of the app; none where it does not import `MigrationsModule`. */
  async environments(): Promise<readonly MigrationService[]> {
    const app = (this.#app ??= await this.#build());
    return [...app.get(ModulesContainer).values()].flatMap((module) => {
      const provider = module.providers.get(MIGRATION_ENVIRONMENT);
      return provider ? [provider.instance as MigrationService] : [];
    });
  }

  /** A provider of the app, from whatever module. */
  async get<Provider>(token: InjectionToken<Provider>): Promise<Provider> {
    const app = (this.#app ??= await this.#build());
    return app.resolve<Provider>(token as Type<Provider>, undefined, { strict: false });
  }

  /** Ends the connections of the app's DataSources. */
  async close(): Promise<void> {
    this.#app = undefined;
    await this.#deferral?.close();
    // Node tells rejections at the end of a turn of the event loop, and a quick command is over within one.
    await nextTurn();
    process.off('unhandledRejection', this.#onRejection);
  }

  async #build(): Promise<INestApplicationContext> {
    this.#deferral = deferDataSourceInitialization();
    process.on('unhandledRejection', this.#onRejection);
    try {
      // An app that has commands of its own must be buildable.
      const root = withCommander(this.#rootModule);
      return await withoutAutoUpgrade(() =>
        NestFactory.create(root, new IdleHttpAdapter(), {
          logger: new StderrLogger(this.#terminal),
          abortOnError: false,
        }),
      );
    } finally {
      this.#deferral.restore();
    }
  }

  /**
   * A constructor that starts a query and does not wait for it must not end the command; any other rejection that nobody
   * hears ends the process, as it does in the app.
   */
  readonly #onRejection = (reason: unknown): void => {
    if (!isEarlyQuery(reason)) {
      if (process.listenerCount('unhandledRejection') === 1) throw reason;
      return;
    }
    const { talk, talkStyle } = this.#terminal;
    talk(`${talkStyle.warning('warning')}: ${reason.message}`);
  };
}
