import type { Step } from '../../graph/step.js';

/**
 * A step as Alembic writes it (MIG-11), without the message: `upgrade 1975ea -> ae1027`. The base is the empty text;
 * several revisions are joined by commas.
 */
export function stepText(step: Step): string {
  const [from, to] = endsOf(step);
  const verb = step.direction === 'stamp' ? 'stamp_revision' : step.direction;
  return `${verb} ${from.join(', ')} -> ${to.join(', ')}`;
}

function endsOf(step: Step): readonly [readonly string[], readonly string[]] {
  if (step.direction === 'stamp') {
    return [
      step.rowsBefore.filter((row) => !step.rowsAfter.includes(row)),
      step.rowsAfter.filter((row) => !step.rowsBefore.includes(row)),
    ];
  }
  const { id, downRevisions } = step.revision;
  return step.direction === 'upgrade' ? [downRevisions, [id]] : [[id], downRevisions];
}
