import type { Dialect } from '../dialects/common/dialect.js';
import type { ObjectRef } from '../operations/object-effect.js';
import type { Operation } from '../operations/operation.js';
import type { Table } from '../schema/schema-model.js';
import type { ComparisonRules } from './comparators/comparison-rules.js';
import type { OwnershipMemory } from './ownership.js';
import type { Question, SchemaDiff } from './schema-diff.js';

/** The pure answers of a dialect that a diff needs. */
export type DiffDialect = Pick<
  Dialect,
  'canonicalType' | 'castBetween' | 'isWidening' | 'renameInText'
>;

/** What every part of a diff is told. */
export interface DiffContext {
  readonly dialect: DiffDialect;
  readonly memory: OwnershipMemory;
  /** Drop tables and columns that are gone from the model, instead of asking (design D9). */
  readonly allowDestructive: boolean;
  /** What the options say of how to compare. */
  readonly rules: ComparisonRules;
  /** Columns of the database that take no part, by their tables. */
  readonly hidden: readonly Table[];
  /** See `DiffInput.replaceable`. */
  readonly replaceable?: ReadonlySet<string>;
}

/** What a part of a diff finds, not yet in order. */
export interface DiffPart {
  readonly operations: readonly Operation[];
  readonly questions: readonly Question[];
  readonly untouched: SchemaDiff['untouched'];
}

/** Nothing found. */
export const NO_DIFFERENCE: DiffPart = Object.freeze({
  operations: [],
  questions: [],
  untouched: [],
});

/** A part with operations only. */
export function operationsPart(...operations: readonly Operation[]): DiffPart {
  return { ...NO_DIFFERENCE, operations };
}

/** All parts as one, in their order. */
export function joinParts(parts: readonly DiffPart[]): DiffPart {
  const found = parts.filter((part) => part !== NO_DIFFERENCE);
  if (found.length <= 1) return found[0] ?? NO_DIFFERENCE;
  return {
    operations: found.flatMap(({ operations }) => operations),
    questions: found.flatMap(({ questions }) => questions),
    untouched: found.flatMap(({ untouched }) => untouched),
  };
}

/**
 * The drop of an object that the model does not have: done when the object is managed, left alone otherwise (design D8).
 */
export function dropWhenManaged(
  context: DiffContext,
  ref: ObjectRef,
  operation: Operation,
): DiffPart {
  const { state } = context.memory.of(ref);
  if (state === 'managed') return operationsPart(operation);
  return { ...NO_DIFFERENCE, untouched: [{ ...ref, state }] };
}

/** An operation that can lose data: done when allowed, a question otherwise. */
export function askFirst(
  context: DiffContext,
  question: Question & { readonly operation: Operation },
): DiffPart {
  if (context.allowDestructive) return operationsPart(question.operation);
  return { ...NO_DIFFERENCE, questions: [question] };
}
