import type { MergeOptions, RevisionResult } from '@nest-alembic/core';
import { Option } from '../commander/commander-parts.js';
import { questionDocument } from '../output/describe-question.js';
import { AlembicFilesCommand } from './alembic-files-command.js';
import type { Invocation } from './alembic-sub-command.js';

/** Options of the commands that write a revision, as commander names them. */
export interface WritingOptions {
  readonly message?: string;
  readonly revId?: string;
  readonly splice?: boolean;
  readonly branchLabel?: readonly string[];
  readonly versionPath?: string;
  readonly dependsOn?: readonly string[];
}

/** Base of `revision` and `merge`. */
export abstract class AlembicWritingCommand<
  Options extends WritingOptions = WritingOptions,
> extends AlembicFilesCommand<Options> {
  /** The options as the engine names them. */
  protected engineOptions(invocation: Invocation<WritingOptions>): Omit<MergeOptions, 'auto'> {
    const { options, alongside } = invocation;
    const { message, revId, splice, branchLabel, versionPath, dependsOn } = options;
    return {
      ...(alongside !== undefined && alongside.length > 0 && { alongside }),
      ...(message !== undefined && { message }),
      ...(revId !== undefined && { revisionId: revId }),
      ...(splice !== undefined && { splice }),
      ...(branchLabel !== undefined && { branchLabels: branchLabel }),
      ...(versionPath !== undefined && { versionPath }),
      ...(dependsOn !== undefined && { dependsOn }),
    };
  }

  @Option({ flags: '-m, --message <text>', description: 'What the revision does, in one line.' })
  message(value: string): string {
    return value;
  }

  @Option({ flags: '--rev-id <id>', description: 'Id of the revision, if not a random one.' })
  revId(value: string): string {
    return value;
  }

  @Option({
    flags: '--splice',
    description: 'Allow down revisions that are no heads: a new branch begins there.',
  })
  splice(): boolean {
    return true;
  }

  @Option({
    flags: '--branch-label <label>',
    description: 'Name of the branch that begins here; may be repeated.',
  })
  branchLabel(value: string, previous: readonly string[] = []): readonly string[] {
    return [...previous, value];
  }

  @Option({
    flags: '--version-path <folder>',
    description: 'Version location to write into, where there are several.',
  })
  versionPath(value: string): string {
    return value;
  }

  @Option({
    flags: '--depends-on <target>',
    description: 'Revision or branch label to be applied before; may be repeated.',
  })
  dependsOn(value: string, previous: readonly string[] = []): readonly string[] {
    return [...previous, value];
  }
}

/** Document of `revision` and `merge`. */
export function writtenDocument({ file, revision, ...rest }: RevisionResult): object {
  const questions = rest.questions.map(questionDocument);
  const { rowsInTheWay = [] } = rest;
  return { file: file ?? null, revision: revision ?? null, ...rest, questions, rowsInTheWay };
}
