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
  const body = `BEGIN EXECUTE format(${call}); END`;
  return `DO ${body.includes('$$') ? postgresQuoting.literal(body) : `$$${body}$$`}`;
}
