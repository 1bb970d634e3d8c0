import type * as NestCommander from 'nest-commander';

/**
 * The module of nest-commander that gives classes all it has; undefined in a process that has not loaded the index of
 * nest-commander, where no class can ask for a part (docs/adr/0010). Where a bundler keeps the modules, it is loaded.
 */
export function loadedCommander(): typeof NestCommander.CommandRunnerModule | undefined {
  const isLoaded =
    require.cache === undefined || require.resolve('nest-commander') in require.cache;
  return isLoaded ? commanderIndex().CommandRunnerModule : undefined;
}

/** Not an import, which would load it. */
const commanderIndex = (): typeof NestCommander => require('nest-commander');
