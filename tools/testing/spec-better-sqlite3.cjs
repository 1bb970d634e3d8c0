// Jest runs each spec file in a world of its own, but native code is loaded once in a process: better-sqlite3 would go on throwing errors
// of the class that the first spec file gave it, which are no `Error` to the next one. Here it is given that of this file.
const { dirname, join } = require('node:path');

const folder = dirname(require.resolve('better-sqlite3/package.json'));
require(join(folder, 'build/Release/better_sqlite3.node')).isInitialized = false;

module.exports = require('better-sqlite3/lib/index.js');
