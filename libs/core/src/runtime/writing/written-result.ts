import type { DraftedRevision } from '../../autogenerate/drafted-revision.js';
import { describeOperation } from '../../operations/operation-definitions.js';
import type { RevisionResult } from '../migrator-results.js';
import type { WrittenFile } from './write-draft.js';

/** What drafts do, each operation in words; with several environments each with the name of its own. */
export const changesInWords = (drafts: readonly DraftedRevision[]): readonly string[] =>
  drafts.flatMap((draft) =>
    [draft, ...draft.others].flatMap(({ environment, upgrade }) =>
      upgrade.map((operation) => {
        const text = describeOperation(operation);
        return draft.others.length > 0 ? `${environment}: ${text}` : text;
      }),
    ),
  );

/** The result of writing files; the first stands for all where only one is asked about. */
export function writtenResult(
  files: readonly WrittenFile[],
  changes: readonly string[],
): RevisionResult {
  const written = files.map(({ file, revision: { id, downRevisions } }) => ({
    file,
    revision: id,
    downRevisions,
  }));
  const [first] = written;
  return {
    file: first?.file,
    revision: first?.revision,
    downRevisions: first?.downRevisions ?? [],
    changes,
    questions: [],
    written,
    cancelled: false,
  };
}
