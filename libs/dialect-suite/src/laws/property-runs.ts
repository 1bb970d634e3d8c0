/** How often a law is tried, and from which seed. */
export interface PropertyRuns {
  readonly numRuns: number;
  readonly seed: number;
}

/**
 * The size of a property test: small and always the same for a change, large and never the same at night. PROPERTY_RUNS is a number of
 * runs, or `nightly`; PROPERTY_SEED repeats a run that failed.
 */
export function propertyRuns(sizes: {
  readonly change: number;
  readonly nightly: number;
}): PropertyRuns {
  const { PROPERTY_RUNS: runs, PROPERTY_SEED: seed } = process.env;
  const isNight = runs !== undefined && runs !== '';
  const numRuns = runs === 'nightly' ? sizes.nightly : isNight ? Number(runs) : sizes.change;
  if (!Number.isSafeInteger(numRuns) || numRuns < 1)
    throw new Error(`PROPERTY_RUNS is "${String(runs)}": a number of runs, or "nightly"`);
  return { numRuns, seed: seed ? Number(seed) : isNight ? Date.now() % 2 ** 31 : 20_261_121 };
}
