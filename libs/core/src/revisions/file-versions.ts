import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

interface FileVersion {
  readonly digest: string;
  readonly version: number;
}

const versions = new Map<string, FileVersion>();

/**
 * How often a file was another one than the time before when it was loaded in this process: 0 for the first time, and as long as
 * nobody changes it. Node keeps what it has loaded, so that a file that was changed must be loaded anew on purpose (PORT-14).
 */
export function fileVersion(file: string): number {
  const digest = digestOf(file);
  const known = versions.get(file);
  if (known !== undefined && known.digest === digest) return known.version;
  const version = known === undefined ? 0 : known.version + 1;
  versions.set(file, { digest, version });
  return version;
}

/** A file that cannot be read is told of when it is loaded. */
function digestOf(file: string): string {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    return '';
  }
}
