import type { Operation } from '../operations/operation.js';
import { type ObjectName, sameName } from '../schema/object-name.js';
import type { SchemaModel } from '../schema/schema-model.js';
import type { AskedQuestion, Decisions } from './decisions.js';
import type { DiffDialect } from './diff-part.js';
import type { OwnershipMemory } from './ownership.js';
import type { Question } from './schema-diff.js';

/** What a step in the search for renames is told. */
export interface RenameSearch {
  /** The current model after the renames so far. */
  readonly current: SchemaModel;
  readonly target: SchemaModel;
  readonly memory: OwnershipMemory;
  readonly decisions: Decisions;
  readonly dialect: DiffDialect;
  readonly sofar: readonly Operation[];
}

/** Renames that are certain or answered, in order, and questions about those that are not. */
export interface FoundRenames {
  readonly operations: readonly Operation[];
  readonly questions: readonly AskedQuestion[];
  /** What an open question is about: it may be gone, or called otherwise ({@link undecidedKey}). */
  readonly undecided: readonly string[];
}

/** No rename at all. */
export const NO_RENAMES: FoundRenames = Object.freeze({
  operations: [],
  questions: [],
  undecided: [],
});

/** Everything that was found, in order. */
export function joinRenames(found: readonly FoundRenames[]): FoundRenames {
  return {
    operations: found.flatMap(({ operations }) => operations),
    questions: found.flatMap(({ questions }) => questions),
    undecided: found.flatMap(({ undecided }) => undecided),
  };
}

/** A text that is equal exactly for the same table, column or label. */
export const undecidedKey = (owner: ObjectName, part?: string): string =>
  JSON.stringify([owner.schema, owner.name, part ?? null]);

/** The name that a table had before the renames so far: the memory knows it by that. */
export function rememberedName(table: ObjectName, sofar: readonly Operation[]): ObjectName {
  return sofar.reduceRight<ObjectName>(
    (name, operation) =>
      operation.kind === 'renameTable' && sameName(operation.to, name) ? operation.from : name,
    { schema: table.schema, name: table.name },
  );
}

/** A rename that the memory speaks for, while one of its names is in other use. */
export function ambiguousRename(rename: {
  readonly id: string;
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly marks: string;
}): Question {
  const { id, subject, from, to, marks } = rename;
  return {
    id: `ambiguous-rename:${id}`,
    kind: 'ambiguous-rename',
    choices: [],
    text: `${subject} was kept in ${from} and is to be in ${to} now, but one of these names is in use for something else. Rename or add ${to} in a revision of your own, marked with ${marks}.`,
  };
}
