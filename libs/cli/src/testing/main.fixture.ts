import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { MigrationsModule } from '@nest-alembic/nestjs';
import { TypeOrmModule } from '@nestjs/typeorm';
import { runMigrationCli } from '../run-migration-cli.js';
import { HostileModule } from './hostile-app.fixture.js';
import { Account } from './shop.fixture.js';

const url = process.env['DATABASE_URL'] ?? 'postgres://app:top-secret@127.0.0.1:1/nowhere';

/** An app with a database, hooks that must not run, and commands of its own with our class names. */
@Module({
  imports: [
    HostileModule,
    TypeOrmModule.forRoot({
      type: 'postgres',
      url,
      entities: [Account],
      logging: true,
      synchronize: true,
    }),
    MigrationsModule.forRoot({
      rootDirectory: process.env['PROJECT'] ?? process.cwd(),
      autoUpgrade: 'upgrade',
    }),
  ],
})
class AppModule {}

async function main(): Promise<void> {
  const { EXIT_AFTER: exitAfterMs } = process.env;
  if (await runMigrationCli(AppModule, exitAfterMs ? { exitAfterMs: Number(exitAfterMs) } : {}))
    return;
  console.log('serving');
}

void main();
