export { runMigrationCli } from './run-migration-cli.js';
export type { MigrationCliOptions } from './run-migration-cli.js';
export { AlembicSubCommand } from './commands/alembic-sub-command.js';
export type { Invocation } from './commands/alembic-sub-command.js';
export type { GlobalOptions } from './commands/global-options.js';
export type { MigrateCommandClass } from './migrations-cli.module.js';
export type { Style } from './output/style.js';
export type { Terminal } from './output/terminal.js';
export type { ExitCode } from './parse-and-run.js';
