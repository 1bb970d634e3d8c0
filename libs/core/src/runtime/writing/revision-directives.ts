import type {
  DirectiveContext,
  DraftedChanges,
  DraftedRevision,
  RevisionDirective,
} from '../../autogenerate/drafted-revision.js';
import { MigrationError } from '../../errors/migration-error.js';
import { checkDrafts } from './check-drafts.js';
import { withDatabase } from '../session/connect-database.js';
import type { Environment } from '../options/environment.js';
import { readRows } from '../session/read-rows.js';

/** What directives are asked for. */
export interface DirectiveRequest extends Pick<DirectiveContext, 'command' | 'autogenerate'> {
  /** That of the call, which is asked before that of the options (API-07). */
  readonly directive?: RevisionDirective | undefined;
}

/** An environment, and those that share its revisions. */
export type Environments = readonly [Environment, ...Environment[]];

/** Whether anybody wants to see the drafts. */
export const hasDirectives = (
  environments: Environments,
  { directive }: DirectiveRequest,
): boolean =>
  directive !== undefined ||
  environments.some(({ processRevisionDirectives }) => processRevisionDirectives !== undefined);

/**
 * Hands the drafts to the directives: in each environment that of the call, then that of its options.
 * @returns the drafts that are left, none to write nothing
 * @throws MigrationError E9002, E9003 for what is no draft, E5010 without a database where one is needed, and what they throw
 */
export async function applyDirectives(
  environments: Environments,
  drafts: readonly DraftedRevision[],
  request: DirectiveRequest,
): Promise<readonly DraftedRevision[]> {
  refuseNoFunction(request);
  let left = drafts;
  for (const environment of environments) {
    const directives = [request.directive, environment.processRevisionDirectives].filter(
      (one) => one !== undefined,
    );
    if (directives.length === 0) continue;
    left = await withContext(environment, request, async (context) => {
      const newDraft = draftMaker(environments);
      let handed = left;
      for (const directive of directives) {
        const returned: unknown = await directive(frozen(handed), { ...context, newDraft });
        handed = checkDrafts(
          returned,
          environments.map(({ name }) => name),
        );
      }
      return handed;
    });
  }
  return left;
}

/** Those of the options were looked at when they were given. */
function refuseNoFunction({ directive }: DirectiveRequest): void {
  if (directive === undefined || typeof directive === 'function') return;
  throw new MigrationError('E9002', {
    problem: 'option "processRevisionDirectives" of revision must be a function',
    advice: 'Nothing was written. Pass a function, or what rewriter() makes.',
    facts: { option: 'processRevisionDirectives' },
  });
}

/** Makes the draft of an empty revision. */
export function draftMaker([own, ...others]: Environments): DirectiveContext['newDraft'] {
  const nothingIn = ({ name }: Environment): DraftedChanges => ({ environment: name, upgrade: [] });
  return (parts) => ({
    ...nothingIn(own),
    revisionId: parts?.revisionId ?? own.newId(),
    message: '',
    head: ['head'],
    splice: false,
    branchLabels: [],
    versionPath: undefined,
    dependsOn: [],
    imports: [],
    others: others.map(nothingIn),
    ...parts,
  });
}

type Known = Omit<DirectiveContext, 'newDraft'>;

/** With a session where the command has to do with the database anyway. */
async function withContext<T>(
  environment: Environment,
  { command, autogenerate }: DirectiveRequest,
  use: (context: Known) => Promise<T>,
): Promise<T> {
  const { name, x, versionTable, dialect } = environment;
  const known = { command, autogenerate, environment: name, x };
  if (!autogenerate && !environment.revisionEnvironment) return use(known);
  return withDatabase(environment, async (connection) => {
    const rows = await readRows({ dialect: dialect(), connection, versionTable });
    return use({ ...known, connection, rows });
  });
}

/** A directive that changes what it is handed is told at once. */
const frozen = (drafts: readonly DraftedRevision[]): readonly DraftedRevision[] =>
  Object.freeze(
    drafts.map((draft) => {
      for (const part of [draft, ...draft.others]) {
        Object.freeze(part.upgrade);
        Object.freeze(part);
      }
      return draft;
    }),
  );
