import { MigrationError } from '../../errors/migration-error.js';
import type { Revision } from '../../graph/revision.js';
import type { MigrationStep } from '../../graph/step.js';
import type { Operation } from '../../operations/operation.js';
import type { Environment } from '../options/environment.js';
import { executeRevision } from '../running/execute-revision.js';
import { inRevision } from '../running/revision-errors.js';
import { loadStep } from '../running/revision-function.js';

/**
 * The operations of a revision's upgrade, without a database: its function is called, nothing is executed.
 * @throws MigrationError E6006 when the revision asks the database, and those of a revision that cannot be loaded or run
 */
export async function collectOperations(
  environment: Environment,
  revision: Revision,
): Promise<readonly Operation[]> {
  const step: MigrationStep = {
    direction: 'upgrade',
    revision,
    rowsBefore: [],
    rowsAfter: [],
    changes: [],
  };
  const operations: Operation[] = [];
  try {
    await executeRevision(step, await loadStep(environment, step), {
      dialect: environment.dialect(),
      x: environment.x,
      tag: undefined,
      namingConvention: environment.namingConvention,
      operations: environment.operations.own,
      timeoutMs: environment.revisionTimeoutMs,
      emit: () => undefined,
      operation: (operation) => operations.push(operation),
      statement: async () => undefined,
      outside: (work) => work(),
      query: async () => {
        throw new MigrationError('E6006', { problem: 'ctx.query asks the database' });
      },
    });
  } catch (error) {
    throw inRevision({ revision, direction: 'upgrade', advice: 'Nothing was written.' }, error);
  }
  return operations;
}
