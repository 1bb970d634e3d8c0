import { groupByRevisions } from '@nest-alembic/core';
import type { Migrator } from '@nest-alembic/core';
import type { CliContext } from '../cli-context.js';
import type { ExitCode } from '../parse-and-run.js';
import type { GlobalOptions } from './global-options.js';
import { inEachEnvironment } from './in-each-environment.js';

/** One run of a command, for all environments that share their revisions. */
export interface HistoryRun {
  readonly globals: GlobalOptions;
  readonly alongside: readonly Migrator[];
}

/**
 * What `-n all` does for a command that writes revision files: it runs once for the environments that have the same version
 * locations, as they have the same files.
 *
 * @param migrators those of all environments, in the order in which the app imports them
 */
export async function inEachHistory(
  context: CliContext,
  {
    globals,
    migrators,
  }: { readonly globals: GlobalOptions; readonly migrators: readonly Migrator[] },
  run: (history: HistoryRun) => Promise<ExitCode>,
): Promise<ExitCode> {
  const groups = groupByRevisions(migrators);
  const [only, ...more] = groups;
  if (only !== undefined && more.length === 0) {
    const [{ name }, ...alongside] = only;
    return run({ globals: { ...globals, name }, alongside });
  }
  const names = groups.map(([{ name }]) => name);
  return inEachEnvironment(context, { globals, script: false, names }, (own) => {
    const [, ...alongside] = groups.find(([{ name }]) => name === own.name) ?? [];
    return run({ globals: own, alongside });
  });
}
