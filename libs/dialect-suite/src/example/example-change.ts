import { inTurn } from './edit-model.js';
import type { ModelEdit } from './edit-model.js';

/** A change of the example's model: big enough to find out, small enough to say in one sentence. */
export interface ExampleChange {
  readonly name: string;
  readonly edit: ModelEdit;
  /** Columns are dropped or made anew, and stand last in their table when they are made again. @default false */
  readonly movesColumns?: true;
  /** Names of columns whose values follow from their expression. @default none */
  readonly derived?: readonly string[];
  /** What tables and columns that have another name were called before. @default no name changes */
  formerName?(this: void, name: string): string;
  /** Sequences of counters keep their names when tables are renamed, where new ones have others. @default false */
  readonly keepsSequenceNames?: true;
  /** Why the server refuses the way back (docs/KNOWN-LIMITS.md). @default it does not */
  readonly noWayBack?: string;
}

/** Plain changes that do not touch each other, as one: each revision takes its time. A change alone may be of any kind. */
export function together(changes: readonly ExampleChange[]): ExampleChange {
  const [one, other] = changes;
  if (one !== undefined && other === undefined) return one;
  if (changes.some(({ formerName, noWayBack }) => formerName ?? noWayBack))
    throw new Error('a change of names, or one without a way back, has to be alone');
  return {
    name: changes.map(({ name }) => name).join('; '),
    edit: inTurn(...changes.map(({ edit }) => edit)),
    derived: changes.flatMap(({ derived = [] }) => derived),
    ...(changes.some(({ movesColumns }) => movesColumns) && { movesColumns: true }),
  };
}
