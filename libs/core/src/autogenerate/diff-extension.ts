import type { ExtensionAttributes } from '../operations/extension-operations.js';
import type { Extension } from '../schema/server-objects.js';
import { type DiffPart, NO_DIFFERENCE, operationsPart } from './diff-part.js';

/** What the target says of an extension, and the database does otherwise. */
export function diffExtension({
  current,
  target,
}: {
  readonly current: Extension;
  readonly target: Extension;
}): DiffPart {
  const keys = (['version', 'schema'] as const).filter(
    (key) => target[key] !== undefined && target[key] !== current[key],
  );
  if (keys.length === 0) return NO_DIFFERENCE;
  const pick = (extension: Extension): ExtensionAttributes =>
    Object.fromEntries(
      keys.flatMap((key) => (extension[key] === undefined ? [] : [[key, extension[key]]])),
    );
  return operationsPart({
    kind: 'alterExtension',
    name: target.name,
    from: pick(current),
    to: pick(target),
  });
}
