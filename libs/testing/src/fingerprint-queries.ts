/**
 * One query for each kind of object; each gives rows with a text column `line`. `$1` holds the schemas to read, or is
 * null for all but the system's. Deliberately nothing here is shared with the inspector of the engine: the two must be
 * able to disagree.
 */
export function fingerprintQueries(options: {
  readonly major: number;
  readonly columnOrder: boolean;
}): readonly string[] {
  return [
    schemas,
    extensions,
    tables,
    columns(options.major, options.columnOrder),
    constraints(options.major),
    indexes,
    triggers,
    policies,
    views,
    enums,
    domains,
    composites,
    sequences,
    functions,
    comments,
  ];
}

/** True for schemas that the caller asked for. */
const wanted = `(CASE WHEN $1::text[] IS NULL
    THEN n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
    ELSE n.nspname = ANY ($1::text[]) END)`;

const notOfExtension = (catalog: string, alias: string) => `NOT EXISTS (SELECT FROM pg_depend e
    WHERE e.classid = '${catalog}'::regclass AND e.objid = ${alias}.oid AND e.deptype = 'e')`;

const ofClass = `${wanted} AND ${notOfExtension('pg_class', 'c')}`;

const schemas = `
SELECT format('schema %I', n.nspname) AS line FROM pg_namespace n WHERE ${wanted}`;

const extensions = `
SELECT format('extension %I in %I version %s', e.extname, n.nspname, e.extversion) AS line
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE ${wanted}`;

const tables = `
SELECT format('table %I.%I', n.nspname, c.relname)
  || CASE c.relkind WHEN 'p' THEN ' partition by ' || pg_get_partkeydef(c.oid) WHEN 'f' THEN ' foreign' ELSE '' END
  || CASE c.relpersistence WHEN 'u' THEN ' unlogged' ELSE '' END
  || coalesce(' with ' || array_to_string(c.reloptions, ', '), '')
  || coalesce(' inherits ' || (SELECT string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno)
       FROM pg_inherits i WHERE i.inhrelid = c.oid), '')
  || coalesce(' ' || pg_get_expr(c.relpartbound, c.oid), '')
  || CASE WHEN c.relrowsecurity THEN ' row security' ELSE '' END
  || CASE WHEN c.relforcerowsecurity THEN ' forced' ELSE '' END AS line
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f') AND ${ofClass}`;

const columns = (major: number, order: boolean) => `
SELECT format('table %I.%I column %I', n.nspname, c.relname, a.attname)
  || ${order ? `' #' || row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum)` : `''`}
  || ' ' || format_type(a.atttypid, a.atttypmod)
  || CASE WHEN a.attcollation <> t.typcollation
       THEN ' collate ' || a.attcollation::regcollation::text ELSE '' END
  || CASE WHEN a.attstorage <> t.typstorage THEN ' storage ' || a.attstorage::text ELSE '' END
  || ${major >= 14 ? `CASE a.attcompression WHEN '' THEN '' ELSE ' compression ' || a.attcompression::text END` : `''`}
  || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
  || CASE a.attidentity WHEN 'a' THEN ' identity always' WHEN 'd' THEN ' identity by default' ELSE '' END
  || CASE a.attgenerated WHEN 's' THEN ' generated stored ' WHEN 'v' THEN ' generated virtual ' ELSE ' default ' END
  || coalesce(pg_get_expr(d.adbin, d.adrelid), 'none') AS line
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f') AND ${ofClass}`;

// PostgreSQL 18 has a constraint for every NOT NULL, under a name of its own choice: the column's line says it already.
const constraints = (major: number) => `
SELECT format('table %I.%I constraint %I %s', n.nspname, c.relname, o.conname, pg_get_constraintdef(o.oid))
  ${major >= 18 ? `|| CASE WHEN o.conenforced THEN '' ELSE ' (not enforced)' END` : ''}
  || CASE WHEN o.convalidated THEN '' ELSE ' (not validated)' END AS line
FROM pg_constraint o
JOIN pg_class c ON c.oid = o.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE (o.contype <> 'n' OR NOT o.convalidated) AND o.contype <> 't' AND ${ofClass}`;

const indexes = `
SELECT format('table %I.%I index %I %s', n.nspname, c.relname, ic.relname, pg_get_indexdef(i.indexrelid))
  || CASE WHEN i.indisvalid THEN '' ELSE ' (invalid)' END
  || CASE WHEN i.indisreplident THEN ' (replica identity)' ELSE '' END AS line
FROM pg_index i
JOIN pg_class c ON c.oid = i.indrelid
JOIN pg_class ic ON ic.oid = i.indexrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${ofClass}`;

const triggers = `
SELECT format('table %I.%I trigger %s', n.nspname, c.relname, pg_get_triggerdef(t.oid))
  || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' enabled ' || t.tgenabled::text END AS line
FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT t.tgisinternal AND ${ofClass}`;

const policies = `
SELECT format('table %I.%I policy %I for %s permissive %s to %s using %s check %s', n.nspname, c.relname, p.polname,
  p.polcmd, p.polpermissive,
  coalesce((SELECT string_agg(quote_ident(r.rolname), ', ' ORDER BY r.rolname COLLATE "C")
     FROM pg_roles r WHERE r.oid = ANY (p.polroles)), 'public'),
  coalesce(pg_get_expr(p.polqual, p.polrelid), 'none'),
  coalesce(pg_get_expr(p.polwithcheck, p.polrelid), 'none')) AS line
FROM pg_policy p
JOIN pg_class c ON c.oid = p.polrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${ofClass}`;

const views = `
SELECT format('%s %I.%I as %s', CASE c.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END,
    n.nspname, c.relname, regexp_replace(pg_get_viewdef(c.oid), '\\s+', ' ', 'g'))
  || CASE WHEN c.relkind = 'v' OR c.relispopulated THEN '' ELSE ' (not populated)' END
  || coalesce(' with ' || array_to_string(c.reloptions, ', '), '') AS line
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm') AND ${ofClass}`;

const ofType = `${wanted} AND ${notOfExtension('pg_type', 't')}`;

const enums = `
SELECT format('type %I.%I enum (%s)', n.nspname, t.typname,
  (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
     FROM pg_enum e WHERE e.enumtypid = t.oid)) AS line
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype = 'e' AND ${ofType}`;

const domains = `
SELECT format('type %I.%I domain over %s', n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod))
  || CASE WHEN t.typnotnull THEN ' not null' ELSE '' END
  || coalesce(' default ' || t.typdefault, '')
  || coalesce((SELECT string_agg(format(' constraint %I %s', o.conname, pg_get_constraintdef(o.oid))
         || coalesce(' comment ' || quote_literal(obj_description(o.oid, 'pg_constraint')), ''), '' ORDER BY o.conname)
       FROM pg_constraint o WHERE o.contypid = t.oid AND o.contype = 'c'), '') AS line
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype = 'd' AND ${ofType}`;

const composites = `
SELECT format('type %I.%I composite (%s)', n.nspname, c.relname,
  (SELECT string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' ORDER BY a.attnum)
     FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)) AS line
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'c' AND ${ofClass}`;

// `i` is the dependency of an identity column's sequence, `a` that of OWNED BY.
const sequences = `
SELECT format('sequence %I.%I as %s start %s increment %s min %s max %s cache %s', n.nspname, c.relname,
    s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache)
  || CASE WHEN s.seqcycle THEN ' cycle' ELSE '' END
  || coalesce((SELECT format(' %s by %s.%I', CASE d.deptype WHEN 'i' THEN 'identity' ELSE 'owned' END,
         d.refobjid::regclass, a.attname)
       FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
       WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
         AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')), '') AS line
FROM pg_sequence s
JOIN pg_class c ON c.oid = s.seqrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${ofClass}`;

const functions = `
SELECT format('function %I.%I(%s) %s', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid),
  CASE WHEN p.prokind IN ('f', 'p') THEN regexp_replace(pg_get_functiondef(p.oid), '\\s+', ' ', 'g') ELSE 'aggregate' END) AS line
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE ${wanted} AND ${notOfExtension('pg_proc', 'p')}`;

const comments = `
SELECT format('comment on %s %s: %s', o.type, o.identity, quote_literal(d.description)) AS line
FROM pg_description d
CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) o
LEFT JOIN pg_class c ON d.classoid = 'pg_class'::regclass AND c.oid = d.objoid
JOIN pg_namespace n ON n.oid = coalesce(c.relnamespace, (SELECT x.oid FROM pg_namespace x WHERE x.nspname = o.schema),
  (SELECT x.relnamespace FROM pg_constraint y JOIN pg_class x ON x.oid = y.conrelid
    WHERE d.classoid = 'pg_constraint'::regclass AND y.oid = d.objoid))
WHERE d.objoid >= 16384 AND ${wanted} AND NOT EXISTS (SELECT FROM pg_depend e
  WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e')`;
