import {
  ACTING,
  COLUMN_COMMENTS,
  GRANTEE,
  GRANTS,
  OF_ONE_KIND,
  RELATION,
  columnLines,
  materializedLines,
  ownerAndGrants,
  ROUTINE,
  ruleAndTriggerLines,
  statisticsAndRights,
} from './postgres-anew-lines.js';
import type { Lines } from './postgres-anew-lines.js';
import { STANDING_LINES, standingOn } from './postgres-standing-lines.js';
import { block } from './postgres-dynamic.js';
import { postgresQuoting } from './postgres-quoting.js';

const { literal } = postgresQuoting;

/** A view, routine or generated column that is dropped, and made anew by a later statement of the session. */
export interface MadeAnew {
  /** Its name as SQL; that of a routine without its arguments, that of the table where it is a column. */
  readonly name: string;
  /** Of a routine: what DROP names between the parentheses. */
  readonly signature?: string;
  /** The column, as it is called. */
  readonly column?: string;
}

/**
 * A statement that writes down, in a setting of the session, what the server has of an object besides what its CREATE says: owner,
 * rights, rules, what belongs to its columns. The server is asked when the statement runs: each database has roles of its own.
 * @param except names of triggers and indexes that other statements make, or leave out
 */
export function rememberAnew(object: MadeAnew, except: readonly string[] = []): string {
  const { acl, table } = catalogOf(object);
  return block(`DECLARE
  own constant text := ${literal(calledOf(object))};
  id constant oid := ${idOf(object)};${standing(object)}
BEGIN${refusal(object)}
  PERFORM set_config(${settingOf(object)}, coalesce((SELECT json_build_object('kind', ${kindOf(object)}, 'acl', o.${acl}::text, 'lines',
    (SELECT coalesce(json_agg(l ORDER BY l.place, l.at), '[]') FROM (
    ${linesOf(object, except).join('\n    UNION ALL ')}) AS l))::text
    FROM ${table} o WHERE o.oid = id), ''), false);
END`);
}

/**
 * A statement that gives an object back what {@link rememberAnew} wrote down, as far as it has the columns. Its rights are those
 * that were there, also where default privileges give others to what is new. Does nothing where nothing was written down.
 */
export function recallAnew(object: MadeAnew): string {
  const { acl, owner, table, type, noun } = catalogOf(object);
  return block(`DECLARE
  own constant text := ${literal(calledOf(object))};
  id constant oid := ${idOf(object)};
  setting constant text := ${settingOf(object)};
  kept constant json := nullif(current_setting(setting, true), '');
  me constant text := current_setting('role');
  is_same_kind constant boolean := (SELECT ${kindOf(object)} = kept->>'kind' FROM ${table} o WHERE o.oid = id);
  is_other boolean;
  held record;
  one record;
BEGIN
  IF kept IS NULL THEN RETURN; END IF;
  PERFORM set_config(setting, '', false);
  FOR one IN SELECT * FROM json_to_recordset(kept->'lines') AS l (place int, at bigint, "column" text, grantor text, sql text)
    UNION ALL SELECT ${GRANTS} - 1, 0, NULL, NULL, NULL ORDER BY place, at LOOP
    IF one.sql IS NULL THEN
      SELECT o.${acl}::text IS DISTINCT FROM kept->>'acl' INTO is_other FROM ${table} o WHERE o.oid = id;
      FOR held IN SELECT DISTINCT ${GRANTEE} AS role
        FROM ${table} o, aclexplode(coalesce(o.${acl}, acldefault('${type}', o.${owner}))) a WHERE o.oid = id AND is_other LOOP
        EXECUTE format('REVOKE ALL ON ${noun} %s FROM %s CASCADE', own, held.role);
      END LOOP;
      CONTINUE;
    END IF;
    IF one.place IN (${ACTING.join(', ')}) AND NOT is_same_kind THEN
      RAISE EXCEPTION '% is no view any more, and cannot have what was made for it by hand: %', own, one.sql
        USING HINT = 'Drop it in a revision of your own before.';
    END IF;
    CONTINUE WHEN one.place = ${GRANTS} AND NOT is_other
      OR one.place BETWEEN ${OF_ONE_KIND.join(' AND ')} AND NOT is_same_kind OR one."column" IS NOT NULL
      AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = id AND a.attname = one."column" AND a.attnum > 0
        AND (one.place <> ${COLUMN_COMMENTS} OR col_description(id, a.attnum) IS NULL));
    IF one.grantor IS NOT NULL THEN
      BEGIN
        PERFORM set_config('role', one.grantor, true);
      EXCEPTION WHEN insufficient_privilege THEN
        RAISE NOTICE 'granted by another role than before: %', one.sql;
      END;
    END IF;
    EXECUTE one.sql;
    PERFORM set_config('role', me, true);
  END LOOP;
END`);
}

const standing = ({ column }: MadeAnew): string =>
  column === undefined ? '' : `\n  on_it constant oid[] := ${standingOn(column)};`;

/** A plain column has values that no expression brings back. */
const refusal = ({ column }: MadeAnew): string =>
  column === undefined
    ? ''
    : `
  IF EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = id AND a.attname = ${literal(column)} AND a.attgenerated = '') THEN
    RAISE EXCEPTION 'column % of % has values of its own, and cannot be made anew', ${literal(column)}, own;
  END IF;`;

const isRoutine = ({ signature }: MadeAnew): boolean => signature !== undefined;

const catalogOf = (object: MadeAnew) => (isRoutine(object) ? ROUTINE : RELATION);

const kindOf = (object: MadeAnew): string => (isRoutine(object) ? `'routine'` : 'o.relkind::text');

function linesOf(object: MadeAnew, except: readonly string[]): Lines {
  const common = ownerAndGrants(catalogOf(object));
  if (object.column !== undefined)
    return [...statisticsAndRights(object.column), ...STANDING_LINES];
  if (isRoutine(object)) return common;
  return [
    ...common,
    ...columnLines(),
    ...ruleAndTriggerLines(except),
    ...materializedLines(except),
  ];
}

const calledOf = ({ name, signature }: MadeAnew): string =>
  signature === undefined ? name : `${name}(${signature})`;

const keyOf = ({ name, column }: MadeAnew): string =>
  column === undefined ? name : JSON.stringify([name, column]);

/** What a routine gives back, as the names of its arguments, may change. */
const settingOf = (object: MadeAnew): string =>
  `'nest_alembic.anew_' || md5(${literal(keyOf(object))}${isRoutine(object) ? ' || (SELECT oidvectortypes(p.proargtypes) FROM pg_proc p WHERE p.oid = id)' : ''})`;

/** A routine is found by its arguments as the server writes them, or by their types alone: DROP takes both. */
function idOf({ name, signature }: MadeAnew): string {
  if (signature === undefined) return `to_regclass(${literal(name)})`;
  const [parts, asked] = [
    `parse_ident(${literal(name)})`,
    literal(signature.replaceAll(/\s+/g, ' ')),
  ];
  return `(SELECT p.oid FROM pg_proc p, ${parts} AS n
    WHERE p.proname = n[array_upper(n, 1)]
      AND p.pronamespace = (SELECT s.oid FROM pg_namespace s WHERE s.nspname = CASE array_upper(n, 1) WHEN 1 THEN current_schema() ELSE n[1] END)
      AND ${asked} IN (regexp_replace(pg_get_function_identity_arguments(p.oid), '\\s+', ' ', 'g'), oidvectortypes(p.proargtypes)))`;
}
