import { MigrationError } from '../../errors/migration-error.js';
import type { Operation } from '../../operations/operation.js';
import type { EnvironmentDraft } from '../../render/render-revision.js';
import type { Environment } from '../options/environment.js';

/**
 * Refuses a revision that would call what its `op` does not have. The way back is looked at too: the `reverse` of an operation may
 * give one that nobody registered.
 * @throws MigrationError E3019
 */
export function refuseUnregistered(
  environments: readonly Environment[],
  drafts: readonly EnvironmentDraft[],
): void {
  for (const { name, upgrade, downgrade } of drafts) {
    const environment = environments.find((one) => one.name === name);
    if (environment === undefined) continue;
    refuseIn(environment, 'upgrade', upgrade);
    refuseIn(environment, 'downgrade', downgrade.operations);
  }
}

/** By the name, since one that is registered later may take the place of the earlier. */
function refuseIn(
  { name: environment, operations: { own } }: Environment,
  direction: 'upgrade' | 'downgrade',
  operations: readonly Operation[],
): void {
  for (const operation of operations) {
    if (operation.kind !== 'own') continue;
    const { name } = operation.definition;
    if (own.some((one) => one.name === name)) continue;
    throw new MigrationError('E3019', {
      problem: `the ${direction} would call op.${name}, which is not registered`,
      advice: 'Nothing was written. Register it with the option "operations".',
      facts: { operation: name, direction, environment },
    });
  }
}
