import { resolve } from 'node:path';
import { configuredFolder } from '../../revisions/package-folder.js';
import type { MigratorOptions } from '../migrator-options.js';

/** The folders of an environment, all absolute. */
export interface ConfiguredFolders {
  readonly directory: string;
  readonly versionLocations: readonly string[];
  /** Version locations that were found in an installed package, with its name; they are never written to. */
  readonly packageLocations: ReadonlyMap<string, string>;
}

/**
 * Finds the folders of the options. Only the form `package:path` looks at files: at those of `node_modules`.
 * @throws MigrationError E9002 for a package that is not installed, E7003 for a path that leaves it
 */
export function configuredFolders(options: MigratorOptions, root: string): ConfiguredFolders {
  const directory = configuredFolder(options.directory ?? 'migrations', root, 'directory');
  const locations = options.versionLocations?.map((location) =>
    configuredFolder(location, root, 'versionLocations'),
  ) ?? [{ ...directory, path: resolve(directory.path, 'versions') }];
  return {
    directory: directory.path,
    versionLocations: locations.map(({ path }) => path),
    packageLocations: new Map(
      locations.flatMap(({ path, package: name }) => (name === undefined ? [] : [[path, name]])),
    ),
  };
}
