import { isAbsolute, relative, resolve, sep } from 'node:path';
import { stringLiteral } from '../../render/string-literal.js';
import { initMigrations } from '../../revisions/init-migrations.js';
import { INIT_TEMPLATES } from '../../revisions/init-templates.js';
import type { Environment } from '../options/environment.js';
import type { Migrator } from '../migrator-api.js';
import type { InitResult, TemplateInfo } from '../migrator-results.js';
import { runTask } from '../run-task.js';
import { refusePackage } from './writable-location.js';

/** `init`: writes the migrations folder, and says which lines the app needs. */
export function initDirectory(
  environment: Environment,
  options: NonNullable<Parameters<Migrator['init']>[0]>,
): InitResult {
  const { root, importSource, emit } = environment;
  const directory = resolve(root, options.directory ?? environment.directory);
  refusePackage(environment, resolve(directory, 'versions'));
  const files = initMigrations({
    directory,
    root,
    importSource,
    track: (task, work) => runTask(emit, task, work),
    ...(options.template !== undefined && { template: options.template }),
  });
  for (const file of files) emit({ type: 'fileWritten', file });
  return { directory, files, next: nextLines(environment, directory, options.imported ?? false) };
}

/** What is left to do in the app. */
function nextLines(environment: Environment, directory: string, imported: boolean): string {
  if (imported && directory === environment.directory) {
    return 'The app imports MigrationsModule with this folder already. Next: migrate revision --autogenerate -m "first revision"';
  }
  const option = directoryOption(environment.root, directory);
  return imported
    ? `Set in the options of MigrationsModule: directory: ${option ?? "'migrations'"}`
    : `Add to the imports of the root module: MigrationsModule.forRoot({${option === undefined ? '' : ` directory: ${option} `}})`;
}

/** The value of the option; undefined where it is the default. A folder outside of the root is named in full. */
function directoryOption(root: string, directory: string): string | undefined {
  const path = relative(root, directory);
  if (path === 'migrations') return undefined;
  const isOutside = path.split(sep)[0] === '..' || isAbsolute(path);
  return stringLiteral(isOutside ? directory : path.split(sep).join('/') || '.');
}

/** `list-templates` (CLI-16). */
export const listTemplates = (): readonly TemplateInfo[] =>
  [...INIT_TEMPLATES].map(([name, description]) => ({ name, description }));
