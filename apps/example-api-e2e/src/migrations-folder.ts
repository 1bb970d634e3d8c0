import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExampleEnvironment, Outcome, ProcessOptions } from './example-process.js';
import { runExample } from './example-process.js';

/** A migrations folder of its own, so that a spec leaves nothing in the checkout. */
export interface MigrationsFolder {
  /** Variables that lead the app to this folder and to the spec's database. */
  readonly env: ExampleEnvironment;
  /** The folder, absolute; `migrate init` makes it. */
  readonly directory: string;
  remove(): void;
}

/** A place for a migrations folder, which does not exist yet. @param database variables of the spec's database */
export function emptyMigrations(database: ExampleEnvironment): MigrationsFolder {
  const base = mkdtempSync(join(tmpdir(), 'example-migrations-'));
  const directory = join(base, 'migrations');
  return {
    env: { ...database, MIGRATIONS_DIR: directory },
    directory,
    remove: () => rmSync(base, { recursive: true }),
  };
}

/** Makes the folder and, by the app's own command, a first revision from all entities. @param database its variables */
export async function generatedMigrations(database: ExampleEnvironment): Promise<MigrationsFolder> {
  const migrations = emptyMigrations(database);
  await succeed(['migrate', 'init'], migrations.env);
  await succeed(['migrate', 'revision', '--autogenerate', '-m', 'create the shop'], migrations.env);
  return migrations;
}

/** Runs the app and fails with its output when it fails. */
export async function succeed(
  args: readonly string[],
  env: ExampleEnvironment,
  options: ProcessOptions = {},
): Promise<Outcome> {
  const outcome = await runExample(args, env, options);
  if (outcome.code === 0) return outcome;
  const { code, signal, stdout, stderr } = outcome;
  throw new Error(`"${args.join(' ')}" ended with ${code ?? signal}:\n${stdout}${stderr}`);
}
