import type { Probe } from '../common/canonical-slots.js';
import type { Connection } from '../common/connection.js';
import { collationName, READ_SETTINGS, setLocal } from './postgres-catalog.js';
import { exclusionBody } from './postgres-inspect-constraints.js';
import { viewBody } from './postgres-inspect-tables.js';
import { readAllRows, rowsAsJson } from './postgres-json-rows.js';
import { withoutOuterParentheses } from './postgres-parentheses.js';
import type { NamedProbe } from './postgres-probe-objects.js';

/** What the names of probes begin with. */
export const PROBE_PREFIX = 'nest_alembic_probe';

/**
 * The answers of the probes that exist in this session, by name; null where the server stores nothing. Read with the
 * settings and the functions that the inspector uses, which the transaction has not when it parses: there a `timestamptz`
 * means what it will mean in the upgrade.
 */
export async function readAnswers(
  connection: Connection,
  probes: readonly NamedProbe[],
): Promise<ReadonlyMap<string, string | null>> {
  const pins = setLocal(READ_SETTINGS);
  const statements = ['SAVEPOINT nest_alembic_read', ...pins, rowsAsJson(PROBE_ROWS)];
  const undo = ['ROLLBACK TO SAVEPOINT nest_alembic_read', 'RELEASE SAVEPOINT nest_alembic_read'];
  const results = await connection.script([...statements, ...undo].join(';\n'));
  const made = results[statements.length - 1];
  const rows = new Map<string, ProbeRow>();
  if (made) for (const row of readAllRows<ProbeRow>(made)) rows.set(row.name, row);
  const answers = new Map<string, string | null>();
  for (const { name, probe } of probes) {
    const row = rows.get(name);
    const answer = row && answerOf(probe, row);
    if (answer !== undefined) answers.set(name, answer);
  }
  return answers;
}

/** A column, constraint or view that was made for a probe. */
interface ProbeRow {
  readonly name: string;
  readonly type: string | null;
  readonly collation: string | null;
  /** Default, generated expression, check, exclusion or query. */
  readonly definition: string | null;
}

const OURS = (name: string) =>
  `c.relnamespace = pg_my_temp_schema() AND ${name} ~ '^${PROBE_PREFIX}[0-9]+$'`;

const PROBE_ROWS = `
SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
  CASE WHEN a.attcollation <> t.typcollation THEN ${collationName('a.attcollation')} END AS collation,
  pg_get_expr(v.adbin, v.adrelid) AS definition
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND c.relkind = 'r'
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef v ON v.adrelid = a.attrelid AND v.adnum = a.attnum
WHERE ${OURS('a.attname')}
UNION ALL
SELECT o.conname, NULL, NULL,
  CASE o.contype WHEN 'x' THEN pg_get_constraintdef(o.oid) ELSE pg_get_expr(o.conbin, o.conrelid) END
FROM pg_class c JOIN pg_constraint o ON o.conrelid = c.oid AND o.contype IN ('c', 'x')
WHERE ${OURS('o.conname')}
UNION ALL
SELECT c.relname, NULL, NULL, pg_get_viewdef(c.oid)
FROM pg_class c
WHERE c.relkind = 'v' AND ${OURS('c.relname')}`;

/** Undefined where the server answers otherwise than expected: then the text stays as it is written. */
function answerOf(probe: Probe, row: ProbeRow): string | null | undefined {
  if (probe.kind === 'type') return row.type ?? undefined;
  if (probe.kind === 'collation') return row.collation;
  if (probe.kind === 'default') return row.definition;
  return row.definition === null ? undefined : BODIES[probe.kind](row.definition);
}

/** The text of the model in the server's definition of what was made for a probe. */
const BODIES: Readonly<
  Record<
    Exclude<Probe['kind'], 'type' | 'collation' | 'default'>,
    (definition: string) => string | undefined
  >
> = {
  generated: withoutOuterParentheses,
  check: withoutOuterParentheses,
  predicate: withoutOuterParentheses,
  element: elementBody,
  exclusion: exclusionBody,
  view: viewBody,
};

/** The element in `((element) IS NOT NULL)`; a row has `IS DISTINCT FROM NULL`, and gets no answer. */
function elementBody(definition: string): string | undefined {
  const test = withoutOuterParentheses(definition);
  const body = /^([\s\S]*) IS NOT NULL$/.exec(test)?.[1];
  return body === undefined ? undefined : withoutOuterParentheses(body);
}
