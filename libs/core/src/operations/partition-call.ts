import type { PartitionBounds, Partitioning } from '../schema/server-objects.js';
import { indexPart } from './call-arguments.js';
import type { CallArgument } from './operation-call.js';
import { valueCode } from './operation-call.js';

/** The option `partitionBy`. */
export function partitioningArgument({ strategy, elements }: Partitioning): CallArgument {
  return { strategy, columns: elements.map(indexPart) };
}

/** The bounds of a partition as a call says them: literals as values, all else as `op.sql(…)`. */
export function boundsArgument(bounds: PartitionBounds): CallArgument {
  const values = (texts: readonly string[]): CallArgument =>
    texts.map((sql) => ({ ...valueCode(sql), allowsNull: true as const }));
  if ('from' in bounds) return { from: values(bounds.from), to: values(bounds.to) };
  if ('in' in bounds) return { in: values(bounds.in) };
  return { ...bounds };
}
