import { MigrationError } from '../../errors/migration-error.js';
import type { RevisionGraph } from '../../graph/revision-graph.js';
import type { DraftedRevision } from '../../autogenerate/drafted-revision.js';
import { parseRename } from '../../autogenerate/stated-rename.js';
import { AnswersOf } from './answers-of.js';
import { environmentsOf } from '../alongside.js';
import { differenceAtHead } from '../comparing/difference-at-head.js';
import type { Environment } from '../options/environment.js';
import { refuseConflict } from './heads-lock.js';
import type { LookedAtRows } from '../comparing/look-at-rows.js';
import type { RevisionOptions } from '../migrator-api.js';
import type { CheckResult, RevisionResult } from '../migrator-results.js';
import type { PlacedDraft } from './new-revision.js';
import { planDrafts, writePlacedDrafts } from './new-revision.js';
import type { DirectiveRequest, Environments } from './revision-directives.js';
import { applyDirectives, draftMaker, hasDirectives } from './revision-directives.js';
import { changesInWords, writtenResult } from './written-result.js';

/**
 * Writes a new revision file, empty or with the difference between model and database; or what `processRevisionDirectives`
 * makes of it. Nothing is written when there is no difference, or when a question is open.
 * @throws MigrationError E7040 answers, E7041 renames that do not fit, E7007 options that contradict each other, E4014 a database
 * behind the revisions, E5014 a comparison that could not be made, E9006 no model, those of planning a revision, of directives and of writing a file
 */
export async function writeRevision(
  environment: Environment,
  graph: RevisionGraph,
  options: RevisionOptions,
): Promise<RevisionResult> {
  refuseSql(environment, options);
  refuseIdleOption(options);
  refuseConflict(environment);
  const environments = environmentsFor(environment, options);
  const request: DirectiveRequest = {
    command: 'revision',
    autogenerate: options.autogenerate === true,
    directive: options.processRevisionDirectives,
  };
  const asked = askedFor(environments, options);
  // Before anything is compared, unless a directive may still choose another place.
  if (!hasDirectives(environments, request)) planDrafts(environment, graph, [asked]);
  const found = await differencesFor(environments, graph, options);
  const questions = found.flatMap((one) => one.questions);
  const detected = draftWith(asked, found);
  const changes = changesInWords([detected]);
  if (questions.length > 0) return { ...NOTHING, changes, questions };
  for (const change of changes) environment.emit({ type: 'changeDetected', change });
  const drafts = await applyDirectives(environments, [detected], request);
  const placed = planDrafts(environment, graph, drafts);
  if (placed.length === 0) return { ...NOTHING, cancelled: true };
  if (options.autogenerate && drafts.every(isEmpty)) return nothingOn(placed);
  const written = await writePlacedDrafts(environments, placed);
  const rowsInTheWay = found.flatMap((one) => one.rowsInTheWay ?? []);
  return {
    ...writtenResult(written, changesInWords(drafts)),
    ...(rowsInTheWay.length > 0 && { rowsInTheWay }),
  };
}

/** Offline there is no database for an environment to connect to. */
function environmentsFor(
  environment: Environment,
  { alongside, sql }: RevisionOptions,
): Environments {
  const [own, ...others] = environmentsOf(environment, alongside);
  const offline = (one: Environment): Environment => ({ ...one, revisionEnvironment: false });
  return sql ? [offline(own), ...others.map(offline)] : [own, ...others];
}

const NOTHING: RevisionResult = Object.freeze({
  file: undefined,
  revision: undefined,
  downRevisions: [],
  changes: [],
  questions: [],
  written: [],
  cancelled: false,
});

const nothingOn = ([first]: readonly PlacedDraft[]): RevisionResult => ({
  ...NOTHING,
  downRevisions: first?.revision.downRevisions ?? [],
});

const isEmpty = (draft: DraftedRevision): boolean =>
  [draft, ...draft.others].every(
    ({ upgrade, downgrade = [] }) => upgrade.length + downgrade.length === 0,
  );

/** The draft of an empty revision with the options of the call. */
function askedFor(environments: Environments, options: RevisionOptions): DraftedRevision {
  const { revisionId, message, head, splice, branchLabels, versionPath, dependsOn } = options;
  return draftMaker(environments)({
    ...(revisionId !== undefined && { revisionId }),
    ...(message !== undefined && { message }),
    ...(head !== undefined && { head: [head].flat() }),
    ...(splice !== undefined && { splice }),
    ...(branchLabels !== undefined && { branchLabels }),
    ...(dependsOn !== undefined && { dependsOn }),
    versionPath,
  });
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

/** What was decided would be taken for done. */
function refuseIdleOption(options: RevisionOptions): void {
  if (options.autogenerate === true) return;
  const decided = [
    ...(options.allowDestructive ? ['allowDestructive'] : []),
    ...(options.answers ? ['answers'] : []),
    ...(options.renames ? ['renames'] : []),
  ];
  if (decided.length === 0) return;
  throw new MigrationError('E7007', {
    problem: `${decided.join(', ')} ${decided.length === 1 ? 'says' : 'say'} something only about what autogenerate writes`,
    advice: 'Nothing was written. Add --autogenerate, or leave it out.',
    facts: { options: decided },
  });
}

/** What was found in one environment. */
interface Found extends Pick<LookedAtRows, 'operations'> {
  readonly rowsInTheWay?: LookedAtRows['rowsInTheWay'];
  readonly questions: CheckResult['diff']['questions'];
}

/** The differences of all environments that the revision is for, one after the other; none without autogenerate. */
async function differencesFor(
  environments: Environments,
  graph: RevisionGraph,
  { autogenerate, allowDestructive = false, ...decided }: RevisionOptions,
): Promise<readonly Found[]> {
  if (autogenerate !== true) return [];
  const answers = new AnswersOf(decided.answers ?? {}, environments.length > 1);
  const renames = decided.renames === 'none' ? [] : (decided.renames ?? []).map(parseRename);
  const suspectRenames = decided.renames !== 'none';
  const found: Found[] = [];
  for (const one of environments) {
    const decisions = { answers: answers.of(one.name), renames, suspectRenames };
    const difference = await differenceAtHead(one, graph, {
      allowDestructive,
      decisions,
      forWriting: true,
    });
    found.push({ ...difference, questions: answers.seen(one.name, difference) });
  }
  answers.refuseStale();
  return found;
}

/** What was found stands in the order of the environments. */
const draftWith = (draft: DraftedRevision, found: readonly Found[]): DraftedRevision => ({
  ...draft,
  upgrade: found[0]?.operations ?? [],
  others: draft.others.map((other, place) => ({
    ...other,
    upgrade: found[place + 1]?.operations ?? [],
  })),
});
