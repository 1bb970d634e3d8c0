import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { MigrationsModule } from '@nest-alembic/nestjs';
import { TypeOrmModule } from '@nestjs/typeorm';
import { runMigrationCli } from '../run-migration-cli.js';

/** An app that does not know nest-commander. */
@Module({
  imports: [
    TypeOrmModule.forRoot({ type: 'postgres', entities: [] }),
    MigrationsModule.forRoot({ rootDirectory: process.env['PROJECT'] ?? process.cwd() }),
  ],
})
class AppModule {}

/** Tells which packages it has loaded of those that only the index of nest-commander needs. */
process.once('exit', () => {
  const files = Object.keys(require.cache);
  const loaded = ['inquirer', 'cosmiconfig', 'nest-commander'].filter((name) =>
    files.some((file) => file.includes(`node_modules/${name}/`)),
  );
  process.stderr.write(`\nloaded: ${loaded.join()}`);
});

void runMigrationCli(AppModule);
