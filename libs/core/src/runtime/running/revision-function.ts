import { MigrationError } from '../../errors/migration-error.js';
import type { Revision } from '../../graph/revision.js';
import type { MigrationStep } from '../../graph/step.js';
import type { Operations, RevisionContext } from '../../operations/operations-api.js';
import type { LoadedModule } from '../../revisions/load-revision-module.js';
import type { Environment } from '../options/environment.js';
import { loadRevisionCode } from './revision-source.js';

/** `upgrade` or `downgrade` of a revision, whatever it returns. */
export type RevisionFunction = (op: Operations, context: RevisionContext) => unknown;

/** One direction of a revision, loaded and ready to be called. */
export interface LoadedRevision {
  readonly run: RevisionFunction;
  /** False for `transaction = 'none'`: each statement is committed by itself. */
  readonly transactional: boolean;
  readonly checksum?: string;
}

/** What of a step says which function is called. */
export type StepToLoad = Pick<MigrationStep, 'direction' | 'revision'>;

/**
 * Loads the function that a step calls.
 * @throws MigrationError E2002 no upgrade, E6005 no downgrade, E2003 no function, E2010 a wrong `transaction`, and those
 * of a file that cannot be loaded
 */
export async function loadStep(
  environment: Environment,
  step: StepToLoad,
): Promise<LoadedRevision> {
  const { module, checksum } = await loadRevisionCode(environment, step.revision);
  return {
    run: functionOf(module, step, environment.name),
    transactional: isTransactional(module, step.revision),
    ...(checksum !== undefined && { checksum }),
  };
}

/** Multi-database revisions export `upgrades` and `downgrades`, one function for each environment (design D3). */
function functionOf(
  module: LoadedModule,
  step: StepToLoad,
  environmentName: string,
): RevisionFunction {
  const { direction, revision } = step;
  const single = module[direction];
  const several = module[`${direction}s`];
  if (single === undefined && typeof several === 'object' && several !== null) {
    const own = new Map(Object.entries(several)).get(environmentName);
    return own === undefined ? () => undefined : asFunction(own, revision, `${direction}s`);
  }
  if (single === undefined || single === null) throw missing(step);
  return asFunction(single, revision, direction);
}

function asFunction(value: unknown, revision: Revision, name: string): RevisionFunction {
  if (typeof value === 'function' && !/^class\b|^(async\s+)?function\s*\*/.test(String(value)))
    return value as RevisionFunction;
  throw new MigrationError('E2003', {
    problem: `"${name}" of ${named(revision)} is ${typeof value === 'function' ? 'a class or a generator' : `a ${typeof value}`}`,
    advice: `Export it as \`export async function ${name}(op, ctx) { … }\`.`,
    facts: { revision: revision.id, file: revision.file, export: name },
  });
}

function isTransactional(module: LoadedModule, revision: Revision): boolean {
  const value = module['transaction'] ?? 'revision';
  if (value === 'revision' || value === 'none') return value === 'revision';
  throw new MigrationError('E2010', {
    problem: `"transaction" of ${named(revision)} is ${JSON.stringify(value)}`,
    advice: "It must be 'revision' or 'none'.",
    facts: { revision: revision.id, file: revision.file, export: 'transaction' },
  });
}

const named = (revision: Revision): string =>
  `revision "${revision.id}"${revision.file === undefined ? '' : ` (${revision.file})`}`;

function missing({ direction, revision }: StepToLoad): MigrationError {
  const facts = { revision: revision.id, file: revision.file, export: direction };
  return direction === 'upgrade'
    ? new MigrationError('E2002', {
        problem: `${named(revision)} does not export "upgrade"`,
        advice: 'Add `export async function upgrade(op) { … }`; nothing was run.',
        facts,
      })
    : new MigrationError('E6005', {
        problem: `${named(revision)} does not export "downgrade"`,
        advice: 'It cannot be taken back; nothing was run.',
        facts,
      });
}
