// A Nest app with the entities of the synthetic schema, in a process of its own: its binary's `migrate check`, TypeORM's
// schema builder, or nothing at all. Tells on stderr what the process needed.
import 'reflect-metadata';
import { writeSync } from 'node:fs';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule, getDataSourceToken } from '@nestjs/typeorm';
import { runMigrationCli } from '@nest-alembic/cli';
import { MigrationsModule } from '@nest-alembic/nestjs';
import { dataSourceOptions, driverOf } from '../data-source-options.mjs';
import { syntheticEntities } from '../synthetic-entities.mjs';

const [program, url, folder, tables] = process.argv.slice(2);

const RUNS = {
  check: () => runMigrationCli(AppModule, { argv: ['node', 'main', 'migrate', 'check'] }),
  typeorm: () =>
    inContext(async (app) => {
      const builder = app.get(getDataSourceToken()).driver.createSchemaBuilder();
      const { upQueries } = await builder.log();
      if (upQueries.length > 0) throw new Error(`TypeORM would run ${upQueries[0].query}`);
    }),
  context: () => inContext(async () => undefined),
};

class AppModule {}
Module({
  imports: [
    TypeOrmModule.forRoot({
      ...dataSourceOptions(url),
      entities: syntheticEntities(Number(tables), driverOf(url)),
      retryAttempts: 0,
    }),
    ...(program === 'check' ? [MigrationsModule.forRoot({ rootDirectory: folder })] : []),
  ],
})(AppModule);

async function inContext(work) {
  const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
  await work(app);
  await app.close();
}

process.once('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeSync(
    2,
    `\nneeded ${JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, memory: maxRSS })}`,
  );
});
await RUNS[program]();
