import { createServer } from 'node:http';
import { Injectable, Module } from '@nestjs/common';
import type {
  BeforeApplicationShutdown,
  OnApplicationBootstrap,
  OnApplicationShutdown,
  OnModuleDestroy,
  OnModuleInit,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Command, CommandRunner, InquirerService, Option, SubCommand } from 'nest-commander';

/** Does in its hooks what apps do; a command must run none of them. */
@Injectable()
export class HookedService
  implements
    OnModuleInit,
    OnApplicationBootstrap,
    OnModuleDestroy,
    BeforeApplicationShutdown,
    OnApplicationShutdown
{
  constructor(host: HttpAdapterHost) {
    // Frameworks' instances are often touched in constructors.
    (host.httpAdapter.getInstance() as { use(path: string): unknown }).use('/static');
    console.log('noise of a constructor');
    // A connection that nobody closes: without help it keeps the process alive.
    setInterval(() => undefined, 1_000);
  }

  onModuleInit(): void {
    console.error('HOOK onModuleInit');
    createServer().listen(Number(process.env['PORT'] ?? 0));
  }

  onApplicationBootstrap(): void {
    console.error('HOOK onApplicationBootstrap');
    setInterval(() => undefined, 1_000);
  }

  onModuleDestroy(): void {
    console.error('HOOK onModuleDestroy');
  }

  beforeApplicationShutdown(): void {
    console.error('HOOK beforeApplicationShutdown');
  }

  onApplicationShutdown(): void {
    console.error('HOOK onApplicationShutdown');
  }
}

/** A command of the app's own, with the class name of one of ours (stack.md §4, 4). */
@SubCommand({ name: 'up-mine', arguments: '<foo>', description: 'not ours' })
export class AlembicUpgradeCommand extends CommandRunner {
  constructor(private readonly inquirer: InquirerService) {
    super();
  }

  async run(): Promise<void> {
    console.error('COMMAND of the app', this.inquirer);
  }

  @Option({ flags: '--foo <value>', description: 'required, but not by us', required: true })
  foo(value: string): string {
    return value;
  }
}

/** The name that one would choose. */
@SubCommand({ name: 'upgrade', description: 'not ours either' })
export class UpgradeCommand extends CommandRunner {
  async run(): Promise<void> {
    console.error('COMMAND of the app');
  }
}

/** Even the top command may be taken. */
@Command({
  name: 'migrate',
  description: 'not ours',
  subCommands: [AlembicUpgradeCommand, UpgradeCommand],
})
export class AlembicMigrateCommand extends CommandRunner {
  async run(): Promise<void> {
    console.error('COMMAND of the app');
  }
}

/** Everything in an app that could stand in the way of a command. */
@Module({
  providers: [HookedService, AlembicUpgradeCommand, UpgradeCommand, AlembicMigrateCommand],
})
export class HostileModule {}
