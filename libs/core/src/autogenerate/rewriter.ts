import { closestName } from '../errors/closest-name.js';
import { MigrationError } from '../errors/migration-error.js';
import { OPERATION_KINDS } from '../operations/operation-definitions.js';
import type { Operation, OperationKind, OperationOf } from '../operations/operation.js';
import type { DirectiveContext, DraftedRevision, RevisionDirective } from './drafted-revision.js';
import type { RewriteDirection, RewritePlace, RewriteRule, RewriteRules } from './rewrite-draft.js';
import { rewriteDraft } from './rewrite-draft.js';

/** What takes the place of an operation: itself, another, several in this order, or none (`[]` or `null`). */
export type RewriteHandler<K extends OperationKind> = (
  operation: OperationOf<K>,
  place: RewritePlace,
) => Operation | readonly Operation[] | null;

/** How a handler is asked. */
export interface RewriteOptions {
  /**
   * `'upgrade'`: the downgrade follows as the reverse of what the upgrade became. `'both'`: the handler sees the operations of the
   * downgrade as well, unless one of the upgrade has no reverse; what it returns there is the downgrade then.
   * @default 'upgrade'
   */
  readonly direction?: RewriteDirection | 'both';
}

/**
 * Rewrites single operations of a new revision (Alembic's `Rewriter`): a directive, for `processRevisionDirectives`. It never
 * sees again what it has handled or returned, however often it is asked. Each method returns a new rewriter.
 */
export interface Rewriter extends RevisionDirective {
  /**
   * With a handler for one kind or several.
   * @throws MigrationError E9002 for a kind that does not exist or has a handler
   */
  rewrite<K extends OperationKind>(
    kinds: K | readonly K[],
    handler: RewriteHandler<K>,
    options?: RewriteOptions,
  ): Rewriter;
  /** Followed by another rewriter, or any directive. */
  chain(next: RevisionDirective): Rewriter;
}

/**
 * A rewriter without a handler.
 * @example
 * rewriter().rewrite('createIndex', (op) => ({ ...op, concurrently: true }))
 */
export function rewriter(): Rewriter {
  return createRewriter(new Map(), []);
}

function createRewriter(
  rules: RewriteRules,
  next: readonly RevisionDirective[],
  handled = new WeakSet<Operation>(),
): Rewriter {
  const run: RevisionDirective = (drafts, context) =>
    chained(
      drafts.map((draft) => rewriteDraft(draft, { rules, handled, context })),
      next,
      context,
    );
  return Object.freeze(
    Object.assign(run, {
      rewrite: <K extends OperationKind>(
        kinds: K | readonly K[],
        handler: RewriteHandler<K>,
        { direction = 'upgrade' }: RewriteOptions = {},
      ): Rewriter => {
        const rule = { handler: handler as unknown as RewriteRule['handler'], direction };
        return createRewriter(withRule(rules, [kinds].flat() as OperationKind[], rule), next);
      },
      chain: (one: RevisionDirective): Rewriter => createRewriter(rules, [...next, one], handled),
    }),
  );
}

function withRule(
  rules: RewriteRules,
  kinds: readonly OperationKind[],
  rule: RewriteRule,
): RewriteRules {
  for (const kind of kinds) {
    if (!OPERATION_KINDS.includes(kind)) throw unknownKind(kind);
    if (rules.has(kind)) throw handledTwice(kind);
  }
  return new Map([...rules, ...kinds.map((kind) => [kind, rule] as const)]);
}

/** Each directive is handed what the one before it returned; of `null`, nothing. */
function chained(
  drafts: readonly DraftedRevision[],
  [next, ...later]: readonly RevisionDirective[],
  context: DirectiveContext,
): ReturnType<RevisionDirective> {
  if (next === undefined) return drafts;
  const result = next(drafts, context);
  return result instanceof Promise
    ? result.then((found) => chained(found ?? [], later, context))
    : chained(result ?? [], later, context);
}

function unknownKind(kind: string): MigrationError {
  const suggestion = closestName(kind, OPERATION_KINDS);
  return new MigrationError('E9002', {
    problem: `a rewriter has a handler for "${kind}", which is no kind of operation`,
    advice:
      suggestion === undefined
        ? `Kinds are ${OPERATION_KINDS.join(', ')}.`
        : `Did you mean "${suggestion}"?`,
    facts: { option: 'processRevisionDirectives', kind },
  });
}

const handledTwice = (kind: string): MigrationError =>
  new MigrationError('E9002', {
    problem: `a rewriter has two handlers for "${kind}"`,
    advice: 'Chain a second rewriter, which is handed what the first one returned.',
    facts: { option: 'processRevisionDirectives', kind },
  });
