const { writeFileSync } = require('node:fs');
const { basename } = require('node:path');

/** Writes the counts of a Jest run to the file that TEST_SUMMARY names, for the closing lines of `npm test`. */
module.exports = class SummaryReporter {
  onRunComplete(_, results) {
    const file = process.env.TEST_SUMMARY;
    if (!file) return;
    const projects = {};
    const seconds = {};
    for (const suite of results.testResults) {
      const name = suite.displayName?.name ?? 'other';
      const counts = (projects[name] ??= { passed: 0, failed: 0 });
      counts.passed += suite.numPassingTests;
      counts.failed += suite.numFailingTests + (suite.testExecError ? 1 : 0);
      seconds[`${name} ${basename(suite.testFilePath)}`] = Math.round(
        suite.perfStats.runtime / 1000,
      );
    }
    writeFileSync(
      file,
      JSON.stringify({
        projects,
        seconds,
        skipped: results.numPendingTests + results.numTodoTests,
      }),
    );
  }
};
