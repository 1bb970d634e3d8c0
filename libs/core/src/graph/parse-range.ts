import { MigrationError } from '../errors/migration-error.js';
import { quoted } from './quote.js';
import type { WalkRange } from './walk.js';

/**
 * Takes a history range apart: `a:b`, `a:` or `:b` (CLI-62).
 *
 * @throws MigrationError E7007
 */
export function parseRange(text: string): Pick<WalkRange, 'base' | 'head'> {
  const [base = '', head, ...more] = text.trim().split(':');
  if (head === undefined || more.length > 0) {
    throw new MigrationError('E7007', {
      problem: `${quoted(text)} is not a range`,
      advice: 'Write "<start>:<end>", "<start>:" or ":<end>".',
      facts: { range: text },
    });
  }
  return { ...(base !== '' && { base }), ...(head !== '' && { head }) };
}
