import { MigrationError } from '../errors/migration-error.js';
import { quoted } from './quote.js';
import type { Revision } from './revision.js';

/** Width of the column of the version table (VT-01). */
const LONGEST_ID = 32;
const RESERVED: ReadonlySet<string> = new Set(['head', 'heads', 'base', 'current']);

/**
 * Refuses revisions whose own header cannot be right, whatever the others say; then ids that meet each other.
 *
 * @throws MigrationError E1001, E1002, E1004, E1006, E1010, E1011, E1012, E1016
 */
export function validateRevisions(revisions: readonly Revision[]): void {
  for (const revision of revisions) {
    validateId(revision);
    validateOwnEdges(revision);
  }
  validateDistinct(revisions);
}

/** Where a revision comes from, for messages: its file, or its id when it was handed in as a module. */
export function placeOf(revision: Revision): string {
  return revision.file === undefined ? `revision ${quoted(revision.id)}` : quoted(revision.file);
}

/**
 * Refuses a label that could be taken for something else in a target.
 *
 * @throws MigrationError E1010, E1011
 */
export function validateLabel(label: string, revision: Revision): void {
  const facts = { label, revision: revision.id, file: revision.file };
  if (RESERVED.has(label)) {
    throw new MigrationError('E1010', {
      problem: `branch label ${quoted(label)} of ${placeOf(revision)} is a reserved word`,
      advice: 'Choose another label: head, heads, base and current are targets.',
      facts,
    });
  }
  if (label === '' || /[@:+\s\p{C}]|-\d/u.test(label)) {
    throw new MigrationError('E1011', {
      problem: `branch label ${quoted(label)} of ${placeOf(revision)} could not be used in a target`,
      advice:
        'A label must not be empty, nor have "@", ":", "+", white space or "-" before a digit.',
      facts,
    });
  }
}

/** Nearly every id. */
const PLAIN_ID = new RegExp(`^(?!(?:${[...RESERVED].join('|')})$)\\w{1,${LONGEST_ID}}$`);

function validateId(revision: Revision): void {
  const { id } = revision;
  if (PLAIN_ID.test(id)) return;
  const facts = { revision: id, file: revision.file };
  if (id.length === 0 || id.length > LONGEST_ID) {
    throw new MigrationError('E1012', {
      problem: `revision id ${quoted(id)} of ${placeOf(revision)} has ${id.length} characters`,
      advice: `An id has 1 to ${LONGEST_ID} characters: the version table has no room for more.`,
      facts,
    });
  }
  if (!/^\w+$/.test(id)) {
    throw new MigrationError('E1011', {
      problem: `revision id ${quoted(id)} of ${placeOf(revision)} has a character that is not allowed`,
      advice: 'Use letters (a to z), digits and "_" only.',
      facts,
    });
  }
  if (RESERVED.has(id)) {
    throw new MigrationError('E1010', {
      problem: `revision id ${quoted(id)} of ${placeOf(revision)} is a reserved word`,
      advice: 'Choose another id: head, heads, base and current are targets.',
      facts,
    });
  }
}

function validateOwnEdges(revision: Revision): void {
  const { id, downRevisions, dependsOn } = revision;
  if (dependsOn.length === 0 && downRevisions.length < 2 && downRevisions[0] !== id) return;
  const facts = { revision: id, file: revision.file, revisions: [id], cycle: [id, id] };
  if (downRevisions.includes(id)) {
    throw new MigrationError('E1004', {
      problem: `revision ${quoted(id)} names itself as down revision`,
      advice: `Correct downRevision in ${placeOf(revision)}.`,
      facts,
    });
  }
  if (dependsOn.includes(id)) {
    throw new MigrationError('E1006', {
      problem: `revision ${quoted(id)} depends on itself`,
      advice: `Correct dependsOn in ${placeOf(revision)}.`,
      facts,
    });
  }
  const twice = downRevisions.find((down, place) => downRevisions.indexOf(down) !== place);
  if (twice !== undefined) {
    throw new MigrationError('E1016', {
      problem: `revision ${quoted(id)} names ${quoted(twice)} twice as down revision`,
      advice: `Remove one of them in ${placeOf(revision)}.`,
      facts: { revision: id, downRevision: twice, file: revision.file },
    });
  }
}

function validateDistinct(revisions: readonly Revision[]): void {
  // Most histories have ids in lower case only, and linking them finds those that are equal.
  if (revisions.every(({ id }) => id === id.toLowerCase())) return;
  const byFold = new Map<string, Revision>();
  for (const revision of revisions) {
    const fold = revision.id.toLowerCase();
    const other = byFold.get(fold);
    if (other !== undefined) throw sameId(other, revision);
    byFold.set(fold, revision);
  }
}

/** Two revisions whose ids are equal (E1001), or differ only in case (E1002). */
export function sameId(first: Revision, second: Revision): MigrationError {
  const facts = {
    revisions: [first.id, second.id],
    files: [first, second].flatMap(({ file }) => (file === undefined ? [] : [file])),
  };
  const places = `${placeOf(first)} and ${placeOf(second)}`;
  if (first.id === second.id) {
    return new MigrationError('E1001', {
      problem: `revision ${quoted(first.id)} is there twice: ${places}`,
      advice: 'Remove one of them, or give it another revision id.',
      facts,
    });
  }
  return new MigrationError('E1002', {
    problem: `revision ids ${quoted(first.id)} and ${quoted(second.id)} differ only in case: ${places}`,
    advice: 'Some databases and file systems take them for the same. Give one another id.',
    facts,
  });
}
