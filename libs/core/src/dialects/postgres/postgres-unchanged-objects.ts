import { sameName } from '../../schema/object-name.js';
import type { SchemaModel } from '../../schema/schema-model.js';
import type { RowSecurity } from '../../schema/server-objects.js';
import type { Connection } from '../common/connection.js';
import type { ObjectRequest, ObjectStatement } from '../common/object-texts.js';
import { Beside } from './postgres-beside.js';
import { groupStatements } from './postgres-object-groups.js';
import type { ObjectGroup } from './postgres-object-groups.js';
import { isForbidden } from './postgres-not-asked.js';
import { objectsOfStatement } from './postgres-pick-objects.js';
import { findRegistered } from './postgres-registered.js';
import type { Registered } from './postgres-registered.js';
import { asBefore, MOST_ROUNDS } from './postgres-respell.js';
import { sameOptions, sameRegistered } from './postgres-same-object.js';

/** What the database has as the texts say it, and the statements of everything else. */
export interface UnchangedObjects {
  readonly registered: readonly Registered[];
  readonly open: readonly ObjectStatement[];
}

/**
 * Finds the registered objects that are as their texts say, without a lock on any of them: each is made a second time in a schema
 * that nobody sees, a trigger or policy on an empty copy of its table, and read back. What it reads is locked with ACCESS SHARE. What
 * mentions something that is to be another is not taken for unchanged, nor is what the server refuses there.
 * @param changing names of what the model has otherwise than the database
 */
export async function findUnchanged(
  connection: Connection,
  request: ObjectRequest,
  changing: readonly string[],
): Promise<UnchangedObjects> {
  const { current, statements } = request;
  const groups = groupStatements(statements).filter((group) => isComparable(group, current));
  const same = await sameGroups(new Beside(connection, request), groups, current);
  const unchanged = withoutMentions(same, request, changing);
  const settled = new Set(unchanged.flatMap(({ group }) => group.statements));
  return {
    registered: unchanged.flatMap(({ registered }) => registered),
    open: statements.filter((statement) => !settled.has(statement)),
  };
}

/** A group whose objects are as they are in the database. */
interface SameGroup {
  readonly group: ObjectGroup;
  /** Those of the database, with the marks of the texts. */
  readonly registered: readonly Registered[];
}

/** There is one to compare with; and no other table is locked, as for a constraint trigger that names one. */
function isComparable({ statements }: ObjectGroup, current: SchemaModel): boolean {
  const isLocking = ({ head, sql }: ObjectStatement): boolean =>
    head.kind === 'trigger' && /\bconstraint\b.*\bfrom\b/is.test(sql);
  const isThere = (one: ObjectStatement): boolean =>
    one.head.kind === 'rowSecurity' || objectsOfStatement(one, current).length > 0;
  return statements.some(isThere) && !statements.some(isLocking);
}

/** Without the right to make schemas nothing is known of any. */
async function sameGroups(
  beside: Beside,
  groups: readonly ObjectGroup[],
  current: SchemaModel,
): Promise<readonly SameGroup[]> {
  if (groups.length === 0) return [];
  try {
    return await compareBeside(beside, groups, current);
  } catch (error) {
    if (isForbidden(error)) return [];
    throw error;
  }
}

/** A text makes what is there, or what the server makes of its own spelling of the text does. */
async function compareBeside(
  beside: Beside,
  groups: readonly ObjectGroup[],
  current: SchemaModel,
): Promise<readonly SameGroup[]> {
  const moved = groups.map(({ statements }) => statements.map((one) => beside.statement(one)));
  const read = await beside.read(moved.map((statements) => statements.map(({ sql }) => sql)));
  const found = groups.map((group, at) => {
    const objects = madeObjects(group, moved[at] ?? [], read);
    return { group, made: objects, latest: objects };
  });
  const same = found.filter(({ group, made }) =>
    isRowSecurity(group)
      ? hasRowSecurity(group, { beside, read, current })
      : areSame(made, current),
  );
  let open = found.filter((one) => !same.includes(one) && one.made.length > 0);
  for (let round = 0; round < MOST_ROUNDS && open.length > 0; round += 1) {
    const again = await beside.read(
      open.map(({ latest }) => latest.flatMap((one) => beside.creation(one))),
    );
    open = open.flatMap(({ latest, ...rest }) => {
      const next = latest.flatMap((one) => readBack(again, beside.object(one), one));
      return next.length === latest.length ? [{ ...rest, latest: next }] : [];
    });
    const settled = open.filter(({ latest }) => areSame(latest, current));
    same.push(...settled);
    open = open.filter((one) => !settled.includes(one));
  }
  return same.map(({ group, made }) => ({
    group,
    registered: made.map((one) => asBefore(findRegistered(current, one) ?? one, one)),
  }));
}

const isRowSecurity = ({ key }: ObjectGroup): boolean => key.startsWith('rowSecurity');

/** The objects that a group made, under the names that they are to have; none where a statement was refused. */
function madeObjects(
  { statements }: ObjectGroup,
  moved: readonly ObjectStatement[],
  read: SchemaModel,
): readonly Registered[] {
  const made = statements.flatMap((statement, at) => {
    const other = moved[at];
    const found = other ? objectsOfStatement(other, read) : [];
    return found.map((one) => backIn(one, statement));
  });
  return made.filter(
    (one, at) => made.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === at,
  );
}

function backIn(one: Registered, { head }: ObjectStatement): Registered {
  if ('table' in one && 'table' in head) return { ...one, table: head.table };
  if (!('name' in head) || typeof head.name === 'string') return one;
  const { schema } = head.name;
  return { ...one, object: { ...one.object, schema } } as Registered;
}

/** The object that was made again, under its own name. */
function readBack(read: SchemaModel, there: Registered, own: Registered): readonly Registered[] {
  const found = findRegistered(read, there);
  if (found === undefined) return [];
  if ('table' in found && 'table' in own) return [{ ...found, table: own.table }];
  const { schema } = own.object as { readonly schema: string | null };
  return [{ ...found, object: { ...found.object, schema } } as Registered];
}

function areSame(objects: readonly Registered[], current: SchemaModel): boolean {
  return (
    objects.length > 0 &&
    objects.every((one) => {
      const before = findRegistered(current, one);
      return before !== undefined && sameRegistered(before, one) && sameOptions(before, one);
    })
  );
}

interface Comparison {
  readonly beside: Beside;
  readonly read: SchemaModel;
  readonly current: SchemaModel;
}

function hasRowSecurity(
  { statements }: ObjectGroup,
  { beside, read, current }: Comparison,
): boolean {
  return statements.every(({ head }) => {
    if (head.kind !== 'rowSecurity') return false;
    const there = beside.table(head.table);
    const made = read.tables.find((table) => sameName(table, there));
    const before = current.tables.find((table) => sameName(table, head.table));
    return made && before && said(made.rowSecurity) === said(before.rowSecurity);
  });
}

const said = ({ enabled, forced }: RowSecurity = {}): string =>
  JSON.stringify([enabled ?? false, forced ?? false]);

/** What mentions a name that changes, or one of what differs, may be another with it; so may what mentions that. */
function withoutMentions(
  same: readonly SameGroup[],
  { statements }: ObjectRequest,
  changing: readonly string[],
): readonly SameGroup[] {
  const settled = new Set(same.flatMap(({ group }) => group.statements));
  const names = new Set(changing);
  for (const statement of statements) if (!settled.has(statement)) addNames(names, statement);
  let kept = same;
  for (let count = -1; count !== kept.length;) {
    count = kept.length;
    const mentions = ({ sql }: ObjectStatement): boolean =>
      [...names].some((name) => sql.toLowerCase().includes(name.toLowerCase()));
    for (const { group } of kept.filter((one) => one.group.statements.some(mentions))) {
      for (const statement of group.statements) addNames(names, statement);
    }
    kept = kept.filter(({ group }) => !group.statements.some(mentions));
  }
  return kept;
}

/** Nothing is written with the name of a trigger, a policy, an index or an extension. */
function addNames(names: Set<string>, { head }: ObjectStatement): void {
  if ('name' in head && typeof head.name !== 'string') names.add(head.name.name);
}
