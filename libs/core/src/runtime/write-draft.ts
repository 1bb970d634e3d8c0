import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MigrationError } from '../errors/migration-error.js';
import type { Revision } from '../graph/revision.js';
import type { Operation } from '../operations/operation.js';
import { reverseAll } from '../operations/reverse-all.js';
import type { EnvironmentDraft } from '../render/render-revision.js';
import { renderRevision } from '../render/render-revision.js';
import { revisionFileName } from '../revisions/revision-file-name.js';
import { zonedTime } from '../revisions/time-zone.js';
import { writeRevisionFile } from '../revisions/write-revision-file.js';
import { checkWritten, refuseOtherHeader } from './check-written.js';
import type { Environment } from './environment.js';
import { removeFile, withHeadsLock } from './heads-lock.js';
import { prepareHooks, runHooks } from './post-write-hooks.js';
import { runTask } from './run-task.js';
import { templateArgsFor } from './template-args.js';
import { assertFoundAgain } from './writable-location.js';

/** What a revision does in one environment. */
export interface EnvironmentChanges {
  /** Name of the environment. */
  readonly name: string;
  readonly operations: readonly Operation[];
}

/** A revision that is about to be written. */
export interface Draft {
  /** Its header: id, message, down revisions, labels and dependencies as they will stand in the file. */
  readonly revision: Revision;
  /** The revisions that it builds on; none for a base, several for a merge. */
  readonly parents: readonly Revision[];
  /** Version location to write into, absolute. */
  readonly location: string;
  /** What it does in each environment, its own first; others only where they share the version locations. */
  readonly changes: readonly [EnvironmentChanges, ...EnvironmentChanges[]];
  /** The heads when it is written. */
  readonly heads: readonly Revision[];
}

/**
 * Renders a revision, writes it into its version location, and `heads.lock` with it, and runs the post-write hooks.
 * @returns the file, absolute
 * @throws MigrationError E7006, E7030, E9002 template, E7020, E7021 hook, E7031 lock, and those of writing a file
 */
export async function writeDraft(environment: Environment, draft: Draft): Promise<string> {
  const { id, message, downRevisions, branchLabels, dependsOn } = draft.revision;
  const { writing, root } = environment;
  const hooks = prepareHooks(environment);
  const template = readTemplate(environment);
  const [own, ...others] = draft.changes.map(({ name, operations }) => ({
    name,
    upgrade: operations,
    downgrade: reverseAll(operations),
  })) as [EnvironmentDraft, ...EnvironmentDraft[]];
  const time = zonedTime(environment.now(), writing.timezone);
  const text = renderRevision(
    {
      revision: id,
      message,
      downRevisions,
      branchLabels,
      dependsOn,
      createdAt: time.iso,
      importSource: environment.importSource,
      ...own,
      environment: own.name,
      others,
      ...(template !== undefined && { template }),
      templateArgs: await templateArgsFor(environment, draft.revision),
    },
    {
      ...environment.dialect().quoting,
      finalNames: environment.namingConvention !== undefined,
    },
  );
  const fileName = revisionFileName(id, message, { ...writing, time });
  assertFoundAgain(environment, fileName);
  refuseOtherHeader(text, draft.revision);
  const { location } = draft;
  const task = { kind: 'generateFile', path: join(location, fileName) } as const;
  const file = withHeadsLock(environment, draft.heads, {
    make: () =>
      runTask(environment.emit, task, () => writeRevisionFile({ location, fileName, text, root })),
    undo: removeFile,
  });
  environment.emit({ type: 'fileWritten', file });
  await runHooks(environment, hooks, file);
  await checkWritten(file, draft.revision);
  return file;
}

/** That of the options, which must be there; else that of the migrations folder, where it is. */
function readTemplate({ writing, directory }: Environment): string | undefined {
  const { revisionTemplate } = writing;
  const file = revisionTemplate ?? join(directory, 'revision.ts.tpl');
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && revisionTemplate === undefined) return undefined;
    throw new MigrationError('E9002', {
      problem: `the revision template "${file}" cannot be read: ${code}`,
      advice: 'Nothing was written. Correct the option "revisionTemplate", or restore the file.',
      facts: { option: 'revisionTemplate', file },
      cause: error,
    });
  }
}
