import { line } from './postgres-anew-lines.js';
import type { Lines } from './postgres-anew-lines.js';
import { postgresQuoting } from './postgres-quoting.js';

const { literal } = postgresQuoting;

/** A list of the objects that stand on a column of table `id`, or on the one that a partition or a child has from it. */
export const standingOn = (column: string): string =>
  `ARRAY(WITH RECURSIVE family AS (SELECT id AS oid UNION SELECT h.inhrelid FROM pg_inherits h JOIN family f ON f.oid = h.inhparent)
    SELECT d.objid FROM family JOIN pg_attribute a ON a.attrelid = family.oid AND (a.attrelid = id OR NOT a.attislocal)
      JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum
    WHERE a.attname = ${literal(column)} AND NOT a.attisdropped)`;

const CONSTRAINTS = `pg_constraint c WHERE c.oid = ANY (on_it) AND c.contype IN ('c', 'f', 'p', 'u', 'x') AND c.coninhcount = 0 AND c.conparentid = 0`;

const INDEXES = `pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE x.oid = ANY (on_it)
      AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = x.oid AND c.conrelid = i.indrelid)`;

const STATISTICS = 'pg_statistic_ext s WHERE s.oid = ANY (on_it)';

interface Described {
  readonly place: number;
  /** What COMMENT ON names, as a format. */
  readonly on: string;
  readonly names: string;
  readonly comment: string;
  readonly from: string;
}

const describe = ({ place, on, names, comment, from }: Described): string =>
  line({
    place,
    sql: `format('COMMENT ON ${on} IS %L', ${names}, ${comment})`,
    from: `${from} AND ${comment} IS NOT NULL`,
  });

/**
 * What is in the list `on_it`, and would go with the column without a word: indexes, constraints and extended statistics that no
 * operation drops, as those that filters leave out and those of single partitions.
 */
export const STANDING_LINES: Lines = [
  line({
    place: 39,
    at: `CASE c.contype WHEN 'f' THEN 1 ELSE 0 END`,
    sql: `format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))`,
    from: CONSTRAINTS,
  }),
  describe({
    place: 64,
    on: 'CONSTRAINT %I ON %s',
    names: 'c.conname, c.conrelid::regclass',
    comment: `obj_description(c.oid, 'pg_constraint')`,
    from: CONSTRAINTS,
  }),
  // Those of partitions come first: one on the whole takes over what fits.
  line({
    place: 40,
    at: `CASE x.relkind WHEN 'I' THEN 1000 - (SELECT count(*) FROM pg_partition_ancestors(i.indrelid)) ELSE 0 END`,
    sql: `replace(pg_get_indexdef(x.oid), quote_ident(x.relname) || ' ON ONLY ', quote_ident(x.relname) || ' ON ')`,
    from: INDEXES,
  }),
  line({
    place: 41,
    sql: `format('ALTER TABLE %s CLUSTER ON %I', i.indrelid::regclass, x.relname)`,
    from: `${INDEXES} AND i.indisclustered`,
  }),
  describe({
    place: 62,
    on: 'INDEX %s',
    names: 'x.oid::regclass',
    comment: `obj_description(x.oid, 'pg_class')`,
    from: INDEXES,
  }),
  line({ place: 50, sql: 'pg_get_statisticsobjdef(s.oid)', from: STATISTICS }),
  describe({
    place: 63,
    on: 'STATISTICS %s.%I',
    names: 's.stxnamespace::regnamespace, s.stxname',
    comment: `obj_description(s.oid, 'pg_statistic_ext')`,
    from: STATISTICS,
  }),
];
