import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Runs something, such as `NestFactory.create(AppModule)`, in which no app migrates its database on start. `migrate …`
 * runs in it; scripts that build the app for another purpose (an OpenAPI document, a console) may as well.
 *
 * @example const app = await withoutAutoUpgrade(() => NestFactory.createApplicationContext(AppModule));
 */
export function withoutAutoUpgrade<Result>(run: () => Result): Result {
  return storage().run(true, run);
}

/** True inside {@link withoutAutoUpgrade}, across `await` too. */
export function isAutoUpgradeOff(): boolean {
  return storage().getStore() === true;
}

/** In the registry of symbols, so that two copies of this package in one process agree. */
const KEY = Symbol.for('@nest-alembic/nestjs:withoutAutoUpgrade');

function storage(): AsyncLocalStorage<boolean> {
  const registry = globalThis as { [KEY]?: AsyncLocalStorage<boolean> };
  return (registry[KEY] ??= new AsyncLocalStorage<boolean>());
}
