import { MigrationError } from '../errors/migration-error.js';
import { OPERATION_KINDS } from '../operations/operation-definitions.js';
import type { Operation, OperationKind } from '../operations/operation.js';
import { reverseAll } from '../operations/reverse-all.js';
import type { DirectiveContext, DraftedChanges, DraftedRevision } from './drafted-revision.js';

/** Which way an operation goes. */
export type RewriteDirection = 'upgrade' | 'downgrade';

/** Where an operation stands that is to be rewritten. */
export interface RewritePlace extends DirectiveContext {
  readonly direction: RewriteDirection;
  /** The draft that it is part of, as it was handed to the rewriter. */
  readonly draft: DraftedRevision;
}

/** A handler of a rewriter, of whatever kind. */
export interface RewriteRule {
  readonly handler: (operation: never, place: RewritePlace) => unknown;
  readonly direction: RewriteDirection | 'both';
}

/** The handlers of a rewriter. */
export type RewriteRules = ReadonlyMap<OperationKind, RewriteRule>;

/** What a rewriter works with. */
export interface RewriteWork {
  readonly rules: RewriteRules;
  /** Operations that it has handled or returned. */
  readonly handled: WeakSet<Operation>;
  readonly context: DirectiveContext;
}

/**
 * A draft with the operations of one environment rewritten.
 * @throws MigrationError E9002 when a handler returns something that is no operation
 */
export function rewriteDraft(draft: DraftedRevision, work: RewriteWork): DraftedRevision {
  const rewritten = (changes: DraftedChanges): DraftedChanges =>
    changes.environment === work.context.environment
      ? rewriteChanges(changes, draft, work)
      : changes;
  return { ...draft, ...rewritten(draft), others: draft.others.map(rewritten) };
}

function rewriteChanges<C extends DraftedChanges>(
  changes: C,
  draft: DraftedRevision,
  work: RewriteWork,
): C {
  const place = { ...work.context, draft };
  const upgrade = rewriteAll(changes.upgrade, work, { ...place, direction: 'upgrade' });
  const seesDowngrade = [...work.rules.values()].some(({ direction }) => direction !== 'upgrade');
  if (!seesDowngrade) return { ...changes, upgrade };
  const reversal = reverseAll(upgrade);
  const wayBack =
    changes.downgrade ?? (reversal.irreversible.length > 0 ? undefined : reversal.operations);
  if (wayBack === undefined) return { ...changes, upgrade };
  const downgrade = rewriteAll(wayBack, work, { ...place, direction: 'downgrade' });
  // What nobody changed goes on following the upgrade.
  return isSame(downgrade, wayBack) ? { ...changes, upgrade } : { ...changes, upgrade, downgrade };
}

const isSame = (one: readonly Operation[], other: readonly Operation[]): boolean =>
  one.length === other.length && one.every((operation, place) => operation === other[place]);

function rewriteAll(
  operations: readonly Operation[],
  { rules, handled }: RewriteWork,
  place: RewritePlace,
): readonly Operation[] {
  return operations.flatMap((operation) => {
    const rule = rules.get(operation.kind);
    if (rule === undefined || handled.has(operation)) return [operation];
    if (rule.direction !== 'both' && rule.direction !== place.direction) return [operation];
    const returned = rule.handler(operation as never, place);
    const results = operationsOf(returned, operation);
    for (const one of [operation, ...results]) handled.add(one);
    return results;
  });
}

function operationsOf(returned: unknown, { kind }: Operation): readonly Operation[] {
  const results = returned === null ? [] : [returned].flat();
  if (results.every(isOperation)) return results;
  throw new MigrationError('E9002', {
    problem: `the handler for "${kind}" of a rewriter returned something that is no operation`,
    advice:
      'Nothing was written. Return an operation, a list of operations, or null to leave it out.',
    facts: { option: 'processRevisionDirectives', kind },
  });
}

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' &&
  value !== null &&
  OPERATION_KINDS.includes((value as { readonly kind?: OperationKind }).kind as OperationKind);
