import { reportOracle } from './oracle-report.js';
import { runProgram } from './run-program.js';
import type { ProgramResult } from './run-program.js';

/**
 * Runs a script on a database file with the `sqlite3` client; undefined where that is not installed. A failing script is no
 * exception: look at `exitCode`.
 */
export async function runSqlite3(file: string, script: string): Promise<ProgramResult | undefined> {
  const result = await runProgram('sqlite3', { args: ['-batch', file], input: script });
  if (result !== undefined) reportOracle('sqlite3');
  return result;
}
