/** Version of this package, as its package.json says (a spec compares the two); a constant, so that bundles have it. */
export const TOOL_VERSION = '0.1.0';
