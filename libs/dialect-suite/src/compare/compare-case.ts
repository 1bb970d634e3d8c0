import type { SchemaModel } from '@nest-alembic/core';
import type { CompareOptions } from './compare-bench.js';

/** Two models, and what autogenerate finds between them. */
export interface CompareCase {
  /** What is compared; the ids of the parity contract that it holds stand in front. */
  readonly name: string;
  readonly before: SchemaModel;
  /** What somebody does to the database by hand before it is compared. */
  readonly byHand?: string;
  readonly after: SchemaModel;
  readonly options?: CompareOptions;
  /** Exactly these, in words, in the order to run them in; none for models that mean the same. */
  readonly finds: readonly string[];
}
