import { appendFileSync } from 'node:fs';

/** Extensions that the server of this run can make, as Jest's global set-up found (`tools/databases`). */
const AVAILABLE = new Set((process.env['TEST_EXTENSIONS'] ?? '').split(','));

/**
 * Registers the specs of an extension where the server of the run has it. Elsewhere there are none, and the closing lines of
 * `npm test` say which extension was not tried.
 */
export function describeExtension(name: string, specs: () => void): void {
  if (AVAILABLE.has(name)) describe(name, specs);
  else report(name);
}

function report(name: string): void {
  const file = process.env['TEST_UNTRIED_REPORT'];
  if (file) appendFileSync(file, `extension ${name}\n`);
}
