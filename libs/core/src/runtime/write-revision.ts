import { MigrationError } from '../errors/migration-error.js';
import type { RevisionGraph } from '../graph/revision-graph.js';
import { describeOperation } from '../operations/operation-definitions.js';
import { environmentsOf } from './alongside.js';
import { differenceAtHead } from './difference-at-head.js';
import type { Environment } from './environment.js';
import { refuseConflict } from './heads-lock.js';
import type { RevisionOptions } from './migrator-api.js';
import type { CheckResult, RevisionResult } from './migrator-results.js';
import { planNewRevision, writeNewRevision } from './new-revision.js';
import type { EnvironmentChanges } from './write-draft.js';

/**
 * Writes a new revision file, empty or with the difference between model and database. Nothing is written when there is
 * no difference, or when a question is open.
 * @throws MigrationError E7007 options that contradict each other, E4014 a database behind the revisions, E9006 no model,
 * those of planning a revision and of writing a file
 */
export async function writeRevision(
  environment: Environment,
  graph: RevisionGraph,
  options: RevisionOptions,
): Promise<RevisionResult> {
  refuseSql(environment, options);
  refuseIdleOption(options);
  refuseConflict(environment);
  const planned = planNewRevision(environment, graph, {
    ...options,
    on: [options.head ?? 'head'].flat(),
  });
  const { downRevisions } = planned.revision;
  const nothing = { file: undefined, revision: undefined, downRevisions };
  const found = await differencesFor(environment, graph, options);
  const questions = found.flatMap((one) => one.questions);
  const changes = changesInWords(found);
  for (const change of changes) environment.emit({ type: 'changeDetected', change });
  if (questions.length > 0) return { ...nothing, changes, questions };
  if (options.autogenerate && changes.length === 0) return { ...nothing, changes, questions };
  // Offline there is no database for the environment to connect to.
  const place = options.sql ? { ...environment, revisionEnvironment: false } : environment;
  const file = await writeNewRevision(place, planned, found);
  return { file, revision: planned.revision.id, downRevisions, changes, questions };
}

/** CLI-41. */
function refuseSql(environment: Environment, { sql, autogenerate }: RevisionOptions): void {
  if (sql !== true || (autogenerate !== true && environment.revisionEnvironment)) return;
  throw new MigrationError('E7007', {
    problem: autogenerate
      ? 'using --sql with --autogenerate does not make any sense'
      : 'using --sql with the revision command when revisionEnvironment is not configured does not make any sense',
    advice: 'Nothing was written. Leave out --sql.',
  });
}

/** What was allowed would be taken for done. */
function refuseIdleOption({ autogenerate, allowDestructive }: RevisionOptions): void {
  if (allowDestructive !== true || autogenerate === true) return;
  throw new MigrationError('E7007', {
    problem: 'allowDestructive says something only about what autogenerate writes',
    advice: 'Nothing was written. Add --autogenerate, or leave out --allow-destructive.',
  });
}

/** What was found in one environment. */
interface Found extends EnvironmentChanges {
  readonly questions: CheckResult['diff']['questions'];
}

/** The differences of all environments that the revision is for, one after the other; none without autogenerate. */
async function differencesFor(
  environment: Environment,
  graph: RevisionGraph,
  { autogenerate, allowDestructive = false, alongside }: RevisionOptions,
): Promise<[Found, ...Found[]]> {
  const [own, ...others] = environmentsOf(environment, alongside);
  const find = async (one: Environment): Promise<Found> => {
    const { name } = one;
    if (autogenerate !== true) return { name, operations: [], questions: [] };
    const { operations, questions } = await differenceAtHead(one, graph, {
      allowDestructive,
    });
    return { name, operations, questions };
  };
  const found: [Found, ...Found[]] = [await find(own)];
  for (const other of others) found.push(await find(other));
  return found;
}

/** Of several environments each change with the name of its own. */
const changesInWords = (found: readonly Found[]): readonly string[] =>
  found.flatMap(({ name, operations }) =>
    operations.map((operation) => {
      const text = describeOperation(operation);
      return found.length > 1 ? `${name}: ${text}` : text;
    }),
  );
