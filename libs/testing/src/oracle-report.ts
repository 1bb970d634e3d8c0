import { appendFileSync } from 'node:fs';

const reported = new Set<string>();

/**
 * Notes that an independent oracle judged a schema: one line, such as `pg_dump 15.20`, is appended to the file that
 * the environment variable TEST_ORACLE_REPORT names; once for each process. Without the variable nothing happens.
 */
export function reportOracle(line: string): void {
  const file = process.env['TEST_ORACLE_REPORT'];
  if (!file || reported.has(line)) return;
  reported.add(line);
  appendFileSync(file, `${line}\n`);
}
