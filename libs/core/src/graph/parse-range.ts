import { MigrationError } from '../errors/migration-error.js';
import { quoted } from './quote.js';
import { resolveSingle } from './resolve-name.js';
import type { RevisionGraph } from './revision-graph.js';
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

/** Where an offline command begins and where it goes. */
export interface OfflineRange {
  /** As typed; absent where the command begins with an empty version table. */
  readonly from?: string;
  readonly to: string;
}

/**
 * Takes the argument of an offline command apart: `from:to`, or only `to` where the command may begin at base. A downgrade
 * must say from where, as nothing can be read (CLI-57); more than one colon is an error (CLI-59).
 *
 * @throws MigrationError E7007, E7013
 */
export function parseOfflineRange(
  text: string,
  { needsFrom = false }: { readonly needsFrom?: boolean } = {},
): OfflineRange {
  const [left = '', right, ...more] = text.trim().split(':');
  const [from, to] = right === undefined ? ['', left] : [left, right];
  if (more.length > 0 || to === '') {
    throw new MigrationError('E7007', {
      problem: `${quoted(text)} is not a range`,
      advice: 'Write "<from>:<to>".',
      facts: { range: text },
    });
  }
  if (needsFrom && from === '') {
    throw new MigrationError('E7013', {
      problem: `${quoted(text)} does not say from where, and offline the version table cannot be read`,
      advice: 'Write "<from>:<to>".',
      facts: { range: text },
    });
  }
  return { ...(from !== '' && { from }), to };
}

/**
 * Refuses a range where a single target is meant (CLI-53).
 *
 * @throws MigrationError E7007
 */
export function refuseRange(target: string): void {
  if (!target.includes(':')) return;
  throw new MigrationError('E7007', {
    problem: `${quoted(target)} is a range, and the command asks the database where it begins`,
    advice: 'Name only the target, or write SQL with --sql.',
    facts: { target },
  });
}

/**
 * The rows that the version table is taken to have where an offline command begins: of `heads` all real heads, else the one
 * revision that is named.
 *
 * @throws MigrationError E1007, E1013, E1017, E1018
 */
export function rowsAtStart(graph: RevisionGraph, from: string | undefined): readonly string[] {
  if (from === undefined) return [];
  if (from === 'heads') return graph.realHeads.map(({ id }) => id);
  const node = resolveSingle(graph.index, from);
  return node === undefined ? [] : [node.id];
}
