import { MigrationError } from '../../errors/migration-error.js';
import type { GuardedRevision, GuardedStep } from '../../dialects/common/script-guards.js';
import type { RevisionGraph } from '../../graph/revision-graph.js';
import type { MigrationStep } from '../../graph/step.js';
import type { Environment } from '../options/environment.js';
import { placeOf } from '../running/execute-revision.js';
import { loadSteps } from '../running/migrate-database.js';
import { KnownTables } from './known-tables.js';
import { OfflineConnection } from './offline-connection.js';
import { inRevision } from '../running/revision-errors.js';
import type { RevisionToRun } from '../running/revision-unit.js';
import { logEntryOf } from '../running/revision-unit.js';
import { newRunIdentity } from '../session/run-identity.js';
import { scriptTarget } from './script-target.js';
import type { ScriptWriter } from './script-target.js';
import { executeRevision } from '../running/execute-revision.js';
import { stepText } from './step-text.js';

/**
 * The script of `--idempotent`: it can be run on a database wherever it is between the ends of the range, and again. A step
 * whose revision is there already, or not there any more, does nothing.
 * @throws MigrationError E6015 for a revision that leaves its transaction, E6006 where one asks the database
 */
export async function writeGuardedScript(
  environment: Environment,
  graph: RevisionGraph,
  steps: readonly MigrationStep[],
): Promise<string> {
  const { dialect, versionTable, transactionPerRevision } = environment;
  const { beginStatement, commitStatement, scriptGuards } = dialect().session;
  const { create, ledger } = dialect().versionTables;
  const connection = new OfflineConnection();
  const write = async (...statements: readonly string[]): Promise<void> => {
    for (const sql of statements) await connection.query(sql);
  };
  const between = transactionPerRevision ? [commitStatement, beginStatement] : [];
  const family = new Family(graph);
  const where = { place: placeOf(steps, true), known: new KnownTables() };
  await write(beginStatement, ...create(versionTable), ledger.create(versionTable));
  await write(...scriptGuards.open(versionTable, family.revisions));
  for (const revision of await loadSteps(environment, steps, true)) {
    await write(...between);
    connection.comment(`Running ${stepText(revision.step)}`);
    const statements = await statementsOf(environment, revision, where);
    await write(scriptGuards.step(versionTable, family.stepOf(revision.step, statements)));
  }
  await write(...between, ...scriptGuards.close(versionTable), commitStatement);
  return connection.text;
}

/** Who comes before and after whom. */
class Family {
  readonly revisions: readonly GuardedRevision[];
  readonly #children = new Map<string, string[]>();
  readonly #graph: RevisionGraph;

  constructor(graph: RevisionGraph) {
    this.#graph = graph;
    this.revisions = graph.revisions.map(({ id }) => ({
      revision: id,
      parents: graph.parentsOf(id),
    }));
    for (const { revision, parents } of this.revisions) {
      for (const parent of parents) {
        const children = this.#children.get(parent);
        if (children === undefined) this.#children.set(parent, [revision]);
        else children.push(revision);
      }
    }
  }

  stepOf(
    { revision: { id }, direction }: MigrationStep,
    statements: readonly string[],
  ): GuardedStep {
    const parents = this.#graph.parentsOf(id);
    const siblings = parents.map((parent) => {
      const others = (this.#children.get(parent) ?? []).filter((child) => child !== id);
      return [parent, others] as const;
    });
    return { revision: id, direction, parents, siblings: new Map(siblings), statements };
  }
}

async function statementsOf(
  environment: Environment,
  { step, loaded }: RevisionToRun,
  where: Pick<ScriptWriter, 'place' | 'known'>,
): Promise<readonly string[]> {
  const { dialect, versionTable } = environment;
  const statements: string[] = [];
  const advice = 'No script was written.';
  if (!loaded.transactional) throw inRevision({ ...step, advice }, cannotGuard());
  const target = scriptTarget(environment, {
    ...where,
    write: async (sql) => void statements.push(sql),
    leave: () => {
      throw cannotGuard();
    },
  });
  try {
    const effects = await executeRevision(step, loaded, target);
    const entry = logEntryOf(step, { loaded, effects, durationMs: 0 }, newRunIdentity());
    return [...statements, dialect().versionTables.insertLog(versionTable, entry)];
  } catch (error) {
    throw inRevision({ ...step, advice }, error);
  }
}

const cannotGuard = (): MigrationError =>
  new MigrationError('E6015', {
    problem:
      'it leaves its transaction, and no condition can stand before what runs outside of one',
    advice:
      'Write a script without --idempotent for this revision, and guarded ones for what is before and after it.',
  });
