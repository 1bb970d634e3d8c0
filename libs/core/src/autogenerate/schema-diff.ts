import type { ObjectRef } from '../operations/object-effect.js';
import type { Operation } from '../operations/operation.js';

/** Something that autogenerate does not decide by itself (design D9). */
export interface Question {
  /** Stable within one diff, and equal for the same question in the next: `drop-column:account.nickname`. */
  readonly id: string;
  readonly kind:
    'destructive' | 'no-cast' | 'not-null-without-default' | 'ambiguous-rename' | 'dependent-view';
  /** In words, with what can be done. */
  readonly text: string;
  readonly operation?: Operation;
}

/** The difference of two schema models. */
export interface SchemaDiff {
  /** In the order to run them in. */
  readonly operations: readonly Operation[];
  /** Open questions; with any of them open nothing is written. */
  readonly questions: readonly Question[];
  /** Objects of the database that are not in the model and were not made from it: never touched. */
  readonly untouched: readonly (ObjectRef & { readonly state: 'known' | 'foreign' })[];
  /** Expressions were compared as text, because the server could not be asked. */
  readonly unverified: boolean;
}
