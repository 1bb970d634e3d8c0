/** Version of this package, as its package.json says (a spec compares the two); a constant, so that bundles have it. */
const VERSION = '0.1.0';

/** What `--version` prints. */
export function versionLine(): string {
  return `nest-alembic ${VERSION}`;
}
