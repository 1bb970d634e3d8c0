import { postgresQuoting } from './postgres-quoting.js';

/**
 * A statement whose text the server makes when it runs: `format` with arguments, for names that are known only there
 * (the default schema, the sequence of a serial column in a table that was renamed).
 *
 * @param template format string of `format()`; it must not contain names, as a name may contain `%`
 * @param args SQL expressions
 */
export function runTimeStatement(template: string, ...args: readonly string[]): string {
  const call = [postgresQuoting.literal(template), ...args].join(', ');
  return block(`BEGIN EXECUTE format(${call}); END`);
}

/**
 * Statements that depend on the server's version, for a script that does not know it. They are texts in there: the server reads
 * every statement of a block before it runs one.
 */
export function byServerVersion(
  major: number,
  since: readonly string[],
  before: readonly string[],
): string {
  const run = (statements: readonly string[]): string =>
    statements.map((sql) => `    EXECUTE ${postgresQuoting.literal(sql)};`).join('\n');
  return block(`BEGIN
  IF current_setting('server_version_num')::integer >= ${major}0000 THEN
${run(since)}
  ELSE
${run(before)}
  END IF;
END`);
}

/** An anonymous block of PL/pgSQL. */
export const block = (body: string): string =>
  `DO ${body.includes('$$') ? postgresQuoting.literal(body) : `$$${body}$$`}`;
