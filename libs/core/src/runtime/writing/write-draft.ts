import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DraftedChanges } from '../../autogenerate/drafted-revision.js';
import { MigrationError } from '../../errors/migration-error.js';
import type { Revision } from '../../graph/revision.js';
import { reverseAll } from '../../operations/reverse-all.js';
import type { EnvironmentDraft } from '../../render/render-revision.js';
import { renderRevision } from '../../render/render-revision.js';
import { revisionFileName } from '../../revisions/revision-file-name.js';
import { zonedTime } from '../../revisions/time-zone.js';
import { writeRevisionFile } from '../../revisions/write-revision-file.js';
import { checkWritten, refuseOtherHeader } from './check-written.js';
import { portableTypeOf } from '../../dialects/common/portable-type-of.js';
import type { Operation } from '../../operations/operation.js';
import { portableOperation, type PortableWords } from '../../autogenerate/portable-operations.js';
import type { Environment } from '../options/environment.js';
import { removeFile, withHeadsLock } from './heads-lock.js';
import { prepareHooks, runHooks } from './post-write-hooks.js';
import { refuseUnregistered } from './refuse-unregistered.js';
import { runTask } from '../run-task.js';
import { templateArgsOfAll } from './template-args.js';
import { assertFoundAgain } from './writable-location.js';

/** A revision that is about to be written. */
export interface Draft {
  /** Its header: id, message, down revisions, labels and dependencies as they will stand in the file. */
  readonly revision: Revision;
  /** The revisions that it builds on; none for a base, several for a merge. */
  readonly parents: readonly Revision[];
  /** Version location to write into, absolute. */
  readonly location: string;
  /** What it does in each environment, its own first; others only where they share the version locations. */
  readonly changes: readonly [DraftedChanges, ...DraftedChanges[]];
  /** Import declarations. */
  readonly imports: readonly string[];
  /** The other environments that it is written for. */
  readonly alongside?: readonly Environment[];
}

/** A revision file that was written. */
export interface WrittenFile {
  readonly revision: Revision;
  /** Absolute. */
  readonly file: string;
}

/**
 * Renders revisions, writes all of them into their version locations, and `heads.lock` with them, or none; then runs the post-write
 * hooks on each.
 * @param heads those afterwards
 * @throws MigrationError E3019 an operation that no environment registers, E7006, E7030, E9002 template, E7020, E7021 hook, E7031 lock, and those of writing a file
 */
export async function writeDrafts(
  environment: Environment,
  drafts: readonly Draft[],
  heads: readonly Revision[],
): Promise<readonly WrittenFile[]> {
  const hooks = prepareHooks(environment);
  const template = readTemplate(environment);
  const rendered: RenderedDraft[] = [];
  for (const draft of drafts) rendered.push(await renderDraft(environment, draft, template));
  const written = withHeadsLock(environment, heads, {
    make: () => writeAll(environment, rendered),
    undo: (files) => files.forEach(({ file }) => removeFile(file)),
  });
  for (const { file, revision } of written) {
    environment.emit({ type: 'fileWritten', file });
    await runHooks(environment, hooks, file);
    await checkWritten(file, revision);
  }
  return written;
}

interface RenderedDraft {
  readonly revision: Revision;
  readonly location: string;
  readonly fileName: string;
  readonly text: string;
}

async function renderDraft(
  environment: Environment,
  { revision, changes, imports, location, alongside = [] }: Draft,
  template: string | undefined,
): Promise<RenderedDraft> {
  const { id, message, downRevisions, branchLabels, dependsOn } = revision;
  const { writing } = environment;
  const [own, ...others] = changes.map((change) => environmentDraft(environment, change)) as [
    EnvironmentDraft,
    ...EnvironmentDraft[],
  ];
  refuseUnregistered([environment, ...alongside], [own, ...others]);
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
      imports,
      ...own,
      environment: own.name,
      others,
      ...(template !== undefined && { template }),
      ...(environment.renderItem && { renderItem: environment.renderItem }),
      templateArgs: await templateArgsOfAll([environment, ...alongside], revision),
    },
    {
      ...environment.dialect().quoting,
      finalNames: environment.namingConvention !== undefined,
      asBatch: environment.renderAsBatch,
      ...(writing.portableTypes && {
        portable: { dialect: environment.dialect(), hints: writing.portableHints() },
      }),
    },
  );
  const fileName = revisionFileName(id, message, { ...writing, time });
  assertFoundAgain(environment, fileName);
  refuseOtherHeader(text, revision);
  return { revision, location, fileName, text };
}

function environmentDraft(
  environment: Environment,
  { environment: name, upgrade: drafted, downgrade: given }: DraftedChanges,
): EnvironmentDraft {
  const written = writtenIn(environment);
  const upgrade = drafted.map(written);
  if (given)
    return { name, upgrade, downgrade: { operations: given.map(written), irreversible: [] } };
  const { operations, irreversible } = reverseAll(drafted);
  return { name, upgrade, downgrade: { operations: operations.map(written), irreversible } };
}

/** How operations are written: as they are, or so that they hold on every database. */
function writtenIn({ writing, dialect }: Environment): (operation: Operation) => Operation {
  if (!writing.portableTypes) return (operation) => operation;
  const { quoting, portable } = dialect();
  const words: PortableWords = {
    ...quoting,
    now: (type) => portable.now(type),
    kindOf: (type) => portableTypeOf(type, { portable })?.portable,
  };
  return (operation) => portableOperation(operation, words);
}

/** All files, or none. */
function writeAll(
  { emit, root }: Environment,
  rendered: readonly RenderedDraft[],
): readonly WrittenFile[] {
  const written: WrittenFile[] = [];
  try {
    for (const { revision, location, fileName, text } of rendered) {
      const task = { kind: 'generateFile', path: join(location, fileName) } as const;
      const file = runTask(emit, task, () => writeRevisionFile({ location, fileName, text, root }));
      written.push({ revision, file });
    }
    return written;
  } catch (error) {
    written.forEach(({ file }) => removeFile(file));
    throw error;
  }
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
