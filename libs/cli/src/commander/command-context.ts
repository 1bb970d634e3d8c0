import { Logger } from '@nestjs/common';
import type { DynamicModule, INestApplicationContext, LoggerService, Type } from '@nestjs/common';
import { MetadataScanner, NestFactory } from '@nestjs/core';
import type { CommandRunnerModule } from 'nest-commander';
import { Commander, CommanderOptions } from 'nest-commander/src/constants.js';
import { CommandRunnerService } from './commander-parts.js';
import { loadedCommander } from './loaded-commander.js';

type CommanderSettings = NonNullable<Parameters<typeof CommandRunnerModule.forModule>[1]>;

/** The commands, and what runs them. */
class CommandContextModule {}

/**
 * A context that holds the commands of a module, as `CommandFactory.createWithoutRunning` of nest-commander makes one, but
 * without its index (docs/adr/0010). Commands of the app's own may inject what else nest-commander has: they have loaded the index
 * themselves, and get all of it.
 */
export function createCommandContext(
  commands: DynamicModule,
  { logger, ...settings }: CommanderSettings & { readonly logger: LoggerService },
): Promise<INestApplicationContext> {
  const imports = [commands];
  const root =
    loadedCommander()?.forModule({ module: CommandContextModule, imports }, settings) ??
    ({ ...runnerOf(settings), module: CommandContextModule, imports } satisfies DynamicModule);
  return NestFactory.createApplicationContext(root, { logger, abortOnError: false });
}

/** Gives the classes of an app what they may inject of nest-commander; an app that has not loaded it stays as it is. */
export function withCommander(rootModule: Type | DynamicModule): Type | DynamicModule {
  return loadedCommander()?.forModule(rootModule) ?? rootModule;
}

/** The service that parses the command line, with what it says that it is made from. */
function runnerOf(settings: CommanderSettings): Pick<DynamicModule, 'providers'> {
  const [discovery, rootCommand] = Reflect.getMetadata(
    'design:paramtypes',
    CommandRunnerService,
  ) as readonly [Type, Type];
  return {
    providers: [
      Logger,
      MetadataScanner,
      discovery,
      { provide: Commander, useValue: new rootCommand() },
      { provide: CommanderOptions, useValue: settings },
      CommandRunnerService,
    ],
  };
}
