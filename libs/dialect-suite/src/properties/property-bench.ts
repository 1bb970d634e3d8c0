import type { Operation, SchemaDiff, SchemaModel } from '@nest-alembic/core';
import type { TestedDialect } from '../tested-dialects.js';
import { Workbench } from '../workbench.js';

/** After so many schemas a database is made anew: its catalog grows with what was dropped. */
const MOST_USES = 150;

/** A database that is replaced by a fresh one now and then. */
export class PropertyBench {
  #bench: Workbench | undefined;
  #uses = 0;

  constructor(private readonly tested: TestedDialect) {}

  /** The database, emptied, with the schema. */
  async make(model: SchemaModel): Promise<Workbench> {
    this.#uses += 1;
    if (this.#bench && this.#uses % MOST_USES === 0) {
      await this.#bench.close();
      this.#bench = undefined;
    }
    const bench = (this.#bench ??= await Workbench.open(this.tested));
    await bench.make(model);
    return bench;
  }

  async close(): Promise<void> {
    await this.#bench?.close();
  }
}

/** The difference of a database that was made from `before`, and changed since, from `target`. */
export function differenceFrom(
  bench: Workbench,
  before: SchemaModel,
  {
    applied = [],
    target,
  }: { readonly applied?: readonly Operation[]; readonly target: SchemaModel },
): Promise<SchemaDiff> {
  return bench.diff({ before, applied, target });
}
