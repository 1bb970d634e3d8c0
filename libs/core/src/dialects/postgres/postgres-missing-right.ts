import { driverErrorFacts } from '../common/driver-error-facts.js';
import { postgresQuoting } from './postgres-quoting.js';

/** Which right a kind of object is used with: PostgreSQL manual, "Privileges". */
const RIGHTS: ReadonlyMap<string, string> = new Map([
  ['database', 'CREATE'],
  ['tablespace', 'CREATE'],
  ['sequence', 'USAGE, SELECT, UPDATE'],
  ['type', 'USAGE'],
  ['language', 'USAGE'],
  ['foreign server', 'USAGE'],
  ['function', 'EXECUTE'],
  ['procedure', 'EXECUTE'],
]);

/**
 * What helps a role that the server refused (42501), as a sentence; undefined for any other error, and where the server has
 * a hint of its own. A server that speaks another language than English gets the general one.
 */
export function missingRight(error: unknown): string | undefined {
  const { code, message } = driverErrorFacts(error);
  if (code !== '42501') return undefined;
  return adviceOn(message) ?? 'The role lacks a right: run this as a role that has it.';
}

/** The server's words, and what to say to them with what stands in them. */
const WORDS: readonly (readonly [RegExp, (kind: string, name: string) => string])[] = [
  [
    /must be owner of (\S+) (.+)$/,
    (kind, name) =>
      `Only the owner may do that: run this as the owner of ${kind} ${name}, or GRANT the role that owns it to this role.`,
  ],
  [/row-level security/, () => 'Run this as the owner of the table, or as a role with BYPASSRLS.'],
  [
    /^permission denied to create temporary tables in (database) "(.+)"$/,
    (kind, name) => granting('TEMPORARY', kind, name),
  ],
  [
    /^permission denied for (schema) (.+)$/,
    (kind, name) =>
      `${granting('USAGE', kind, name)} To make something in it, GRANT CREATE as well.`,
  ],
  [/^permission denied for ([a-z]+(?: server)?) (.+)$/, rightOn],
];

function adviceOn(message: string): string | undefined {
  for (const [pattern, say] of WORDS) {
    const [found, kind = '', name = ''] = pattern.exec(message) ?? [];
    if (found !== undefined) return say(kind, name);
  }
  return undefined;
}

function rightOn(kind: string, name: string): string {
  const rights = RIGHTS.get(kind);
  return rights === undefined
    ? `The role needs on ${kind} ${name} what the statement does: SELECT, INSERT, UPDATE, DELETE or REFERENCES.`
    : granting(rights, kind, name);
}

function granting(rights: string, kind: string, name: string): string {
  return `What helps: GRANT ${rights} ON ${kind.toUpperCase()} ${postgresQuoting.identifier(name)} TO this role.`;
}
