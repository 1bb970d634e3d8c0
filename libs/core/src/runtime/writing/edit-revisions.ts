import { MigrationError } from '../../errors/migration-error.js';
import { openInEditor } from '../../revisions/open-in-editor.js';
import type { EditResult, RevisionInfo } from '../migrator-results.js';

/**
 * Opens the file of each revision in an editor, one after the other (CLI-83).
 * @param target as typed, for messages
 * @throws MigrationError E7014 when there is no editor or it fails, E7015 when there is nothing to open
 */
export async function editRevisions(
  target: string,
  revisions: readonly RevisionInfo[],
  editor: string | undefined,
): Promise<EditResult> {
  const files = revisions.map((revision) => fileOf(revision));
  if (files.length === 0) throw nothingToOpen(target);
  for (const file of files) await openInEditor(file, editor);
  return { files };
}

function fileOf({ id, file }: RevisionInfo): string {
  if (file !== undefined) return file;
  throw new MigrationError('E7015', {
    problem: `revision "${id}" was handed in as a module and has no file`,
    advice: 'Open its source in the app.',
    facts: { revision: id },
  });
}

const nothingToOpen = (target: string): MigrationError =>
  new MigrationError('E7015', {
    problem:
      target === 'current'
        ? 'the database is at base: there is no current revision'
        : `"${target}" denotes no revision file`,
    advice: 'Name a revision; "history" lists them.',
    facts: { target },
  });
