import type { InspectedKind } from '../common/dialect.js';
import {
  collationName,
  inSchemas,
  notOfExtension,
  readTables,
  readViews,
} from './postgres-catalog.js';
import type { CatalogScope } from './postgres-catalog.js';

/**
 * One query for the kinds that were asked for besides tables, enums, sequences and views, for how tables are divided, and for
 * the names of what is not read: one row with a text column `json`, an {@link ObjectRows}. The kinds are one query, so that
 * the number of queries stays what it is.
 */
export function objectQuery(scope: CatalogScope, kinds: readonly InspectedKind[]): string {
  const parts = [
    ...Object.entries({ partitionKeys, apart }),
    ...kinds.flatMap((kind) => Object.entries(QUERIES[kind])),
  ];
  const members = parts.map(
    ([name, query]) => `'${name}', (SELECT coalesce(json_agg(q), '[]') FROM (${query(scope)}) q)`,
  );
  return `SELECT json_build_object(${members.join(',\n')})::text AS json`;
}

type Query = (scope: CatalogScope) => string;

const comment = (catalog: string, oid: string): string =>
  `obj_description(${oid}, '${catalog}') AS comment`;

// Those of the server itself, such as plpgsql, are older than the first object of a user.
const extensions: Query = () => `
SELECT e.extname AS name, n.nspname AS schema, e.extversion AS version
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.oid >= 16384`;

const domains: Query = (scope) => `
SELECT n.nspname AS schema, t.typname AS name, format_type(t.typbasetype, t.typtypmod) AS type,
  CASE WHEN t.typcollation <> b.typcollation THEN ${collationName('t.typcollation')} END AS collation,
  pg_get_expr(t.typdefaultbin, 0) AS "default", t.typnotnull AS "notNull", ${comment('pg_type', 't.oid')},
  (SELECT coalesce(json_agg(json_build_object('name', o.conname, 'expression', pg_get_expr(o.conbin, 0),
      'validated', o.convalidated, 'comment', obj_description(o.oid, 'pg_constraint')) ORDER BY o.oid), '[]')
     FROM pg_constraint o WHERE o.contypid = t.oid AND o.contype = 'c') AS checks
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_type b ON b.oid = t.typbasetype
WHERE t.typtype = 'd' AND ${inSchemas(scope)} AND ${notOfExtension('pg_type', 't.oid')}`;

// What follows the arguments is what the server's own CREATE says after them.
const routines: Query = (scope) => `
SELECT r.schema, r.name, r.type, r.arguments, ${comment('pg_proc', 'r.oid')},
  substr(r.text, length(format('CREATE OR REPLACE %s %I.%I(%s)', upper(r.type), r.schema, r.name, r.arguments)) + 1)
    AS definition
FROM (SELECT p.oid, n.nspname AS schema, p.proname AS name, pg_get_functiondef(p.oid) AS text,
    CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END AS type,
    pg_get_function_arguments(p.oid) AS arguments
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE p.prokind IN ('f', 'p', 'w') AND ${inSchemas(scope)} AND ${notOfExtension('pg_proc', 'p.oid')}) r`;

// The triggers of a partition that its table has too are the table's.
const triggers: Query = (scope) => `
SELECT t.tgrelid AS "table", t.tgname AS name, t.tgtype::int AS type, t.tgenabled AS state,
  t.tgoldtable AS "oldTable", t.tgnewtable AS "newTable", t.tgconstraint <> 0 AS "constraint",
  t.tgdeferrable AS deferrable, t.tginitdeferred AS deferred, pg_get_triggerdef(t.oid) AS definition,
  (SELECT json_agg(a.attname ORDER BY k.position)
     FROM unnest(t.tgattr::int2[]) WITH ORDINALITY AS k (number, position)
     JOIN pg_attribute a ON a.attrelid = t.tgrelid AND a.attnum = k.number) AS columns,
  ${comment('pg_trigger', 't.oid')}
FROM (SELECT oid FROM (${readTables(scope)}) x UNION ALL SELECT oid FROM (${readViews(scope)}) w) r
JOIN pg_trigger t ON t.tgrelid = r.oid
WHERE NOT t.tgisinternal AND t.tgparentid = 0`;

const policies: Query = (scope) => `
SELECT p.polrelid AS "table", p.polname AS name, p.polcmd AS command, p.polpermissive AS permissive,
  (SELECT json_agg(o.rolname ORDER BY o.rolname COLLATE "C") FROM pg_roles o WHERE o.oid = ANY (p.polroles)) AS roles,
  pg_get_expr(p.polqual, p.polrelid) AS "using", pg_get_expr(p.polwithcheck, p.polrelid) AS "check",
  ${comment('pg_policy', 'p.oid')}
FROM (${readTables(scope)}) r JOIN pg_policy p ON p.polrelid = r.oid`;

const rowSecurity: Query = (scope) => `
SELECT c.oid AS "table", c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced
FROM (${readTables(scope)}) r JOIN pg_class c ON c.oid = r.oid
WHERE c.relrowsecurity OR c.relforcerowsecurity`;

const partitions: Query = (scope) => `
SELECT c.oid AS id, n.nspname AS schema, c.relname AS name, pn.nspname AS "tableSchema", p.relname AS "table",
  pg_get_expr(c.relpartbound, c.oid) AS bounds
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_inherits h ON h.inhrelid = c.oid
JOIN pg_class p ON p.oid = h.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
WHERE c.relispartition AND c.relkind IN ('r', 'p') AND ${inSchemas(scope)}`;

const partitionKeys: Query = (scope) => `
SELECT p.partrelid AS "table", p.partstrat AS strategy,
  (SELECT json_agg(json_build_object(
      'column', a.attname,
      'expression', CASE WHEN a.attname IS NULL THEN pg_get_expr(p.partexprs, p.partrelid) END,
      'opclass', (SELECT o.opcname FROM pg_opclass o WHERE o.oid = p.partclass[k.position] AND NOT o.opcdefault),
      'collation', CASE WHEN p.partcollation[k.position] NOT IN (0, coalesce(a.attcollation, 0), 100)
        THEN ${collationName('p.partcollation[k.position]')} END
    ) ORDER BY k.position)
    FROM generate_series(0, p.partnatts - 1) AS k (position)
    LEFT JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[k.position]
      AND p.partattrs[k.position] <> 0) AS elements
FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${inSchemas(scope)}`;

const apart: Query = (scope) => `
SELECT n.nspname AS schema, c.relname AS name
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND c.relpersistence <> 't' AND ${inSchemas(scope)}
  AND NOT EXISTS (SELECT FROM (${readTables(scope)}) r WHERE r.oid = c.oid)
  AND NOT EXISTS (SELECT FROM (${readViews(scope)}) w WHERE w.oid = c.oid)`;

const QUERIES: Readonly<Record<InspectedKind, Readonly<Record<string, Query>>>> = {
  extensions: { extensions },
  domains: { domains },
  routines: { routines },
  triggers: { triggers },
  policies: { policies, rowSecurity },
  partitions: { partitions },
};
