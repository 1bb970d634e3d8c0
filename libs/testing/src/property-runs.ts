/** How often a property is tried, in a pull request and at night (docs of the project: `CONTRIBUTING.md`). */
export interface PropertySizes {
  readonly pr: number;
  readonly nightly: number;
}

/** What fast-check is told for one property. */
export interface PropertyRuns {
  readonly numRuns: number;
  readonly seed: number;
  /** Continues where a failure was found: the path that fast-check prints. */
  readonly path?: string;
}

/** The seed of pull requests: always the same, so that a failure is that of the change. */
const FIXED_SEED = 20_261_121;

/**
 * The runs of a property, by the environment: `PROPERTY_SIZES=nightly` for the nightly ones, `PROPERTY_SEED` and `PROPERTY_PATH` to
 * repeat a failure, `PROPERTY_SCALE` to make all of them larger or smaller. Prints size and seed where they are not those of a pull request.
 *
 * @param id of the property, such as `Q3`
 * @param sizes how often at night, and in a pull request
 */
export function propertyRuns(id: string, sizes: PropertySizes): PropertyRuns {
  const { PROPERTY_SIZES: kind, PROPERTY_SEED, PROPERTY_PATH, PROPERTY_SCALE } = process.env;
  const isNightly = kind === 'nightly';
  const scale = Number(PROPERTY_SCALE ?? 1);
  const numRuns = Math.max(1, Math.round((isNightly ? sizes.nightly : sizes.pr) * scale));
  const seed = PROPERTY_SEED ? Number(PROPERTY_SEED) : isNightly ? randomSeed() : FIXED_SEED;
  const runs = {
    numRuns,
    seed,
    endOnFailure: process.env['PROPERTY_SHRINK'] === undefined,
    ...(PROPERTY_PATH && { path: PROPERTY_PATH }),
  };
  if (isNightly || PROPERTY_SEED) process.stdout.write(`${id}: ${numRuns} runs, seed ${seed}\n`);
  return runs;
}

const randomSeed = (): number => Math.floor(Math.random() * 2 ** 31);
