import { checksumOf } from './checksum.js';

interface FileVersion {
  readonly checksum: string;
  readonly version: number;
}

const versions = new Map<string, FileVersion>();

/**
 * How often a file was another one than the time before when it was loaded in this process: 0 for the first time, and as long as
 * nobody changes it. Node keeps what it has loaded, so that a file that was changed must be loaded anew on purpose (PORT-14).
 * @param checksum that of {@link checksumOf}, where it is known. @default it is asked for
 */
export function fileVersion(file: string, checksum = checksumIfThere(file)): number {
  const known = versions.get(file);
  if (known !== undefined && known.checksum === checksum) return known.version;
  const version = known === undefined ? 0 : known.version + 1;
  versions.set(file, { checksum, version });
  return version;
}

/** A file that cannot be read is told of when it is loaded. */
function checksumIfThere(file: string): string {
  try {
    return checksumOf(file);
  } catch {
    return '';
  }
}
