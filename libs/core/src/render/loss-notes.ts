import { operationsIn } from '../operations/batch-operations.js';
import type { Operation } from '../operations/operation.js';
import { listInWords, nameInWords, partInWords } from '../operations/words.js';
import { PRINT_WIDTH } from './print-code.js';
import { commentLine } from './string-literal.js';

/** Comments for the way back: what it makes again is empty, or other than it was. Each is one line; none where nothing is lost. */
export function lossNotes(upgrade: readonly Operation[], indent: number): readonly string[] {
  const room = PRINT_WIDTH - indent - '// '.length;
  return upgrade
    .flatMap(operationsIn)
    .flatMap(noteOf)
    .map((note) => `// ${commentLine(note, room)}`);
}

function noteOf(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'dropTable':
      return [`The rows of ${nameInWords(operation.name)} are gone: the table comes back empty.`];
    case 'dropColumn': {
      if (operation.dropped?.generated || operation.anew) return [];
      const place = partInWords(operation.table, operation.name);
      return [`The values of ${place} are gone: the column comes back without them.`];
    }
    case 'alterEnum': {
      const replaced = (operation.replacements ?? []).map(({ from }) => from);
      if (replaced.length === 0) return [];
      return [`Rows that held ${listInWords(replaced)} keep the label that they were given.`];
    }
    default:
      return [];
  }
}
