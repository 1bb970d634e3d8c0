// The programs that are timed, each as a process of its own: what a person waits for.
import { spawnSync } from 'node:child_process';
import { inTurn } from '../measure.mjs';

const workspace = new URL('../../..', import.meta.url).pathname;

/**
 * Only reads the files, as text, the quickest way that Node has (one call for each file; asynchronous reading takes several times as
 * long): the floor of every command that must look at them.
 */
const READ = `
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
let length = 0;
for (const name of readdirSync(process.argv[1])) length += readFileSync(join(process.argv[1], name), 'utf8').length;
if (length === 0) process.exit(1);`;

/** A verb through the engine alone, without Nest. */
const core = (verb) => `
const { createMigrator, postgresDialect } = require('@nest-alembic/core');
const connect = () => Promise.reject(new Error('no database'));
createMigrator({ dialect: postgresDialect, connect, rootDirectory: process.argv[1] })
  .${verb}()
  .then((found) => { if (found.length === 0) process.exit(1); });`;

const APP = `
require('reflect-metadata');
const { Module } = require('@nestjs/common');
const { NestFactory } = require('@nestjs/core');
const { TypeOrmModule } = require('@nestjs/typeorm');
const { MigrationsModule } = require('@nest-alembic/nestjs');
class AppModule {}
Module({
  imports: [
    TypeOrmModule.forRoot({ type: 'postgres', manualInitialization: true, autoLoadEntities: true }),
    MigrationsModule.forRoot({ rootDirectory: process.argv[1] }),
  ],
})(AppModule);`;

/** The app as a Nest context that does nothing. */
const CONTEXT = `${APP}
NestFactory.createApplicationContext(AppModule, { logger: false }).then((app) => app.close());`;

/** \`node dist/main migrate heads\`. */
const COMMAND = `${APP}
require('@nest-alembic/cli').runMigrationCli(AppModule, { argv: ['node', 'main', 'migrate', 'heads'] });`;

/** Last on stderr, for {@link run}. */
const TELL_CPU = `
process.once('exit', () => {
  const { user, system } = process.cpuUsage();
  require('node:fs').writeSync(2, '\\ncpu ' + (user + system) / 1000);
});`;

const nodeProgram = (code, argument) => ['node', ['-e', TELL_CPU + code, argument]];

export const readFiles = (versions) => nodeProgram(READ, versions);
export const coreHeads = (root) => nodeProgram(core('heads'), root);
export const coreHistory = (root) => nodeProgram(core('history'), root);
export const bareContext = (root) => nodeProgram(CONTEXT, root);
export const migrateHeads = (root) => nodeProgram(COMMAND, root);
export const alembic = (command) => ['alembic', [command]];

/** True where Debian's package (or another) has put Alembic on the path. */
export function hasAlembic() {
  return spawnSync('alembic', ['--version']).status === 0;
}

/** Runs programs in turn, over and over. @returns for each its samples: `wall`, and `cpu` of all threads */
export const measureInTurn = (rounds, programs, folder = workspace) =>
  inTurn(
    rounds,
    programs.map((program) => async () => run(program, folder)),
  );

function run([command, args], cwd) {
  const options = { cwd, encoding: 'utf8', maxBuffer: 1 << 28 };
  const started = performance.now();
  const { status, error, stderr } = spawnSync(command, args, options);
  const wall = performance.now() - started;
  if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? stderr}`);
  return { wall, cpu: Number(/cpu (\S+)$/.exec(stderr)?.[1]) };
}
