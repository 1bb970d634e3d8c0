import { postgresQuoting } from './postgres-quoting.js';

const { literal } = postgresQuoting;

/** Where the server keeps what is common to all objects of a kind. */
export interface OwnCatalog {
  readonly table: string;
  readonly acl: string;
  readonly owner: string;
  /** The letter that acldefault() knows the kind by. */
  readonly type: string;
  /** What ALTER and GRANT call it, of whatever kind it is. */
  readonly noun: string;
}

/** Views and materialized views. */
export const RELATION: OwnCatalog = {
  table: 'pg_class',
  acl: 'relacl',
  owner: 'relowner',
  type: 'r',
  noun: 'TABLE',
};

/** Functions and procedures. */
export const ROUTINE: OwnCatalog = {
  table: 'pg_proc',
  acl: 'proacl',
  owner: 'proowner',
  type: 'f',
  noun: 'ROUTINE',
};

/** The place of rights on the whole object: they are given only where they are not as they were. */
export const GRANTS = 90;

/** The places of what changes what a statement does: it is not left out without a word. */
export const ACTING = [30, 31] as const;

/** The place of comments on columns: one that the CREATE has set stays. */
export const COLUMN_COMMENTS = 80;

/** The places of what a view has and a materialized view cannot have, or the other way round. */
export const OF_ONE_KIND = [20, 79] as const;

/**
 * Queries for statements to run again, in PL/pgSQL where `id` is the object and `own` its name as SQL: columns `place` and `at` (their
 * order), `column` (it is needed), `grantor` (who runs it), `sql`.
 */
export type Lines = readonly string[];

/** A query for statements, in its parts. */
export interface Line {
  readonly place: number;
  /** What is run, an SQL expression. */
  readonly sql: string;
  readonly from: string;
  readonly at?: string;
  readonly column?: string;
  readonly grantor?: string;
}

/** One query of them. */
export const line = ({
  place,
  at = '0',
  column = 'NULL',
  grantor = 'NULL',
  sql,
  from,
}: Line): string =>
  `SELECT ${place} AS place, ${at} AS at, ${column}::text AS "column", ${grantor}::text AS grantor, ${sql} AS sql
    FROM ${from}`;

/** Who owns it, and who may do what with it. */
export const ownerAndGrants = ({ table, acl, owner, type, noun }: OwnCatalog): Lines => [
  line({
    place: 10,
    sql: `format('ALTER ${noun} %s OWNER TO %I', own, pg_get_userbyid(o.${owner}))`,
    from: `${table} o WHERE o.oid = id AND pg_get_userbyid(o.${owner}) <> current_user`,
  }),
  grants({
    place: GRANTS,
    on: `format('%s ON ${noun} %s', a.privilege_type, own)`,
    owner,
    from: `${table} o, aclexplode(coalesce(o.${acl}, acldefault('${type}', o.${owner}))) WITH ORDINALITY
      AS a (grantor, grantee, privilege_type, is_grantable, at) WHERE o.oid = id`,
  }),
];

/** Those that the owner gave come before those that were passed on. */
const grants = (
  given: Pick<Line, 'place' | 'column' | 'from'> & Readonly<Record<'on' | 'owner', string>>,
) =>
  line({
    ...given,
    sql: `format('GRANT %s TO %s%s', ${given.on}, ${GRANTEE}, CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)`,
    grantor: `CASE WHEN a.grantor <> o.${given.owner} THEN pg_get_userbyid(a.grantor) END`,
    at: `a.at + CASE WHEN a.grantor <> o.${given.owner} THEN 1000000 ELSE 0 END`,
  });

/** A role as GRANT and REVOKE name it. */
export const GRANTEE = `CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END`;

const EACH_COLUMN = 'pg_attribute a WHERE a.attrelid = id AND a.attnum > 0 AND NOT a.attisdropped';

// Of a plain view the catalog has values there that mean nothing (seen on 15).
const STORED_COLUMN = `${EACH_COLUMN} AND EXISTS (SELECT FROM pg_class o WHERE o.oid = id AND o.relkind <> 'v')`;

const alterColumn = (place: number, action: string, from: string): string =>
  line({
    place,
    column: 'a.attname',
    sql: `format('ALTER TABLE %s ALTER COLUMN %I ', own, a.attname) || ${action}`,
    from,
  });

/** Defaults, statistics, storage, comments and rights of columns. */
export const columnLines = (): Lines => [
  alterColumn(
    20,
    `'SET DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)`,
    `pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE d.adrelid = id`,
  ),
  alterColumn(
    23,
    `'SET STORAGE ' || CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END`,
    `${STORED_COLUMN} AND a.attstorage <> (SELECT t.typstorage FROM pg_type t WHERE t.oid = a.atttypid)`,
  ),
  line({
    place: COLUMN_COMMENTS,
    column: 'a.attname',
    sql: `format('COMMENT ON COLUMN %s.%I IS %L', own, a.attname, col_description(id, a.attnum))`,
    from: `${EACH_COLUMN} AND col_description(id, a.attnum) IS NOT NULL`,
  }),
  ...statisticsAndRights(),
];

/** What no operation says of columns: statistics and rights; of one column where it is named. */
export function statisticsAndRights(only?: string): Lines {
  const own = (alias: string): string =>
    only === undefined ? '' : ` AND ${alias}.attname = ${literal(only)}`;
  const stored = STORED_COLUMN + own('a');
  return [
    alterColumn(21, `'SET STATISTICS ' || a.attstattarget`, `${stored} AND a.attstattarget >= 0`),
    // Builds of the server keep marks of their own there (`pg_attver`, seen on 15).
    alterColumn(
      22,
      `format('SET (%s)', (SELECT string_agg(x, ', ') FROM unnest(a.attoptions) x WHERE x LIKE 'n\\_distinct%'))`,
      `${stored} AND array_to_string(a.attoptions, ',') LIKE '%n\\_distinct%'`,
    ),
    grants({
      place: 95,
      column: 'a.attname',
      on: `format('%s (%I) ON TABLE %s', a.privilege_type, a.attname, own)`,
      owner: 'relowner',
      from: `pg_class o, (SELECT x.attname, g.* FROM pg_attribute x, aclexplode(x.attacl) WITH ORDINALITY
        AS g (grantor, grantee, privilege_type, is_grantable, at) WHERE x.attrelid = id AND NOT x.attisdropped${own('x')}) a WHERE o.oid = id`,
    }),
  ];
}

/** Rules, and the triggers that no other statement makes or leaves out. */
export const ruleAndTriggerLines = (except: readonly string[]): Lines => [
  line({
    place: 30,
    sql: 'pg_get_ruledef(r.oid)',
    from: `pg_rewrite r WHERE r.ev_class = id AND r.rulename <> '_RETURN'`,
  }),
  line({
    place: 60,
    sql: `format('COMMENT ON RULE %I ON %s IS %L', r.rulename, own, obj_description(r.oid, 'pg_rewrite'))`,
    from: `pg_rewrite r WHERE r.ev_class = id AND obj_description(r.oid, 'pg_rewrite') IS NOT NULL AND r.rulename <> '_RETURN'`,
  }),
  line({
    place: 31,
    sql: 'pg_get_triggerdef(t.oid)',
    from: `pg_trigger t WHERE t.tgrelid = id AND NOT t.tgisinternal AND t.tgname <> ALL (${names(except)})`,
  }),
  line({
    place: 61,
    sql: `format('COMMENT ON TRIGGER %I ON %s IS %L', t.tgname, own, obj_description(t.oid, 'pg_trigger'))`,
    from: `pg_trigger t WHERE t.tgrelid = id AND NOT t.tgisinternal AND t.tgname <> ALL (${names(except)})
      AND obj_description(t.oid, 'pg_trigger') IS NOT NULL`,
  }),
];

/** Place on disk, indexes that no other statement makes or leaves out, and extended statistics of a materialized view. */
export const materializedLines = (except: readonly string[]): Lines => {
  const indexes = `pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = id AND x.relname <> ALL (${names(except)})`;
  return [
    line({
      place: 29,
      sql: `format('ALTER TABLE %s SET TABLESPACE %I', own, s.spcname)`,
      from: `pg_class o JOIN pg_tablespace s ON s.oid = o.reltablespace WHERE o.oid = id`,
    }),
    line({ place: 40, sql: 'pg_get_indexdef(x.oid)', from: indexes }),
    line({
      place: 41,
      sql: `format('ALTER TABLE %s CLUSTER ON %I', own, x.relname)`,
      from: `${indexes} AND i.indisclustered`,
    }),
    line({
      place: 62,
      sql: `format('COMMENT ON INDEX %s IS %L', x.oid::regclass, obj_description(x.oid, 'pg_class'))`,
      from: `${indexes} AND obj_description(x.oid, 'pg_class') IS NOT NULL`,
    }),
    line({
      place: 50,
      sql: 'pg_get_statisticsobjdef(s.oid)',
      from: `pg_statistic_ext s WHERE s.stxrelid = id`,
    }),
    line({
      place: 63,
      sql: `format('COMMENT ON STATISTICS %s.%I IS %L', s.stxnamespace::regnamespace, s.stxname, obj_description(s.oid, 'pg_statistic_ext'))`,
      from: `pg_statistic_ext s WHERE s.stxrelid = id AND obj_description(s.oid, 'pg_statistic_ext') IS NOT NULL`,
    }),
  ];
};

const names = (list: readonly string[]): string => `ARRAY[${list.map(literal).join(', ')}]::text[]`;
