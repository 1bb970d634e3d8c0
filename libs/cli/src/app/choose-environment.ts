import { MigrationError } from '@nest-alembic/core';
import { closestName } from '@nest-alembic/nestjs';

/** What `-n` takes for every environment in order. */
export const ALL_ENVIRONMENTS = 'all';

/**
 * The environments that a command works on, in the order in which the app imports them.
 *
 * @param name as `-n` gives it. @default the only environment
 * @throws MigrationError E9007 when there is none, several to choose from, or none of that name
 */
export function chooseEnvironments<Environment extends { readonly name: string }>(
  environments: readonly Environment[],
  name: string | undefined,
): readonly Environment[] {
  const areNamed = new Set(environments.map((one) => one.name)).size === environments.length;
  return name === ALL_ENVIRONMENTS && environments.length > 0 && areNamed
    ? environments
    : [chooseEnvironment(environments, name)];
}

/**
 * The environment that a command works on.
 *
 * @param name as `-n` gives it. @default the only environment
 * @throws MigrationError E9007 when there is none, several to choose from, or none of that name
 */
export function chooseEnvironment<Environment extends { readonly name: string }>(
  environments: readonly Environment[],
  name: string | undefined,
): Environment {
  const names = environments.map((environment) => environment.name).toSorted();
  const [only, ...others] = environments.filter((one) => name === undefined || one.name === name);
  if (only && others.length === 0) return only;
  throw new MigrationError('E9007', { ...problem(names, name), facts: { environments: names } });
}

function problem(
  names: readonly string[],
  name: string | undefined,
): { readonly problem: string; readonly advice: string } {
  const list = names.map((one) => `"${one}"`).join(', ');
  if (names.length === 0)
    return {
      problem: 'the app has no environment to migrate',
      advice: 'Import MigrationsModule.forRoot() from "@nest-alembic/nestjs" in its root module.',
    };
  if (new Set(names).size < names.length)
    return {
      problem: `several environments have the same name: ${list}`,
      advice: 'Give each MigrationsModule.forRoot() a name of its own.',
    };
  if (name === undefined)
    return {
      problem: `the app has several environments: ${list}`,
      advice: 'Choose one with -n NAME, or run in each with -n all.',
    };
  const meant = closestName(name, names);
  return {
    problem: `the app has no environment "${name}"`,
    advice: `${meant ? `Did you mean "${meant}"? ` : ''}Its environments are ${list}.`,
  };
}
