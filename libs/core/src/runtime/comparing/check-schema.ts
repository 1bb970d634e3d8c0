import type { MigrationError } from '../../errors/migration-error.js';
import type { RevisionGraph } from '../../graph/revision-graph.js';
import { describeOperation } from '../../operations/operation-definitions.js';
import type { Operation } from '../../operations/operation.js';
import { qualifiedVersionTable } from '../session/default-schema-of.js';
import { differenceAtHead } from './difference-at-head.js';
import { editedRevisions } from '../running/edited-revisions.js';
import type { Environment } from '../options/environment.js';
import { readUnfinished } from '../running/unfinished.js';
import { inspectRevisions } from '../reading/inspect-revisions.js';
import type { CheckSchemaOptions } from '../migrator-api.js';
import type { CheckResult } from '../migrator-results.js';
import { applyDirectives, draftMaker, hasDirectives } from '../writing/revision-directives.js';
import { changesInWords } from '../writing/written-result.js';

/**
 * Compares model and database without writing anything; what a revision would have to ask for counts as a difference. Warns of
 * applied revisions whose file was changed since, and with `load` of what revision files do when they are loaded.
 * @throws MigrationError E4014, E5014 where all that differs may only be spelled otherwise, E9006, with `load` those of a file that cannot be loaded
 */
export async function checkSchema(
  environment: Environment,
  graph: RevisionGraph,
  { load = false }: CheckSchemaOptions = {},
): Promise<CheckResult> {
  const found: MigrationError[] = [];
  const warn = (error: MigrationError): void => {
    found.push(error);
    environment.emit({ type: 'warning', message: error.message });
  };
  // Before there is a connection of our own, which would be taken for one of theirs.
  if (load) await inspectRevisions(environment, graph, warn);
  const diff = await differenceAtHead(environment, graph, {
    allowDestructive: false,
    decisions: { listAll: true, suspectRenames: true },
    examine: async (connection, rows) => {
      const place = { connection, dialect: environment.dialect() };
      const versionTable = await qualifiedVersionTable({
        ...place,
        versionTable: environment.versionTable,
      });
      const state = { graph, rows, connection, versionTable };
      const left = await readUnfinished({ ...place, versionTable, rows });
      if (left !== undefined) warn(left);
      (await editedRevisions(environment, state)).forEach(warn);
    },
  });
  const changes = await changesLeft(environment, diff.operations);
  const upToDate = changes.length === 0 && diff.questions.length === 0;
  const warnings = found.map(({ code, message, facts }) => ({ code, message, facts }));
  const doubtful = diff.doubtful?.map(describeOperation);
  return { upToDate, changes, ...(doubtful && { doubtful }), diff, warnings };
}

/** What `revision --autogenerate` would write, were it asked (CLI-48). */
async function changesLeft(
  environment: Environment,
  upgrade: readonly Operation[],
): Promise<readonly string[]> {
  const environments = [environment] as const;
  const request = { command: 'check', autogenerate: true } as const;
  if (!hasDirectives(environments, request)) return upgrade.map(describeOperation);
  const draft = draftMaker(environments)({ upgrade });
  return changesInWords(await applyDirectives(environments, [draft], request));
}
