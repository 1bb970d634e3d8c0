/** The seed of every property in a pull request; `property-runs.ts` of the testing library has the same. */
exports.FIXED_SEED = 20_261_121;
