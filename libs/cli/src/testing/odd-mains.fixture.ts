import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { MigrationsModule } from '@nest-alembic/nestjs';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SubCommand } from 'nest-commander';
import { DataSource } from 'typeorm';
import { AlembicSubCommand, runMigrationCli } from '../index.js';
import type { ExitCode } from '../index.js';

// Apps that are not as they should be; `ODD_APP` names the one to run.

const database = TypeOrmModule.forRoot({
  type: 'postgres',
  url: process.env['DATABASE_URL'] ?? 'postgres://app:top-secret@127.0.0.1:1/nowhere',
});
const migrations = MigrationsModule.forRoot({ revisions: [] });
const reports = TypeOrmModule.forRoot({
  name: 'reports',
  type: 'postgres',
  url: process.env['DATABASE_URL'] ?? 'postgres://app:top-secret@127.0.0.1:1/reports',
});

@Injectable()
class Broken {
  constructor() {
    throw new Error('no licence for postgres://app:top-secret@db/app');
  }
}

@Module({ imports: [database] })
class NoMigrations {}

@Module({ imports: [database, MigrationsModule.forRoot({ autoUprgade: 'upgrade' } as object)] })
class MistypedOption {}

@Module({ imports: [database, MigrationsModule.forRoot()], providers: [Broken] })
class BrokenProvider {}

/** Awaits what never comes: the event loop runs dry before the app is built. */
@Module({
  imports: [database, migrations],
  providers: [{ provide: 'NEVER', useFactory: () => new Promise(() => undefined) }],
})
class NeverBuilt {}

/** Its DataSource cannot even be made, which TypeOrmModule tries ten times, three seconds apart. */
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      name: 'other',
      useFactory: () => ({ type: 'postgres' }),
      dataSourceFactory: () => Promise.reject(new Error('the driver is not installed')),
    }),
    MigrationsModule.forRoot({ dataSource: 'other', revisions: [] }),
  ],
})
class NoDataSource {}

/** Asks its database while it is built. */
@Module({
  imports: [database, migrations],
  providers: [
    {
      provide: 'SETTINGS',
      inject: [DataSource],
      useFactory: (dataSource: DataSource) => dataSource.query('SELECT 1'),
    },
  ],
})
class QueryingFactory {}

/** The same, but nobody waits for the answer, nor hears that there is none. */
@Injectable()
class Background {
  constructor(dataSource: DataSource) {
    void dataSource.query('SELECT 1');
  }
}
@Module({ imports: [database, migrations], providers: [Background] })
class QueryingConstructor {}

/** Goes on writing to stdout after the command. */
@Injectable()
class Ticker {
  constructor() {
    setInterval(() => console.log('tick'), 10);
  }
}
@Module({ imports: [database, migrations], providers: [Ticker] })
class Ticking {}

/** Fails in the background for reasons of its own. */
@Injectable()
class Defect {
  constructor() {
    void Promise.reject(new Error('a defect of the app'));
  }
}
@Module({ imports: [database, migrations], providers: [Defect] })
class BackgroundDefect {}

@Module({
  imports: [
    database,
    reports,
    MigrationsModule.forRoot({ revisions: [], versionTable: 'shop_version' }),
    MigrationsModule.forRoot({ name: 'reports', dataSource: 'reports', revisions: [] }),
  ],
})
class TwoEnvironments {}

/** Has a command of its own, which asks the app for a provider. */
@Module({
  imports: [database, migrations],
  providers: [{ provide: 'GREETING', useValue: 'good morning' }],
})
class WithCommand {}

@SubCommand({ name: 'greet', description: 'Greet.' })
class GreetCommand extends AlembicSubCommand {
  protected override async execute(): Promise<ExitCode> {
    this.terminal.answer(await this.provider<string>('GREETING'));
    return 0;
  }
}

const apps: Record<string, Type> = {
  BackgroundDefect,
  BrokenProvider,
  MistypedOption,
  NeverBuilt,
  NoDataSource,
  NoMigrations,
  QueryingConstructor,
  QueryingFactory,
  Ticking,
  TwoEnvironments,
  WithCommand,
};

async function main(): Promise<void> {
  const app = apps[process.env['ODD_APP'] ?? ''];
  if (app && (await runMigrationCli(app, { commands: [GreetCommand] }))) return;
  console.log('serving');
}

void main();
