import { MigrationError } from '../errors/migration-error.js';
import type { Environment } from './options/environment.js';
import type { Migrator } from './migrator-api.js';

const environments = new WeakMap<Migrator, Environment>();

/** Keeps the environment of a migrator, for verbs that have to do with several of them. */
export function rememberEnvironment(migrator: Migrator, environment: Environment): void {
  environments.set(migrator, environment);
}

/**
 * An environment, and those that its revisions are written for as well (design D3: `multidb`).
 * @throws MigrationError E7007 for one that has other revisions, or the same name
 */
export function environmentsOf(
  own: Environment,
  alongside: readonly Migrator[] = [],
): [Environment, ...Environment[]] {
  const others = alongside.map((migrator) => {
    const other = environments.get(migrator);
    if (other !== undefined && isShared(own, other) && other.name !== own.name) return other;
    throw new MigrationError('E7007', {
      problem: `environment "${migrator.name}" does not share the revisions of "${own.name}"`,
      advice: 'Nothing was written. Write a revision for each of them.',
      facts: { environments: [own.name, migrator.name] },
    });
  });
  return [own, ...others];
}

/** Migrators in groups of those that have the same version locations and so the same revisions; order kept. */
export function groupByRevisions(
  migrators: readonly Migrator[],
): readonly (readonly [Migrator, ...Migrator[]])[] {
  const groups: [Migrator, ...Migrator[]][] = [];
  for (const migrator of migrators) {
    const group = groups.find(([first]) => haveSameRevisions(first, migrator));
    if (group === undefined) groups.push([migrator]);
    else group.push(migrator);
  }
  return groups;
}

function haveSameRevisions(one: Migrator, other: Migrator): boolean {
  const [left, right] = [environments.get(one), environments.get(other)];
  return left !== undefined && right !== undefined && isShared(left, right);
}

const isShared = (one: Environment, other: Environment): boolean =>
  keyOf(one) === keyOf(other) && one.revisions === other.revisions;

const keyOf = ({ versionLocations }: Environment): string =>
  JSON.stringify([...versionLocations].sort());
