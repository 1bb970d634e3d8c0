import { existsSync } from 'node:fs';
import { MigrationError } from '../../errors/migration-error.js';
import type { Revision } from '../../graph/revision.js';
import { readHeader } from '../../revisions/read-header.js';
import { readRevision } from '../../revisions/read-revision.js';
import { revisionFromHeader } from '../../revisions/revision-header.js';

/**
 * Refuses a text whose header says something else than was asked for, because the template leaves it out (CLI-39). What
 * is computed is found only by {@link checkWritten}.
 * @throws MigrationError E7030, E2010
 */
export function refuseOtherHeader(text: string, revision: Revision): void {
  const { values, computed } = readHeader(text);
  if (computed.size > 0) return;
  const header = Object.fromEntries([...values].map(([name, { value }]) => [name, value]));
  const found = values.has('revision') ? revisionFromHeader(header, {}) : undefined;
  const problem = differenceOf(found, revision);
  if (problem === undefined) return;
  throw new MigrationError('E7030', {
    problem,
    advice: 'Nothing was written. Put the missing placeholder into the template of revisions.',
    facts: { revision: revision.id },
  });
}

/**
 * Reads a new file as the next command will (CLI-45): template and post-write hooks decide what it says.
 * @throws MigrationError E7030, and those of a broken revision file
 */
export async function checkWritten(file: string, revision: Revision): Promise<void> {
  if (!existsSync(file)) {
    throw new MigrationError('E7030', {
      problem: `the file of revision "${revision.id}" is not there any more (${file})`,
      advice: 'It was written, and a post-write hook took it away. See to the hook.',
      facts: { revision: revision.id, file },
    });
  }
  const problem = differenceOf(await readRevision(file), revision);
  if (problem === undefined) return;
  throw new MigrationError('E7030', {
    problem: `${problem} (${file})`,
    advice: 'The file was written. Correct it or remove it, and see to the template or the hook.',
    facts: { revision: revision.id, file },
  });
}

function differenceOf(found: Revision | undefined, wanted: Revision): string | undefined {
  if (found?.id !== wanted.id) {
    const instead = found === undefined ? 'no revision at all' : `revision "${found.id}"`;
    return `the file of revision "${wanted.id}" holds ${instead}; does the template have {{revision}} in \`export const revision\`?`;
  }
  const part = PARTS.find(({ of }) => of(found).join() !== of(wanted).join());
  if (part === undefined) return undefined;
  const texts = [part.of(wanted), part.of(found)].map((names) => names.join(', ') || 'none');
  return `revision "${wanted.id}" was asked for with ${part.words} ${texts[0]}, and its file has ${texts[1]}; does the template have {{${part.placeholder}}} in \`export const ${part.placeholder}\`?`;
}

const PARTS = [
  {
    words: 'down revision',
    placeholder: 'downRevision',
    of: (revision: Revision) => revision.downRevisions,
  },
  {
    words: 'branch labels',
    placeholder: 'branchLabels',
    of: (revision: Revision) => revision.branchLabels,
  },
  {
    words: 'dependencies',
    placeholder: 'dependsOn',
    of: (revision: Revision) => revision.dependsOn,
  },
] as const;
