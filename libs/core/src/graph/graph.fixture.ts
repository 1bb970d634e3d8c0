import { isMigrationError } from '../errors/migration-error.js';
import type { MigrationError } from '../errors/migration-error.js';
import { RevisionGraph } from './revision-graph.js';
import type { Revision } from './revision.js';
import type { Step, VersionChange } from './step.js';

/**
 * Builds a graph from arrows, `'a <- b <- c'`: b has the down revision a. Several at once with commas: `'b, c <- d'` is a
 * merge, `'a <- b, c'` a branch. `'a <~ d'`: d depends on a. A label is given in brackets where a revision is named first:
 * `'a[billing] <- b'`. Load order is the order in which revisions are named.
 */
export function graphOf(...lines: readonly string[]): RevisionGraph {
  return RevisionGraph.build(revisionsOf(...lines));
}

/** The revisions of arrows; see {@link graphOf}. */
export function revisionsOf(...lines: readonly string[]): readonly Revision[] {
  const drafts = new Map<string, Draft>();
  for (const line of lines) {
    const [first = '', ...links] = line.split(/(<-|<~)/);
    let below = group(drafts, first);
    for (let place = 0; place < links.length; place += 2) {
      const above = group(drafts, links[place + 1] ?? '');
      for (const draft of above) {
        const names = links[place] === '<-' ? draft.downRevisions : draft.dependsOn;
        names.push(...below.map(({ name }) => name));
      }
      below = above;
    }
  }
  return [...drafts.values()].filter(({ isRevision }) => isRevision).map(revisionOf);
}

interface Draft {
  readonly name: string;
  readonly downRevisions: string[];
  readonly dependsOn: string[];
  readonly branchLabels: string[];
  /** False for a label or a missing revision that is only depended on: written `'(label) <~ d'`. */
  readonly isRevision: boolean;
}

function group(drafts: Map<string, Draft>, text: string): readonly Draft[] {
  return text.split(',').map((one) => {
    const [, open, name = '', , labels = ''] =
      /^\s*(\(?)([^\s[)]+)\)?(\[([^\]]*)\])?\s*$/.exec(one) ?? [];
    const known = drafts.get(name);
    if (known !== undefined) return known;
    const draft: Draft = {
      name,
      downRevisions: [],
      dependsOn: [],
      branchLabels: labels.split(' ').filter((label) => label !== ''),
      isRevision: open === '',
    };
    drafts.set(name, draft);
    return draft;
  });
}

function revisionOf({ name, downRevisions, dependsOn, branchLabels }: Draft): Revision {
  return {
    id: name,
    downRevisions,
    dependsOn,
    branchLabels,
    message: `message of ${name}`,
    file: `versions/${name}.ts`,
  };
}

/** The ids of revisions or of the steps of a plan, in order, with blanks between. */
export function idsOf(items: readonly (Revision | Step)[]): string {
  return items
    .map((item) => ('direction' in item ? (item.revision?.id ?? 'base') : item.id))
    .join(' ');
}

/** Rows after the last step, with blanks between; those at the start where there is no step. */
export function rowsAfterAll(steps: readonly Step[], rows: readonly string[] = []): string {
  return (steps.at(-1)?.rowsAfter ?? [...rows].sort()).join(' ');
}

/** Version changes as text: `+a`, `-a`, `a>b`. */
export function changesOf(steps: readonly Step[]): string {
  return steps.flatMap(({ changes }) => changes.map(changeText)).join(' ');
}

function changeText(change: VersionChange): string {
  if (change.action === 'update') return `${change.from}>${change.to}`;
  return `${change.action === 'insert' ? '+' : '-'}${change.revision}`;
}

/** The error of ours that a function throws. */
export function errorOf(run: () => unknown): MigrationError {
  try {
    run();
  } catch (error) {
    if (isMigrationError(error)) return error as MigrationError;
    throw error;
  }
  throw new Error('nothing was thrown');
}
