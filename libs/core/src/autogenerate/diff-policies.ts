import { partRef } from '../operations/effects.js';
import type { PolicyAttributes } from '../operations/policy-operations.js';
import type { ObjectName } from '../schema/object-name.js';
import type { Table } from '../schema/schema-model.js';
import type { Policy } from '../schema/server-objects.js';
import {
  type DiffContext,
  type DiffPart,
  dropWhenManaged,
  joinParts,
  NO_DIFFERENCE,
  operationsPart,
} from './diff-part.js';
import { shapeKey } from './shape-key.js';

interface TablePair {
  readonly current: Table;
  readonly target: Table;
}

/** Row-level security of a table, where the target speaks of it: of its policies, or of what they count for. */
export function diffPolicies({ current, target }: TablePair, context: DiffContext): DiffPart {
  if (target.policies === undefined && target.rowSecurity === undefined) return NO_DIFFERENCE;
  const table = { schema: target.schema, name: target.name };
  const present = new Map((current.policies ?? []).map((policy) => [policy.name, policy]));
  const wanted = new Set((target.policies ?? []).map(({ name }) => name));
  return joinParts([
    diffRowSecurity(table, { current, target }),
    ...(target.policies ?? []).map((policy) => {
      const before = present.get(policy.name);
      if (before === undefined) return operationsPart({ kind: 'createPolicy', table, policy });
      return changePolicy(table, before, policy);
    }),
    ...[...present.values()]
      .filter(({ name }) => target.policies !== undefined && !wanted.has(name))
      .map((dropped) =>
        dropWhenManaged(context, partRef('policy', table, dropped.name), {
          kind: 'dropPolicy',
          table,
          name: dropped.name,
          dropped,
        }),
      ),
  ]);
}

function diffRowSecurity(table: ObjectName, { current, target }: TablePair): DiffPart {
  const wanted = target.rowSecurity;
  if (wanted === undefined) return NO_DIFFERENCE;
  const { enabled = false, forced = false } = current.rowSecurity ?? {};
  const to = {
    ...((wanted.enabled ?? false) !== enabled && { enabled: !enabled }),
    ...((wanted.forced ?? false) !== forced && { forced: !forced }),
  };
  if (Object.keys(to).length === 0) return NO_DIFFERENCE;
  return operationsPart({ kind: 'setRowSecurity', table, to });
}

/** In place where ALTER POLICY can: it can neither change the command nor take an expression away. */
function changePolicy(table: ObjectName, current: Policy, target: Policy): DiffPart {
  const keyOf = ({ roles, using, check }: Policy): string =>
    shapeKey([roles ?? [], using ?? null, check ?? null]);
  const shape = ({ command, restrictive, using, check }: Policy): string =>
    shapeKey([command ?? null, restrictive ?? false, using !== undefined, check !== undefined]);
  const { name } = target;
  if (shape(current) !== shape(target)) {
    return operationsPart(
      { kind: 'dropPolicy', table, name, dropped: current },
      { kind: 'createPolicy', table, policy: target },
    );
  }
  if (keyOf(current) === keyOf(target)) return NO_DIFFERENCE;
  const keys = (['roles', 'using', 'check'] as const).filter(
    (key) => shapeKey([current[key] ?? null]) !== shapeKey([target[key] ?? null]),
  );
  const pick = (policy: Policy): PolicyAttributes =>
    Object.fromEntries(keys.map((key) => [key, policy[key] ?? []]));
  return operationsPart({
    kind: 'alterPolicy',
    table,
    name,
    from: pick(current),
    to: pick(target),
  });
}
