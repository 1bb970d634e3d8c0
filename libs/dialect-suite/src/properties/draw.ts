import * as fc from 'fast-check';
import type { DrawnDialect } from './drawn-dialect.js';

/** Draws values of arbitraries one after the other, so that a later one can depend on an earlier one. */
export type Draw = fc.GeneratorValue;

/** What every step of drawing a schema has at hand. */
export interface Drawing {
  readonly g: Draw;
  readonly names: Names;
  readonly drawn: DrawnDialect;
}

/** Gives names that nothing else of the schema has. */
export class Names {
  #count = 0;
  constructor(
    private readonly words: readonly string[],
    private readonly prefix: string,
  ) {}

  next(g: Draw): string {
    this.#count += 1;
    return `${oneOf(g, this.words)} ${this.prefix}${this.#count}`;
  }
}

/** The number that a name ends with: it stays when a column or table gets another name. */
export const numberOf = (name: string): string => /b?\d+$/.exec(name)?.[0] ?? name;

/** Any of the values, itself: a generator may give an equal value of an earlier draw instead. */
export function oneOf<T>(g: Draw, values: readonly T[]): T {
  return values[below(g, values.length)] as T;
}

/** A whole number from 0 on, below another. */
export function below(g: Draw, end: number): number {
  return g(fc.integer, { min: 0, max: end - 1 });
}

/** True so often in a hundred. */
export function sometimes(g: Draw, percent: number): boolean {
  return below(g, 100) < percent;
}

/** Some of the values, in their order. */
export function someOf<T>(g: Draw, values: readonly T[], most = values.length): readonly T[] {
  const picked = values.filter(() => sometimes(g, 50));
  return picked.slice(0, most);
}

/** Up to so many of what is drawn. */
export function drawList<T>(g: Draw, most: number, draw: () => T): readonly T[] {
  return Array.from({ length: below(g, most + 1) }, draw);
}
