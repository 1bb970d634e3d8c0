import { type CatalogRows, COLUMN_NAMES, CONSTRAINT_NAMES } from './postgres-catalog-rows.js';
import { rowsAsJson, valuesAsJson } from './postgres-json-rows.js';
import { postgresQuoting } from './postgres-quoting.js';

/**
 * What the server's deparsing functions depend on besides the search path. Both sides of a comparison are read with
 * these: a `timestamptz` default stored by a session in Asia is spelled with another hour by one in Europe (PG-D28).
 */
export const PINNED_SETTINGS: Readonly<Record<string, string>> = Object.freeze({
  TimeZone: 'UTC',
  DateStyle: 'ISO, YMD',
  IntervalStyle: 'postgres',
  extra_float_digits: '1',
  bytea_output: 'hex',
  standard_conforming_strings: 'on',
  quote_all_identifiers: 'off',
});

/**
 * Settings for reading the catalog. A fresh database has no statistics of its catalog, the queries look dear, and
 * compiling them takes a hundred times as long as running them (seen on 15: 700 ms against 7).
 */
export const READ_SETTINGS: Readonly<Record<string, string>> = Object.freeze({
  ...PINNED_SETTINGS,
  jit: 'off',
});

/** Statements that set server settings until the end of the transaction. */
export function setLocal(settings: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(settings).map(
    ([name, value]) => `SET LOCAL ${name} TO ${postgresQuoting.literal(value)}`,
  );
}

/** What the queries of {@link catalogQueries} read. */
export interface CatalogScope {
  /** Names of the schemas, the default one among them. */
  readonly schemas: readonly string[];
  /** Major version of the server. */
  readonly major: number;
}

/** The query for what must be known before the others: one row with a column `json`, a {@link FactsRow}. */
export function factsQuery(schemas: 'all' | readonly string[]): string {
  const wanted =
    schemas === 'all'
      ? `nspname <> 'information_schema' AND nspname !~ '^pg_'`
      : `nspname = ANY (${nameArray(schemas)})`;
  return `
SELECT json_build_object(
  'defaultSchema', current_schema(),
  'major', current_setting('server_version_num')::int / 10000,
  'schemas', (SELECT coalesce(json_agg(nspname ORDER BY nspname), '[]') FROM pg_namespace
    WHERE ${wanted}),
  'settings', (SELECT json_object_agg(name, current_setting(name))
    FROM unnest(${nameArray(Object.keys(READ_SETTINGS))}) AS name)
)::text AS json`;
}

/**
 * The queries for the objects of some schemas, one for each kind. Each gives the rows that `postgres-catalog-rows.ts`
 * describes, for `readRows`, those of columns and constraints for `readValues`.
 */
export function catalogQueries(scope: CatalogScope): Readonly<Record<keyof CatalogRows, string>> {
  return {
    enums: rowsAsJson(enums(scope)),
    sequences: rowsAsJson(sequences(scope)),
    tables: rowsAsJson(tables(scope)),
    columns: valuesAsJson(COLUMN_NAMES, columns(scope)),
    constraints: valuesAsJson(CONSTRAINT_NAMES, constraints(scope)),
    indexes: rowsAsJson(indexes(scope)),
    views: rowsAsJson(views(scope)),
  };
}

function nameArray(names: readonly string[]): string {
  return `ARRAY[${names.map((name) => postgresQuoting.literal(name)).join(', ')}]::text[]`;
}

/** True for objects of the schemas; `n` is the namespace. */
export const inSchemas = ({ schemas }: CatalogScope) => `n.nspname = ANY (${nameArray(schemas)})`;

/** True for what no extension made. */
export const notOfExtension = (catalog: string, oid: string) =>
  `NOT EXISTS (SELECT FROM pg_depend e
    WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.objsubid = 0 AND e.deptype = 'e')`;

/** The comment on an object that is no column. */
const commentOn = (catalog: string, oid: string) =>
  `(SELECT d.description FROM pg_description d
    WHERE d.classoid = '${catalog}'::regclass AND d.objoid = ${oid} AND d.objsubid = 0)`;

/** A name as SQL, qualified where the search path does not find it. */
const spelled = (name: string, isVisible: string) =>
  `CASE WHEN ${isVisible} THEN quote_ident(${name}) ELSE quote_ident(n.nspname) || '.' || quote_ident(${name}) END`;

/** Tables, partitioned ones too: no partitions, no children of an inheritance, no temporary or foreign tables. */
export const readTables = (scope: CatalogScope) => `
  SELECT c.oid, n.nspname, c.relname
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't' AND ${inSchemas(scope)}
    AND NOT EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = c.oid)
    AND ${notOfExtension('pg_class', 'c.oid')}`;

/** Views and materialized views. */
export const readViews = (scope: CatalogScope) => `
  SELECT c.oid, n.nspname, c.relname, c.relkind
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('v', 'm') AND c.relpersistence <> 't' AND ${inSchemas(scope)}
    AND ${notOfExtension('pg_class', 'c.oid')}`;

const enums = (scope: CatalogScope) => `
SELECT n.nspname AS schema, t.typname AS name,
  (SELECT coalesce(json_agg(l.enumlabel ORDER BY l.enumsortorder), '[]')
     FROM pg_enum l WHERE l.enumtypid = t.oid) AS labels,
  ${commentOn('pg_type', 't.oid')} AS comment
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype = 'e' AND ${inSchemas(scope)} AND ${notOfExtension('pg_type', 't.oid')}`;

// "i" is the dependency of an identity column's sequence, "a" the one that serial and OWNED BY make.
const sequences = (scope: CatalogScope) => `
SELECT n.nspname AS schema, c.relname AS name, o.refobjid AS "ownerTable", o.refobjsubid AS "ownerColumn",
  o.deptype AS "ownerKind",
  'nextval(''' || replace(c.oid::regclass::text, '''', '''''') || '''::regclass)' AS nextval,
  s.seqtypid::regtype::text AS type, s.seqstart::text AS start, s.seqincrement::text AS increment,
  s.seqmin::text AS "minValue", s.seqmax::text AS "maxValue", s.seqcache::text AS cache, s.seqcycle AS cycle,
  ${commentOn('pg_class', 'c.oid')} AS comment
FROM pg_sequence s
JOIN pg_class c ON c.oid = s.seqrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_depend o ON o.classid = 'pg_class'::regclass AND o.objid = c.oid AND o.objsubid = 0
  AND o.refclassid = 'pg_class'::regclass AND o.refobjsubid > 0 AND o.deptype IN ('a', 'i')
WHERE c.relpersistence <> 't' AND (${inSchemas(scope)} OR o.refobjid IN (SELECT r.oid FROM (${readTables(scope)}) r))
  AND ${notOfExtension('pg_class', 'c.oid')}
ORDER BY c.oid`;

const tables = (scope: CatalogScope) => `
SELECT r.oid AS id, r.nspname AS schema, r.relname AS name, d.description AS comment,
  c.relpersistence = 'u' AS unlogged, c.reloptions AS storage,
  (SELECT spcname FROM pg_tablespace WHERE oid = c.reltablespace) AS tablespace
FROM (${readTables(scope)}) r
JOIN pg_class c ON c.oid = r.oid
LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = r.oid AND d.objsubid = 0`;

const columns = (scope: CatalogScope) => `
SELECT a.attrelid AS "table", a.attnum AS number, a.attname AS name,
  format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable,
  pg_get_expr(v.adbin, v.adrelid) AS expression, a.attgenerated AS generated, a.attidentity AS identity,
  CASE WHEN a.attcollation <> t.typcollation THEN ${collationName('a.attcollation')} END AS collation,
  CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END AS storage, ${compression(scope)} AS compression,
  d.description AS comment
FROM (${readTables(scope)}) r
JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef v ON v.adrelid = a.attrelid AND v.adnum = a.attnum
LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = a.attrelid AND d.objsubid = a.attnum
ORDER BY a.attrelid, a.attnum`;

const compression = ({ major }: CatalogScope) =>
  major >= 14 ? `CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END` : 'NULL';

/** An SQL expression: the bare name of a collation where the search path finds it, else a quoted and qualified one. */
export function collationName(oid: string): string {
  return `(SELECT CASE WHEN pg_collation_is_visible(x.oid) THEN x.collname::text
      ELSE format('"%s"."%s"', replace(n.nspname, '"', '""'), replace(x.collname, '"', '""')) END
    FROM pg_collation x JOIN pg_namespace n ON n.oid = x.collnamespace WHERE x.oid = ${oid})`;
}

// A constraint of type "n" is the NOT NULL of a column (PostgreSQL 18), "t" a constraint trigger. A foreign key to a
// partitioned table has one more for each partition, with itself as the parent.
const constraints = (scope: CatalogScope) => `
SELECT o.conrelid AS "table", o.conname AS name, o.contype AS type, o.conkey AS columns,
  o.condeferrable AS deferrable, o.condeferred AS deferred, o.convalidated AS validated,
  ${since18(scope, 'o.conenforced', 'true')} AS enforced, ${since18(scope, 'o.conperiod', 'false')} AS temporal,
  ${nullsNotDistinct(scope, 'i')} AS "nullsNotDistinct", ${commentOn('pg_constraint', 'o.oid')} AS comment,
  CASE WHEN i.indnatts > i.indnkeyatts THEN (SELECT json_agg(a.attname ORDER BY k.position)
    FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, position)
    JOIN pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = k.number
    WHERE k.position > i.indnkeyatts) END AS include,
  CASE o.contype WHEN 'c' THEN pg_get_expr(o.conbin, o.conrelid) WHEN 'x' THEN pg_get_constraintdef(o.oid) END AS definition,
  fn.nspname AS "referencedSchema", f.relname AS "referencedTable",
  CASE WHEN o.contype = 'f' THEN (SELECT json_agg(a.attname ORDER BY k.position)
    FROM unnest(o.confkey) WITH ORDINALITY AS k (number, position)
    JOIN pg_attribute a ON a.attrelid = o.confrelid AND a.attnum = k.number) END AS "referencedColumns",
  o.confupdtype AS "onUpdate", o.confdeltype AS "onDelete", o.confmatchtype AS match,
  ${onDeleteColumns(scope)} AS "onDeleteColumns"
FROM (${readTables(scope)}) r
JOIN pg_constraint o ON o.conrelid = r.oid AND o.contype IN ('p', 'u', 'f', 'c', 'x') AND o.conparentid = 0
LEFT JOIN pg_index i ON i.indexrelid = o.conindid AND o.contype IN ('p', 'u')
LEFT JOIN pg_class f ON f.oid = o.confrelid AND o.contype = 'f'
LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
ORDER BY o.oid`;

const since18 = ({ major }: CatalogScope, column: string, before: string) =>
  major >= 18 ? column : before;

const onDeleteColumns = ({ major }: CatalogScope) =>
  major >= 15 ? 'o.confdelsetcols' : 'NULL::int2[]';

const nullsNotDistinct = ({ major }: CatalogScope, index: string) =>
  major >= 15 ? `coalesce(${index}.indnullsnotdistinct, false)` : 'false';

const indexes = (scope: CatalogScope) => `
SELECT i.indrelid AS "table", ic.relname AS name, i.indisunique AS unique, m.amname AS method,
  i.indisvalid AS valid, i.indnkeyatts AS "keyCount", pg_get_expr(i.indpred, i.indrelid) AS where,
  ${nullsNotDistinct(scope, 'i')} AS "nullsNotDistinct", ic.reloptions AS storage,
  ${commentOn('pg_class', 'ic.oid')} AS comment, (SELECT spcname FROM pg_tablespace WHERE oid = ic.reltablespace) AS tablespace,
  (SELECT json_agg(json_build_object(
      'column', a.attname,
      'expression', CASE WHEN a.attname IS NULL THEN pg_get_indexdef(i.indexrelid, k.position, false) END,
      'options', i.indoption[k.position - 1],
      'opclass', ${elementOpclass},
      'collation', ${elementCollation}
    ) ORDER BY k.position)
    FROM generate_series(1, i.indnatts::int) AS k (position)
    LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k.position - 1]
      AND i.indkey[k.position - 1] <> 0) AS elements
FROM (SELECT oid FROM (${readTables(scope)}) t UNION ALL SELECT oid FROM (${readViews(scope)}) w) r
JOIN pg_index i ON i.indrelid = r.oid
JOIN pg_class ic ON ic.oid = i.indexrelid
JOIN pg_am m ON m.oid = ic.relam
WHERE NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = i.indexrelid AND o.contype IN ('p', 'u', 'x'))
ORDER BY i.indexrelid`;

// An operator class is the default when it is that of the column's own type, or of a type that one is coerced to
// (text for varchar) where its own has none: GetDefaultOpClass() of the server.
const elementOpclass = `(SELECT ${spelled('p.opcname', 'pg_opclass_is_visible(p.oid)')}
        || coalesce((SELECT ' (' || array_to_string(x.attoptions, ', ') || ')' FROM pg_attribute x
          WHERE x.attrelid = i.indexrelid AND x.attnum = k.position), '')
      FROM pg_opclass p JOIN pg_namespace n ON n.oid = p.opcnamespace
      WHERE p.oid = i.indclass[k.position - 1] AND (NOT p.opcdefault
        OR EXISTS (SELECT FROM pg_attribute x WHERE x.attrelid = i.indexrelid AND x.attnum = k.position
          AND x.attoptions IS NOT NULL)
        OR p.opcintype <> a.atttypid AND EXISTS (SELECT FROM pg_opclass x
          WHERE x.opcmethod = p.opcmethod AND x.opcdefault AND x.opcintype = a.atttypid)))`;

// The collation of an expression is in no catalog; only the whole definition says whether the element has its own.
const elementCollation = `CASE WHEN k.position <= i.indnkeyatts AND i.indcollation[k.position - 1] <> 0
        AND CASE WHEN a.attname IS NULL
          THEN position(pg_get_indexdef(i.indexrelid, k.position, false) || ' COLLATE ' IN pg_get_indexdef(i.indexrelid)) > 0
          ELSE i.indcollation[k.position - 1] <> a.attcollation END
      THEN ${collationName('i.indcollation[k.position - 1]')} END`;

const views = (scope: CatalogScope) => `
SELECT r.oid AS id, r.nspname AS schema, r.relname AS name, r.relkind = 'm' AS materialized,
  pg_get_viewdef(r.oid) AS definition, c.reloptions AS options, c.relispopulated AS populated,
  obj_description(r.oid, 'pg_class') AS comment,
  (SELECT json_agg(json_build_object('column', a.attname, 'comment', d.description))
     FROM pg_description d JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = d.objsubid
     WHERE d.classoid = 'pg_class'::regclass AND d.objoid = r.oid AND d.objsubid > 0) AS "columnComments",
  (SELECT json_agg(DISTINCT jsonb_build_object('schema', n.nspname, 'name', f.relname))
     FROM pg_rewrite w
     JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass
     JOIN pg_class f ON f.oid = d.refobjid AND f.relkind IN ('v', 'm') AND f.oid <> r.oid
     JOIN pg_namespace n ON n.oid = f.relnamespace
     WHERE w.ev_class = r.oid) AS "dependsOn",
  (SELECT json_agg(DISTINCT jsonb_build_object('schema', n.nspname, 'name', f.relname, 'column', a.attname))
     FROM pg_rewrite w
     JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass
     JOIN pg_class f ON f.oid = d.refobjid AND f.relkind IN ('r', 'p')
     JOIN pg_namespace n ON n.oid = f.relnamespace
     JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
     WHERE w.ev_class = r.oid) AS reads
FROM (${readViews(scope)}) r JOIN pg_class c ON c.oid = r.oid`;
