import type { Connection } from '../common/connection.js';
import type { KnownCast } from '../common/dialect.js';
import type { Models } from '../common/canonical-slots.js';
import { finderByName } from '../../schema/find-by-name.js';
import { nameKey } from '../../schema/object-name.js';
import type { Column, SchemaModel } from '../../schema/schema-model.js';
import { isKnownToTables } from './postgres-casts.js';
import { postgresQuoting } from './postgres-quoting.js';
import { parseType } from './postgres-type-parse.js';
import { baseOf, canonicalType, elementOf } from './postgres-types.js';

/**
 * Asks the server for the casts between types of columns that differ, where our tables do not know: types of the user's own, domains,
 * those of extensions, and casts that a person made. One query; none where the tables know all. A type that is not there
 * yet has no cast.
 */
export async function askCasts(
  connection: Connection,
  models: Models,
): Promise<readonly KnownCast[]> {
  const pairs = unknownPairs(models);
  if (pairs.length === 0) return [];
  const { rows } = await connection.query<CastRow>(castQuery(pairs));
  return rows.map(({ source, target, kind, routine }) => ({
    from: source,
    to: target,
    kind,
    ...(routine !== null && { routine }),
  }));
}

interface CastRow {
  readonly source: string;
  readonly target: string;
  readonly kind: KnownCast['kind'];
  readonly routine: string | null;
}

type Pair = readonly [from: string, to: string];

/** Each way between a type that goes and one that comes, as a renamed column has another name on either side. */
function unknownPairs({ current, target }: Models): readonly Pair[] {
  const [gone, come] = [typesNotIn(current, target), typesNotIn(target, current)];
  const pairs = gone.flatMap((from) =>
    come.flatMap((to): readonly Pair[] => [
      [from, to],
      [to, from],
    ]),
  );
  return pairs.filter(([from, to]) => from !== to && !isKnownToTables(from, to));
}

/** Types, without length and brackets, of the columns that are not the same on the other side. */
function typesNotIn(model: SchemaModel, other: SchemaModel): readonly string[] {
  const tables = new Map(other.tables.map((table) => [nameKey(table), table]));
  const types = new Set<string>();
  for (const table of model.tables) {
    const find = finderByName(tables.get(nameKey(table))?.columns ?? []);
    table.columns.forEach((column, at) => {
      if (!isSame(column, find(column.name, at))) types.add(scalarOf(column.type));
    });
  }
  // The server does not answer for a text that is no name of a type, but fails.
  return [...types].filter((type) => parseType(type) !== undefined).sort();
}

const isSame = (column: Column, other: Column | undefined): boolean =>
  other !== undefined &&
  (column.type === other.type || canonicalType(column.type) === canonicalType(other.type));

function scalarOf(type: string): string {
  const canonical = canonicalType(type);
  return baseOf(elementOf(canonical) ?? canonical);
}

/**
 * As `find_coercion_pathway` of the server decides (PostgreSQL 15, parse_coerce.c): domains stand for their base types; then what
 * `pg_cast` says; then over the text, on assignment to a type of the string category and explicitly from one.
 */
function castQuery(pairs: readonly Pair[]): string {
  const { literal } = postgresQuoting;
  const list = pairs.map(([from, to]) => `(${literal(from)}, ${literal(to)})`).join(', ');
  return `WITH RECURSIVE pair (source, target) AS (VALUES ${list}),
named AS (
  SELECT name, to_regtype(name)::oid AS type FROM (SELECT source FROM pair UNION SELECT target FROM pair) AS one (name)
),
base AS (
  SELECT name, t.oid, t.typtype, t.typbasetype, t.typcategory FROM named JOIN pg_type t ON t.oid = type
  UNION ALL
  SELECT name, t.oid, t.typtype, t.typbasetype, t.typcategory FROM base JOIN pg_type t
  ON base.typtype = 'd' AND t.oid = base.typbasetype
),
scalar AS (SELECT * FROM base WHERE typtype <> 'd'),
found AS (
  SELECT source, target,
    CASE WHEN s.oid = t.oid THEN 'implicit'
      WHEN c.castcontext IN ('i', 'a') THEN 'implicit'
      WHEN c.castcontext = 'e' THEN 'explicit'
      WHEN t.typcategory = 'S' THEN 'implicit'
      WHEN s.typcategory = 'S' THEN 'explicit' END AS kind,
    CASE WHEN c.castmethod = 'f' THEN c.castfunc::regproc::text END AS routine
  FROM pair JOIN scalar s ON s.name = source JOIN scalar t ON t.name = target
  LEFT JOIN pg_cast c ON c.castsource = s.oid AND c.casttarget = t.oid AND s.oid <> t.oid
)
SELECT source, target, kind, routine FROM found WHERE kind IS NOT NULL`;
}
