import { enumChangeOf } from './enum-change.js';
import type { Operation } from './operation.js';

/** The values that an operation adds to a type that stays: they can be used only after a commit. */
export function newValuesOf(operation: Operation): readonly string[] {
  if (operation.kind !== 'alterEnum') return [];
  const change = enumChangeOf(operation);
  return change.kind === 'inPlace' ? change.additions.map(({ label }) => label) : [];
}
