import type { ObjectRef } from '../operations/object-effect.js';
import type { Operation } from '../operations/operation.js';

/** One answer to a question. */
export interface Choice {
  /** What to answer: `drop`, `from:email`. */
  readonly answer: string;
  /** What it means, in words. */
  readonly text: string;
  /** Present where data can be lost by it. */
  readonly loses?: true;
  /** Present where text of the answerer's own follows: `using:` with an expression. */
  readonly free?: true;
}

/** Something that autogenerate does not decide by itself (design D9). */
export interface Question {
  /** Stable within one diff, and equal for the same question in the next: `drop-column:account.nickname`. */
  readonly id: string;
  readonly kind:
    | 'destructive'
    | 'rename'
    | 'no-cast'
    | 'ambiguous-rename'
    | `dependent-${'column' | 'view' | 'trigger' | 'policy' | 'routine'}`;
  /** In words, with what can be done. */
  readonly text: string;
  /** Its answers; none where only a revision by hand helps. */
  readonly choices: readonly Choice[];
  readonly operation?: Operation;
}

/** The difference of two schema models. */
export interface SchemaDiff {
  /** In the order to run them in. */
  readonly operations: readonly Operation[];
  /** Open questions; with any of them open nothing is written. */
  readonly questions: readonly Question[];
  /** Ids of the questions that were answered. Absent: none. */
  readonly settled?: readonly string[];
  /** Objects of the database that are not in the model and were not made from it: never touched. */
  readonly untouched: readonly (ObjectRef & { readonly state: 'known' | 'foreign' })[];
  /** Expressions were compared as text, because the server could not be asked. */
  readonly unverified: boolean;
  /** Those of `operations` that are no difference where the texts that the server was not asked about mean the same. Absent: none. */
  readonly doubtful?: readonly Operation[];
}
