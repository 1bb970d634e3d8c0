import { MigrationError } from '@nest-alembic/core';
import { closestName } from '@nest-alembic/nestjs';
import type { MigrationService } from '@nest-alembic/nestjs';
import { readOptionsFile } from './read-options-file.js';
import type { RawOptions } from './read-options-file.js';

/** Names the options file that commands read when none is given, as Alembic's `ALEMBIC_CONFIG` does. */
export const CONFIG_VARIABLE = 'NEST_ALEMBIC_CONFIG';

/** The options files of a command: those of `-c`, else the one of the environment variable. */
export function optionsFilesOf(
  given: readonly string[],
  environment: NodeJS.ProcessEnv,
): readonly string[] {
  const { [CONFIG_VARIABLE]: file } = environment;
  return given.length === 0 && file ? [file] : given;
}

/**
 * The same environments with the options of the files over those of the module; later files win, and within a file
 * `environments.NAME` over what is for all.
 *
 * @throws MigrationError E9008 for a file that cannot be read; E9001, E9002, E9003 for what it says
 */
export async function applyOptionsFiles(
  services: readonly MigrationService[],
  files: readonly string[],
): Promise<readonly MigrationService[]> {
  let applied = services;
  for (const file of files) {
    const layers = layersOf(await readOptionsFile(file), file, services);
    applied = applied.map((service) =>
      layers
        .filter(({ name }) => name === undefined || name === service.name)
        .reduce((one, { options, place }) => one.withOptions(options, place), service),
    );
  }
  return applied;
}

/** Options of one file for one environment, or for all. */
interface Layer {
  readonly name?: string;
  readonly options: RawOptions;
  readonly place: string;
}

function layersOf(
  content: RawOptions,
  file: string,
  services: readonly MigrationService[],
): readonly Layer[] {
  const place = `options file "${file}"`;
  const { environments, ...forAll } = content;
  const layers: Layer[] = [{ options: forAll, place }];
  if (environments !== undefined && !isRecord(environments))
    throw new MigrationError('E9002', {
      problem: `"environments" of ${place} must be an object`,
      advice: 'Write the options of each environment under its name.',
      facts: { option: 'environments' },
    });
  for (const [name, options] of Object.entries(environments ?? {})) {
    assertKnown(name, place, services);
    layers.push({ name, options: options as RawOptions, place: `"${name}" of ${place}` });
  }
  layers.forEach(refuseIdentity);
  return layers;
}

function assertKnown(name: string, place: string, services: readonly MigrationService[]): void {
  const names = services.map((service) => service.name);
  if (names.includes(name)) return;
  const suggestion = closestName(name, names);
  throw new MigrationError('E9003', {
    problem: `${place} has options of environment "${name}", which the app does not have`,
    advice: suggestion
      ? `Did you mean "${suggestion}"?`
      : `Its environments are ${names.map((one) => `"${one}"`).join(', ')}.`,
    facts: { environment: name, ...(suggestion !== undefined && { suggestion }) },
  });
}

/** Which environments there are is said by the app alone. */
function refuseIdentity({ options, place }: Layer): void {
  const name = ['name', 'dataSource'].find(
    (one) => isRecord(options) && Object.hasOwn(options, one),
  );
  if (name === undefined) return;
  throw new MigrationError('E9003', {
    problem: `${place} has no option "${name}"`,
    advice: 'Environments are made by MigrationsModule.forRoot(); -n NAME chooses one.',
    facts: { option: name },
  });
}

function isRecord(value: unknown): value is RawOptions {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
