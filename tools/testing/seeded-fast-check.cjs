/**
 * fast-check with the seed of the run, in place of a new one for each property: a change fails by what it changes, not by chance.
 * PROPERTY_SEED names another one; at night (PROPERTY_SIZES=nightly) each property draws its own. A failure tells the seed.
 */
const { join, dirname } = require('node:path');

const manifest = require.resolve('fast-check/package.json');
// By its path: the name leads here (`moduleNameMapper` in jest.preset.js).
const fastCheck = require(join(dirname(manifest), require(manifest).exports['.'].require.default));

const { FIXED_SEED } = require('./fixed-seed.cjs');

if (process.env.PROPERTY_SEED)
  fastCheck.configureGlobal({ seed: Number(process.env.PROPERTY_SEED) });
else if (process.env.PROPERTY_SIZES !== 'nightly') fastCheck.configureGlobal({ seed: FIXED_SEED });

module.exports = fastCheck;
