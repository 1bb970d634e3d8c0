/** Name of a table, view, type or sequence. `schema: null` is the default schema of the connection. */
export interface ObjectName {
  readonly schema: string | null;
  readonly name: string;
}

/** Between the parts of a key: no name of a database has this character. */
export const KEY_SEPARATOR = '\0';

/** A text that is equal exactly for equal names; for use as a Map key. */
export function nameKey({ schema, name }: ObjectName): string {
  return (schema ?? '') + KEY_SEPARATOR + name;
}

/** True when both name the same object. */
export function sameName(left: ObjectName, right: ObjectName): boolean {
  return left.schema === right.schema && left.name === right.name;
}

/** The name as people read it: `account`, `audit.event`. */
export function displayName(name: ObjectName): string {
  return name.schema === null ? name.name : `${name.schema}.${name.name}`;
}

/** Orders names by schema (default schema first), then by name, by code unit. */
export function compareNames(left: ObjectName, right: ObjectName): number {
  return compareText(left.schema ?? '', right.schema ?? '') || compareText(left.name, right.name);
}

/** Orders texts by code unit: the same order on every machine, whatever its locale. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
