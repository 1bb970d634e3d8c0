import { MigrationError, isMigrationError } from '../../errors/migration-error.js';
import { listed, quoted } from '../../graph/quote.js';
import type { RevisionGraph } from '../../graph/revision-graph.js';
import type { Revision } from '../../graph/revision.js';
import { describeOperation } from '../../operations/operation-definitions.js';
import type { Operation } from '../../operations/operation.js';
import type { TouchedObjects } from '../../operations/touched-objects.js';
import { sharedObjectsOf, touchedObjects } from '../../operations/touched-objects.js';
import { collectOperations } from './collect-operations.js';
import type { Environment } from '../options/environment.js';

/**
 * Refuses heads whose branches touch the same objects since they parted: then the order in which they run may matter.
 * @throws MigrationError E1025 the same objects, E1026 a revision that does not tell what it touches
 */
export async function refuseOverlap(
  environment: Environment,
  graph: RevisionGraph,
  heads: readonly Revision[],
): Promise<void> {
  const touched = new TouchedByRevision(environment, graph);
  const below = new Map(heads.map(({ id }) => [id, graph.ancestorsOf([id])]));
  for (const [place, left] of heads.entries()) {
    for (const right of heads.slice(place + 1)) {
      const [ofLeft = [], ofRight = []] = [left, right].map((head) => {
        const others = below.get(head === left ? right.id : left.id);
        return [...(below.get(head.id) ?? [])].filter((id) => !others?.has(id));
      });
      // Where one of them has nothing of its own, the dependencies give the order.
      if (ofLeft.length === 0 || ofRight.length === 0) continue;
      const shared = sharedObjectsOf(await touched.by(ofLeft), await touched.by(ofRight));
      if (shared.length > 0) throw overlap(left, right, shared);
    }
  }
}

/** What revisions touch; each is run once. */
class TouchedByRevision {
  readonly #known = new Map<string, readonly TouchedObjects[]>();

  constructor(
    private readonly environment: Environment,
    private readonly graph: RevisionGraph,
  ) {}

  async by(ids: readonly string[]): Promise<readonly TouchedObjects[]> {
    const all: TouchedObjects[] = [];
    for (const id of ids) {
      const known = this.#known.get(id) ?? (await this.#of(id));
      this.#known.set(id, known);
      all.push(...known);
    }
    return all;
  }

  async #of(id: string): Promise<readonly TouchedObjects[]> {
    const revision = this.graph.get(id);
    if (revision === undefined) return [];
    const operations = await this.#operationsOf(revision);
    return operations.map((operation) => {
      const touched = touchedObjects(operation);
      if (touched === undefined) throw unknowable(revision, describeOperation(operation));
      return touched;
    });
  }

  async #operationsOf(revision: Revision): Promise<readonly Operation[]> {
    try {
      return await collectOperations(this.environment, revision);
    } catch (error) {
      if (!isMigrationError(error) || error.code !== 'E6006') throw error;
      throw unknowable(revision, 'ctx.query');
    }
  }
}

function overlap(left: Revision, right: Revision, objects: readonly string[]): MigrationError {
  return new MigrationError('E1025', {
    problem: `the branches of ${quoted(left.id)} and ${quoted(right.id)} both have to do with ${listed(objects)}`,
    advice: `Nothing was written. Look whether their order matters, then name them: \`merge ${left.id} ${right.id}\`; or put one after the other with \`rebase\`.`,
    facts: { heads: [left.id, right.id], objects },
  });
}

function unknowable({ id, file }: Revision, what: string): MigrationError {
  return new MigrationError('E1026', {
    problem: `revision ${quoted(id)}${file === undefined ? '' : ` (${file})`} does not tell what it touches: ${what}`,
    advice:
      'Nothing was written. Look whether the order of the branches matters, then name the heads: `merge <head> <head>`.',
    facts: { revision: id, file },
  });
}
